"""One class per message type and direction; the docstring is the type's documentation."""
