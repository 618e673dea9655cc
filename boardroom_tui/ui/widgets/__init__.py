"""One widget a file; each draws a frozen value and posts what its user wants."""
