"""The agenda's clock: what each item was to take and took, and when the meeting will be over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase
from boardroom_tui.protocol.messages.meeting import AgendaItem
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.select import current_item, elapsed, item_clock


@dataclass(frozen=True, slots=True)
class Spent:
    """An item's time; None where it is not planned, or has not begun."""

    planned: timedelta | None
    taken: timedelta | None

    @property
    def over(self) -> timedelta:
        """By how much it is over what was planned."""
        if self.planned is None or self.taken is None:
            return timedelta()
        return max(self.taken - self.planned, timedelta())

    @property
    def left(self) -> timedelta:
        """How much of what was planned is still to come."""
        return max((self.planned or timedelta()) - (self.taken or timedelta()), timedelta())


@dataclass(frozen=True, slots=True)
class Outlook:
    """When the agenda will be through, if what is to come takes as long as planned."""

    ends_at: datetime
    planned_end: datetime | None
    """When it would have been, had every item taken what was planned; None before it began."""
    unplanned: int
    """How many items to come have no planned time, and are not counted."""

    @property
    def late(self) -> timedelta:
        """By how much later than planned."""
        return timedelta() if self.planned_end is None else self.ends_at - self.planned_end


def spent(meeting: Meeting, item: AgendaItem, now: datetime) -> Spent:
    """What an item was to take, and has taken until now."""
    planned = timedelta(minutes=item.minutes) if item.minutes else None
    match item.status:
        case ItemStatus.IN_PROGRESS:
            return Spent(planned, elapsed(item.started_at, item_clock(meeting, now)))
        case ItemStatus.COMPLETED if item.started_at is not None and item.completed_at is not None:
            return Spent(planned, elapsed(item.started_at, item.completed_at))
        case _:
            return Spent(planned, None)


def outlook(meeting: Meeting, now: datetime) -> Outlook | None:
    """When it will be over; None once it is, and where nothing that is to come has a time."""
    to_come = [item for item in meeting.agenda if item.status is ItemStatus.PENDING]
    current = current_item(meeting)
    ahead = to_come if current is None else [current, *to_come]
    if meeting.phase is MeetingPhase.ADJOURNED or not any(item.minutes for item in ahead):
        return None
    left = sum((spent(meeting, item, now).left for item in ahead), timedelta())
    planned_end = None
    if meeting.started_at is not None:
        kept = (one for one in meeting.agenda if one.status is not ItemStatus.DEFERRED)
        planned_end = meeting.started_at + timedelta(minutes=sum(one.minutes or 0 for one in kept))
    unplanned = sum(1 for item in to_come if not item.minutes)
    return Outlook(now + left, planned_end, unplanned)
