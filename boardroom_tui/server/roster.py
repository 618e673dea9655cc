"""Everybody on a meeting's roster, as whoever joins is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.meeting.charter import Charter, Member
from boardroom_tui.meeting.state import Attendance, MeetingState
from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.messages.meeting import RosterEntry
from boardroom_tui.protocol.messages.presence import Activity, PresenceChanged


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody's status, and since when."""

    status: Status
    activity: Activity | None
    since: datetime


def presence_changed(user_id: str, known: Presence) -> PresenceChanged:
    """What is told of somebody's presence."""
    data = PresenceChanged.Data(
        user_id=user_id, status=known.status, activity=known.activity, last_seen=known.since
    )
    return PresenceChanged(data=data)


PresenceOf = Callable[[Member], Presence | None]
"""A member's presence; None for one who was never here."""


Standing = tuple[Attendance | None, Presence | None, bool]
"""What there is to tell of a member beside what the file says; the last: whether they excused
themselves."""


def standings(
    charter: Charter, state: MeetingState, presence_of: PresenceOf
) -> Iterator[tuple[Member, Standing]]:
    """How every member stands, in the order of the meeting's file."""
    present, apologies = state.present, state.apologies
    for member in charter.members:
        yield member, (present.get(member.id), presence_of(member), member.id in apologies)


def roster_entry(member: Member, standing: Standing) -> RosterEntry:
    """The same on the wire."""
    attendance, presence, apologies = standing
    return RosterEntry(
        user_id=member.id,
        name=member.name,
        role=member.role if attendance is None else attendance.role,
        has_vote=member.has_vote,
        weight=member.weight,
        present=attendance is not None,
        status=Status.OFFLINE if presence is None else presence.status,
        activity=None if presence is None else presence.activity,
        joined_at=None if attendance is None else attendance.joined_at,
        last_seen=None if presence is None else presence.since,
        apologies=apologies,
    )
