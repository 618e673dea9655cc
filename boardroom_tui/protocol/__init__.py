"""The language of a meeting: every message type, its limits, its errors, and the codec.

Nothing here knows sockets, clocks or screens.
"""
