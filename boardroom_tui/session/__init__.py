"""The conversation between a client and a server, sans-I/O, for both ends; time is an argument."""
