"""A board meeting to try the program on: its members are real clients over real sockets.

`meeting.toml` is its file, `cast.py` the people, `script.py` what they say and how they vote;
`director.py` lets it happen, at the pace of whoever leads the meeting.
"""
