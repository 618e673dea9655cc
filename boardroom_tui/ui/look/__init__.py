"""How the screen looks: its themes, and how the panes share it."""
