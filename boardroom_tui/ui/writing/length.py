"""How long a message may be."""

from boardroom_tui.protocol.limits import CHAT_CHARACTERS


def too_many(text: str) -> str | None:
    """`2 characters too many`; None where they are not."""
    over = len(text) - CHAT_CHARACTERS
    if over <= 0:
        return None
    return "1 character too many" if over == 1 else f"{over:,} characters too many"
