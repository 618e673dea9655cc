"""The meetings that this server holds, and finding the one that a client means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.authorisation import Asker, Resource, denial
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.room import Room


@dataclass(frozen=True, slots=True)
class Seat:
    """A meeting, and as whom a connection speaks there."""

    room: Room
    member: Member
    role: Role
    """The role that is in force: the file's, capped by the token's and by the one joined in."""


class Rooms:
    """All meetings, by id."""

    def __init__(self, rooms: Sequence[Room]) -> None:
        self._rooms = {bare(Kind.MEETING, room.id): room for room in rooms}

    def __iter__(self) -> Iterator[Room]:
        return iter(self._rooms.values())

    def reached(self) -> datetime | None:
        """The latest time that it is in any meeting; a clock that is set back takes none back."""
        return max((room.now() for room in self), default=None)

    def find(self, meeting_id: str) -> Room | None:
        """The meeting of this id, whichever way it is written."""
        return self._rooms.get(bare(Kind.MEETING, meeting_id))

    def find_decision(self, decision_id: str) -> Room | None:
        """The meeting that knows this decision, whichever way its id is written."""
        return next((room for room in self if room.has_decision(decision_id)), None)

    def of_user(self, user_id: str) -> Iterator[tuple[Room, Member]]:
        """The meetings in whose files somebody is."""
        for room in self:
            member = room.state.member(user_id)
            if member is not None:
                yield room, member

    def seat(self, peer: Peer, meeting_id: str) -> Seat | Refusal:
        """The connection's place in a meeting, or why it has none."""
        return self._seat(peer, self.find(meeting_id), Resource.MEETING, meeting_id)

    def seat_at_decision(self, peer: Peer, decision_id: str) -> Seat | Refusal:
        """The connection's place in the meeting that a decision belongs to."""
        room = self.find_decision(decision_id)
        return self._seat(peer, room, Resource.DECISION, decision_id)

    def refused(self, peer: Peer, resource: Resource, identifier: str, *, exists: bool) -> Refusal:
        """Why a connection may not have what it names, in words that tell only what they may."""
        is_member = any(self.of_user(peer.user))
        asker = Asker.MEMBER if is_member else Asker.STRANGER
        return Refusal(*denial(resource, identifier, asker, exists=exists))

    def _seat(
        self, peer: Peer, room: Room | None, resource: Resource, identifier: str
    ) -> Seat | Refusal:
        member = None if room is None else room.member(peer)
        if room is None or member is None:
            return self.refused(peer, resource, identifier, exists=room is not None)
        return Seat(room, member, room.role(peer, member))
