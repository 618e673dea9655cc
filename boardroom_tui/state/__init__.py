"""What a client knows of its meeting: frozen values, one reduce, selectors."""
