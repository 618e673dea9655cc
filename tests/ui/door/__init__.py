"""The door, beside the board that it gives way to."""
