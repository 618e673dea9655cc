"""The terminal: drawn on in as few bytes as will do, with nobody's control characters."""
