"""Whose eyes a recorded meeting is seen with, and what its events say to them. Pure.

The messages are those that a server sends: of an event what `announcements` says of it, and the
whole meeting as its picture has it. In a secret ballot neither tells how anybody voted.
"""

from collections.abc import Iterator
from functools import partial

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.events import Convened, Event, Joined, Left
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.authorisation import PERMISSIONS
from boardroom_tui.protocol.catalogue import EXTENSIONS, ServerMessage
from boardroom_tui.protocol.cleaning import cleaned
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.fields import Role, Status
from boardroom_tui.protocol.identifiers import Kind, channel, same
from boardroom_tui.protocol.messages.connection import ConnectionReady
from boardroom_tui.protocol.messages.meeting import (
    ParticipantJoined,
    ParticipantLeft,
)
from boardroom_tui.protocol.messages.presence import PresenceChanged
from boardroom_tui.replay.folded import Folded
from boardroom_tui.replay.recording import Recording
from boardroom_tui.server.announcements import Announcement, announcements
from boardroom_tui.server.picture import picture
from boardroom_tui.server.roster import Presence, presence_changed
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce

ONLOOKER = Member(id="(replay)", name="Replay", role=Role.OBSERVER, has_vote=False)
"""An observer who is not in the meeting: nobody's vote is theirs."""


class Seat:
    """A recording and the one who sees it; what they are told is as a live client cleans it."""

    def __init__(self, recording: Recording, viewer: Member = ONLOOKER) -> None:
        self.recording = recording
        self.viewer = viewer
        began, meeting = recording.events[0].at, Meeting(recording.charter(1).id)
        self._known = Folded(reduce(meeting, self._ready(), began), self._after)

    def known(self, place: int) -> Meeting:
        """What the viewer's client knows once it has heard so many events."""
        return self._known.at(place)

    def _after(self, meeting: Meeting, place: int) -> Meeting:
        at = self.recording.events[place - 1].at
        for message in self.told(place):
            meeting = reduce(meeting, message, at)
        return meeting

    def _ready(self) -> ConnectionReady:
        return ConnectionReady(
            data=ConnectionReady.Data(
                session_id="replay",
                user_id=self.viewer.id,
                permissions=PERMISSIONS[self.viewer.role],
                server_time=self.recording.events[0].at,
                extensions=EXTENSIONS,
            )
        )

    def whole(self, place: int) -> ServerMessage:
        """The meeting as it stood after so many events, as far as the viewer may know."""
        charter, state = self.recording.charter(place), self.recording.state(place)
        role = self._role(state)
        presence_of = partial(_presence, state)
        return cleaned(picture(charter, state, self.viewer, role, presence_of=presence_of))

    def told(self, place: int) -> tuple[ServerMessage, ...]:
        """What the event at this place says, to a client that knows the meeting before it."""
        event = self.recording.events[place - 1]
        before, after = self.recording.state(place - 1), self.recording.state(place)
        said = list(self._announced(event, after))
        own = same(Kind.USER, event.actor, self.viewer.id)
        if isinstance(event.what, Convened) or (own and any(not one.to for one in said)):
            # Nobody announces a new file; and of their own vote a member knows more than is said.
            return (self.whole(place),)
        stamp = Metadata(timestamp=event.at)
        heard = [one.message for one in said if self._hears(one)]
        messages = (*_coming_or_going(event, after), *heard)
        told = tuple(cleaned(one.model_copy(update={"metadata": stamp})) for one in messages)
        over = before.before_executive is not None and after.before_executive is None
        # In another role than before they may know more, or less.
        becomes = self._observes(before) is not self._observes(after)
        return (*told, self.whole(place)) if becomes or (over and self._observes(after)) else told

    def _announced(self, event: Event, state: MeetingState) -> Iterator[Announcement]:
        """What a server says of an event to somebody in the viewer's role."""
        if state.charter is None:
            return
        observes = self._observes(state)
        for said in announcements(event, state.charter.id, state):
            if not (observes and said.hidden):
                yield said

    def _hears(self, said: Announcement) -> bool:
        own = channel(Kind.USER, self.viewer.id)
        return any(to.kind is not Kind.USER or to == own for to in said.to)

    def _observes(self, state: MeetingState) -> bool:
        return self._role(state) is Role.OBSERVER

    def _role(self, state: MeetingState) -> Role:
        """The role in which the viewer was there, else the one they have."""
        here = state.present.get(self.viewer.id)
        return self.viewer.role if here is None else here.role


def _coming_or_going(
    event: Event, state: MeetingState
) -> Iterator[ParticipantJoined | ParticipantLeft | PresenceChanged]:
    """That a member came or went, as the server tells it who knows of their connections."""
    member = state.member(event.actor)
    if member is None or state.charter is None or not isinstance(event.what, Joined | Left):
        return
    meeting_id = state.charter.id
    total = len(state.present)
    here = state.present.get(member.id)
    if here is not None:
        yield ParticipantJoined(
            data=ParticipantJoined.Data(
                meeting_id=meeting_id,
                participant=ParticipantJoined.Participant(
                    user_id=member.id, name=member.name, role=here.role, joined_at=here.joined_at
                ),
                total_participants=total,
            )
        )
    else:
        yield ParticipantLeft(
            data=ParticipantLeft.Data(
                meeting_id=meeting_id,
                participant=ParticipantLeft.Participant(
                    user_id=member.id, name=member.name, left_at=event.at
                ),
                total_participants=total,
            )
        )
    presence = _presence(state, member)
    if presence is not None:
        yield presence_changed(member.id, presence)


def _presence(state: MeetingState, member: Member) -> Presence | None:
    """The record knows who was here; not who was away or busy."""
    here, seen = state.present.get(member.id), state.last_seen.get(member.id)
    if here is not None:
        return Presence(Status.ONLINE, None, here.joined_at)
    if seen is None:
        return None
    return Presence(Status.OFFLINE, None, seen)
