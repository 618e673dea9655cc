"""`kill -9` while a board votes and talks: what was acknowledged stands, and counts once."""
