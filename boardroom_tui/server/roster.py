"""Everybody on a meeting's roster, as whoever joins is told: made anew only where it changed.

A thousand members who join at once are told of a thousand members each.
"""

from collections.abc import Callable
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

_Standing = tuple[Member, Attendance | None, Presence | None, bool]


class Roster:
    """The entries of one meeting's members as they were last told."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[_Standing, RosterEntry]] = {}

    def entries(
        self, charter: Charter, state: MeetingState, presence_of: PresenceOf
    ) -> tuple[RosterEntry, ...]:
        """Every member's entry as things stand, in the order of the meeting's file."""
        return tuple(
            self._entry(
                member.id,
                (
                    member,
                    state.present.get(member.id),
                    presence_of(member),
                    member.id in state.apologies,
                ),
            )
            for member in charter.members
        )

    def _entry(self, user_id: str, standing: _Standing) -> RosterEntry:
        told = self._told.get(user_id)
        if told is None or told[0] != standing:
            told = self._told[user_id] = (standing, _entry(*standing))
        return told[1]


def _entry(
    member: Member, attendance: Attendance | None, presence: Presence | None, apologies: bool
) -> RosterEntry:
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
