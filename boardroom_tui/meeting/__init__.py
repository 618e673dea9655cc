"""The rules of a meeting, pure: a command and a state give events or a refusal.

No clock, no randomness, no I/O: the time and new identifiers come with the command.
"""
