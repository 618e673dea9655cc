"""Who is in the meeting: learnt from the whole state, or from joining, leaving and presence."""

from collections.abc import Mapping
from dataclasses import replace

from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.identifiers import Kind, key_in
from boardroom_tui.protocol.messages.attendance import ApologyUpdate
from boardroom_tui.protocol.messages.meeting import (
    MeetingState,
    ParticipantJoined,
    ParticipantLeft,
    RosterEntry,
)
from boardroom_tui.protocol.messages.presence import PresenceList, UserPresence
from boardroom_tui.state.lookalikes import lookalikes, skeleton
from boardroom_tui.state.lookup import without_entry
from boardroom_tui.state.model import Meeting, Person

_STATE = MeetingState.model_fields["type"].default


def person_of(entry: RosterEntry) -> Person:
    """A member as the whole state tells of them."""
    return Person(
        user_id=entry.user_id,
        name=entry.name,
        role=entry.role,
        has_vote=entry.has_vote,
        weight=entry.weight,
        present=entry.present,
        status=entry.status,
        activity=entry.activity,
        joined_at=entry.joined_at,
        last_seen=entry.last_seen,
        apologies=entry.apologies,
    )


def joined(meeting: Meeting, data: ParticipantJoined.Data) -> Meeting:
    """Somebody is here."""
    someone = data.participant
    before = _known(meeting, someone.user_id, someone.name)
    status = Status.ONLINE if before.status is Status.OFFLINE else before.status
    return with_person(
        meeting,
        replace(
            before,
            name=someone.name,
            role=someone.role,
            present=True,
            status=status if before.present else Status.ONLINE,
            joined_at=someone.joined_at,
        ),
    )


def left(meeting: Meeting, data: ParticipantLeft.Data) -> Meeting:
    """Somebody is no longer here, and no longer types."""
    someone = data.participant
    before = _known(meeting, someone.user_id, someone.name)
    gone = replace(
        before,
        name=someone.name,
        present=False,
        status=Status.OFFLINE,
        activity=None,
        last_seen=someone.left_at,
    )
    typing = without_entry(meeting.typing, before.user_id)
    return replace(with_person(meeting, gone), typing=typing)


def apologised(meeting: Meeting, data: ApologyUpdate.Data) -> Meeting:
    """Somebody sends apologies, or takes them back."""
    before = _known(meeting, data.user_id, data.user_id)
    return with_person(meeting, replace(before, apologies=not data.withdrawn))


def presence(meeting: Meeting, data: UserPresence) -> Meeting:
    """Somebody's status as it is now."""
    before = _known(meeting, data.user_id, data.user_id)
    return with_person(
        meeting,
        replace(
            before,
            present=_is_present(meeting, before, data.status),
            status=data.status,
            activity=data.activity,
            last_seen=data.last_seen,
        ),
    )


def presence_list(meeting: Meeting, data: PresenceList.Data) -> Meeting:
    """Everybody's status as it is now.

    Where nothing else says who is here, whoever is not listed has left.
    """
    for user in data.users:
        meeting = presence(meeting, user)
    if _STATE in meeting.extensions:
        return meeting
    here = {key_in(meeting.people, Kind.USER, user.user_id) for user in data.users}
    here.add(key_in(meeting.people, Kind.USER, meeting.own_id))
    for key, person in meeting.people.items():
        if person.present and key not in here:
            gone = replace(person, present=False, status=Status.OFFLINE, activity=None)
            meeting = with_person(meeting, gone)
    return meeting


def heard_of(meeting: Meeting, user_id: str, name: str) -> Meeting:
    """Somebody spoke or types: who is not known yet becomes known by name."""
    key = key_in(meeting.people, Kind.USER, user_id)
    known = meeting.people.get(key)
    if known is None:
        here = Person(user_id, name, present=True, status=Status.ONLINE)
        return with_person(meeting, here)
    if known.name == known.user_id != name:
        return with_person(meeting, replace(known, name=name))
    return meeting


def with_person(meeting: Meeting, person: Person) -> Meeting:
    """The meeting with this person in it, in place of what was known of them."""
    if meeting.people.get(person.user_id) == person:
        return meeting
    return replace(meeting, people=marked({**meeting.people, person.user_id: person}))


def marked(people: Mapping[str, Person]) -> Mapping[str, Person]:
    """The people, those marked whose names look like somebody else's."""
    shared = lookalikes(person.name for person in people.values())
    return {
        user_id: person
        if person.lookalike is (alike := skeleton(person.name) in shared)
        else replace(person, lookalike=alike)
        for user_id, person in people.items()
    }


def _known(meeting: Meeting, user_id: str, name: str) -> Person:
    key = key_in(meeting.people, Kind.USER, user_id)
    return meeting.people.get(key) or Person(user_id, name)


def _is_present(meeting: Meeting, before: Person, status: Status) -> bool:
    """Whether a status means that somebody is here.

    A server that sends the whole state says who has joined; to one that knows only the reference
    presence is all there is to go by.
    """
    if status is Status.OFFLINE:
        return False
    return before.present or _STATE not in meeting.extensions
