"""The door: one can write as soon as anything is drawn, while the boardroom is loaded behind it.

It needs nothing that takes long to load, and knows no message, no connection and no widget. It
keeps every byte that is typed, shows what is plain text, and leaves all of it to the board.
"""
