"""A whole scripted meeting, its members real clients over real sockets."""
