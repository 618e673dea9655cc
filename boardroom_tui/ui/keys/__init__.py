"""The keys of the commands, and which of them the screen names."""
