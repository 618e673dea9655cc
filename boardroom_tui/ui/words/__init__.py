"""What the screen says in words."""
