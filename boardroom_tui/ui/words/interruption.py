"""What is said while there is no connection: since when, when it is tried again, what waits."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from math import ceil

from rich.cells import cell_len

from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.protocol.messages.motion import MotionMake
from boardroom_tui.state.model import Outgoing
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.commands import BY_ID
from boardroom_tui.ui.link import Connection, Phase
from boardroom_tui.ui.widgets.cell_wrap import cut, one_line
from boardroom_tui.ui.words.durations import time_of_day

_FIRST_WORDS = 12
"""So many cells of what waits say which it is, on the narrowest screen."""
_NAMED = 2
"""So many of those that wait are named."""


def interruption(
    connection: Connection,
    waiting: Sequence[Outgoing],
    now: datetime,
    zone: tzinfo | None,
    width: int,
) -> str | None:
    """Two lines of which only the numbers change; None while there is a connection.

    `waiting` is what one has sent and the server has not taken; `width` is what a line has.
    """
    if connection.phase not in (Phase.WAITING, Phase.CONNECTING):
        return None
    since = connection.lost_at
    if since is None and connection.phase is Phase.CONNECTING:
        return None
    return f"{_since(since or connection.since, connection, now, zone)}\n{_kept(waiting, width)}"


def _since(since: datetime, connection: Connection, now: datetime, zone: tzinfo | None) -> str:
    words = f"✗ No connection since {time_of_day(since, now, zone)}"
    if connection.next_attempt is None:
        return f"{words}. Connecting…" if connection.phase is Phase.CONNECTING else f"{words}."
    # As wide with one digit as with two: nothing moves while it counts down.
    seconds = max(0, ceil((connection.next_attempt - now).total_seconds()))
    return f"{words}. Next attempt in {seconds:>2} s."


def _kept(waiting: Sequence[Outgoing], width: int) -> str:
    if not waiting:
        return f"  What you write is kept. /{BY_ID[CommandId.RECONNECT].slash} tries now."
    rooms = range(width, _FIRST_WORDS, -1)
    fitting = (room for room in rooms if cell_len(_counted(waiting, room)) <= width)
    return _counted(waiting, next(fitting, _FIRST_WORDS))


def _counted(waiting: Sequence[Outgoing], room: int) -> str:
    """How many wait, and the first of them, with so many cells for the words of each."""
    named = [_named(one, room) for one in waiting[:_NAMED]]
    more = len(waiting) - len(named)
    if more:
        named.append(f"{more} more")
    verb = "waits" if len(waiting) == 1 else "wait"
    return f"  {len(waiting)} {verb} to be sent: {', '.join(named)}"


def _named(sent: Outgoing, room: int) -> str:
    match sent.request:
        case ChatSend(data=data):
            return f"“{cut(one_line(data.message), room)}”"
        case VoteCast():
            return "your vote"
        case MotionMake(data=data):
            return f"your motion “{cut(one_line(data.text), room)}”"
        case _:
            return "a request"
