"""What the screen says before anything of the meeting is there, at the door and behind it."""

CONNECTING = ("◌", "Connecting to {}", "Connecting")
"""A symbol, words with the server's name, and short ones."""
ENTERING = ("◌", "Entering the meeting", "Entering")
"""The same of who is connected and has not been told yet who is there."""
LEAVE = ("^C", "Leave")
"""A key, and what it does."""
TO_EVERYBODY = "To everybody"
"""Above the line one writes in."""
PLACEHOLDER = "Write to everybody, / for commands"
"""In it, as long as it is empty."""


def lines_pasted(count: int, over: str | None = None) -> str:
    """Below it, as long as nothing is written behind what was pasted.

    `over` is how much too long it has become, in words.
    """
    pasted = f"{'1 line' if count == 1 else f'{count:,} lines'} pasted"
    return f"{pasted}; Enter sends." if over is None else f"{pasted}, {over}: ^Z takes them out."
