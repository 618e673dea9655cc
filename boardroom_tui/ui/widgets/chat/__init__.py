"""The conversation: a list of any length, of which only what is in sight is laid out and drawn."""
