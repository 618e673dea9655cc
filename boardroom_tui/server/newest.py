"""What a meeting's newest events were about, for those who come back after one of them."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.meeting.events import BallotSealed, Convened, Said
from boardroom_tui.protocol.fields import MeetingPhase, Role
from boardroom_tui.protocol.messages.meeting import LastHeard
from boardroom_tui.server.step import Step

KEPT = 2_000
"""Who has missed more events is told everything."""


@dataclass(frozen=True, slots=True)
class Missed:
    """What came with an event and after it."""

    sequence: int
    """The event's: what it tells may not have come whole."""
    lines: int
    """So many of the last lines of what was said."""
    decisions: frozenset[str]
    motions: frozenset[str]


@dataclass(frozen=True, slots=True)
class _About:
    at: datetime
    said: bool
    decision_id: str | None
    motion_id: str | None
    convened: bool
    """Whether the meeting's file has changed anything."""
    executive: bool
    """Whether an executive session began or ended, and with it what observers may know."""


class Newest:
    """The newest events, in order and without gaps."""

    def __init__(self) -> None:
        self._events: deque[_About] = deque(maxlen=KEPT)
        self._last = 0

    def note(self, step: Step) -> None:
        """One more has happened."""
        if not isinstance(step.event.what, BallotSealed):  # It belongs to the vote before it.
            self._events.append(_about(step))
            self._last = step.event.sequence

    def at(self, sequence: int) -> datetime | None:
        """When an event happened, if it is one of these."""
        place = self._place(sequence)
        return None if place is None else self._events[place].at

    def missed(self, heard: LastHeard | None, sequence: int, role: Role) -> Missed | None:
        """What somebody in this role has missed from that event up to `sequence`.

        None where it cannot be told from what they have heard: everything has to be told.
        """
        if heard is None:
            return None
        first, last = self._place(heard.sequence), self._place(sequence)
        if first is None or last is None or self._events[first].at != heard.at:
            return None
        events = [self._events[place] for place in range(first, last + 1)]
        if heard.role is not role or any(_turns_all(event, role) for event in events):
            return None
        return Missed(
            sequence=heard.sequence,
            lines=sum(event.said for event in events),
            decisions=_named(event.decision_id for event in events),
            motions=_named(event.motion_id for event in events),
        )

    def _place(self, sequence: int) -> int | None:
        place = len(self._events) - 1 - (self._last - sequence)
        return place if 0 <= place < len(self._events) else None


def _about(step: Step) -> _About:
    what = step.event.what
    decision_id = getattr(what, "decision_id", None)
    decision = step.after.decisions.get(decision_id or "")
    put = None if decision is None else decision.opened.motion_id
    return _About(
        at=step.event.at,
        said=isinstance(what, Said),
        decision_id=decision_id,
        motion_id=getattr(what, "motion_id", None) or put,
        convened=isinstance(what, Convened),
        executive=MeetingPhase.EXECUTIVE in (step.before.phase, step.after.phase),
    )


def _turns_all(event: _About, role: Role) -> bool:
    return event.convened or (event.executive and role is Role.OBSERVER)


def _named(ids: Iterable[str | None]) -> frozenset[str]:
    return frozenset(one for one in ids if one is not None)
