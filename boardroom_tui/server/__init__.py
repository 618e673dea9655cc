"""The server's shell: sockets, TLS, tokens, and the hub that fans out."""
