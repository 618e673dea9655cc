"""When each event of a recorded meeting is due in its replay. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from boardroom_tui.meeting.events import AgendaMoved, Convened, DecisionOpened, Event
from boardroom_tui.protocol.fields import ItemStatus

LONG_PAUSE = timedelta(seconds=30)
"""A pause in the meeting that is longer than this is shortened."""
SHORTENED = timedelta(seconds=5)
"""How long a shortened pause lasts, at the meeting's own speed."""

DECISION = "◆"
"""Marks where a decision was opened."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something begins: an agenda item, by its number, or a decision."""

    place: int
    sign: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The moments of a meeting. A place is a number of events: at 3 the third has happened."""

    times: tuple[datetime, ...]
    """When each event happened."""
    marks: tuple[Mark, ...] = ()

    @property
    def last(self) -> int:
        """The place at the end of the record."""
        return len(self.times)

    @property
    def items(self) -> tuple[int, ...]:
        """Where an agenda item was taken up."""
        return tuple(mark.place for mark in self.marks if mark.sign != DECISION)

    @property
    def decisions(self) -> tuple[int, ...]:
        """Where a decision was opened."""
        return tuple(mark.place for mark in self.marks if mark.sign == DECISION)

    def time(self, place: int) -> datetime:
        """When the meeting came to this place."""
        return self.times[place - 1]

    def pause(self, place: int) -> timedelta:
        """How long the meeting was silent after this place; a clock set back is no pause."""
        if place >= self.last:
            return timedelta()
        return max(self.times[place] - self.times[place - 1], timedelta())

    def wait(self, place: int) -> timedelta:
        """How much of the pause after this place is played."""
        pause = self.pause(place)
        return SHORTENED if pause > LONG_PAUSE else pause

    def skipped(self, place: int) -> timedelta:
        """How much of the pause before this place is not played."""
        return self.pause(place - 1) - self.wait(place - 1) if place > 1 else timedelta()


def timeline(events: Sequence[Event]) -> Timeline:
    """The timeline of these events; there must be at least one."""
    return Timeline(tuple(event.at for event in events), tuple(_marks(events)))


def _marks(events: Sequence[Event]) -> Iterator[Mark]:
    agenda: tuple[str, ...] = ()
    for place, event in enumerate(events, start=1):
        match event.what:
            case Convened(charter=charter):
                agenda = tuple(entry.id for entry in charter.agenda)
            case AgendaMoved(item_id=item_id, status=ItemStatus.IN_PROGRESS):
                yield Mark(place, str(agenda.index(item_id) + 1) if item_id in agenda else "·")
            case DecisionOpened():
                yield Mark(place, DECISION)
            case _:
                pass
