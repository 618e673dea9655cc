"""Private messages, end to end: keys, what they close and open, and where both rest.

Nothing here is on the network: whatever came from somebody else goes in, and out comes what it
says or why it cannot be read, never an exception.
"""
