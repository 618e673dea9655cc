"""What goes with writing a text: its completion, the editor, the draft that is kept."""
