"""The client's shell: the link to a server, tokens and trust."""
