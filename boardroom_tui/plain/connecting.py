"""How the connection fares, in sentences. Pure."""

from datetime import datetime
from math import ceil

from boardroom_tui.plain.words import counted
from boardroom_tui.ui.link import Connection, Phase


def connection_told(before: Connection, after: Connection, now: datetime) -> str | None:
    """What is new about the connection; None where nothing is that concerns the user."""
    if after.token_wanted is not None and before.token_wanted is None:
        return (
            "Your token runs out, and there is no newer one where it came from. Put one there, "
            "or leave and join again with it."
        )
    if after.phase is before.phase:
        return None
    match after.phase:
        case Phase.READY:
            return None if before.lost_at is None else "Connected again."
        case Phase.WAITING:
            # After the second attempt ever more rarely: who listens to it hears nothing else.
            is_rare = after.attempt & (after.attempt - 1) == 0
            return _waits(after, now) if is_rare else None
        case Phase.CONNECTING | Phase.ENDED | Phase.REPLAY:
            return None


def _waits(connection: Connection, now: datetime) -> str:
    begins = "Connection lost." if connection.attempt <= 1 else "Still no connection."
    if connection.next_attempt is None:
        return f"{begins} What you type is kept."
    seconds = max(1, ceil((connection.next_attempt - now).total_seconds()))
    wait = counted(seconds, "second", "seconds")
    return f"{begins} Trying again in {wait}. What you type is kept."
