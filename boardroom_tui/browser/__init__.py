"""The terminal client in a browser: a page, and behind each page a process of its own."""
