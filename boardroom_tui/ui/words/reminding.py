"""What comes of reminding members that their votes are missing, in words."""


def reminded_in_words(count: int) -> str:
    """How many were told that their votes are missing."""
    if count == 0:
        return "Everybody who is here has voted."
    return "One member is reminded." if count == 1 else f"{count} members are reminded."
