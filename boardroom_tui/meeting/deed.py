"""What the rules answer before it is numbered and dated: who does what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.meeting.events import BallotSealed, Event, Happening


@dataclass(frozen=True, slots=True)
class Deed:
    """An event to be: `actor` is a member's id as the meeting's file writes it, or the server."""

    actor: str
    what: Happening


Deeds = tuple[Deed, ...]


def numbered(deeds: Iterable[Deed], after: int, now: datetime) -> tuple[Event, ...]:
    """The deeds as events that follow event number `after`.

    A sealed ballot shares the number of the vote before it.
    """
    events: list[Event] = []
    sequence = after
    for deed in deeds:
        if not isinstance(deed.what, BallotSealed):
            sequence += 1
        events.append(Event(sequence, now, deed.actor, deed.what))
    return tuple(events)
