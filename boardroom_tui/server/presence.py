"""Who is online, away, busy or offline: in memory, never in the journal."""

from collections.abc import Iterator

from boardroom_tui.clock import utc_now
from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.presence import (
    PresenceList,
    PresenceSubscribe,
    PresenceUpdate,
    UserPresence,
)
from boardroom_tui.server.channels import Cause, Channels, Topic, Watch
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.room import Room
from boardroom_tui.server.rooms import Rooms, Seat
from boardroom_tui.server.roster import Presence, presence_changed


class PresenceBoard:
    """Everybody's status."""

    def __init__(self, rooms: Rooms, channels: Channels) -> None:
        self._rooms = rooms
        self._channels = channels
        self._known: dict[str, Presence] = {}

    def update(self, peer: Peer, request: PresenceUpdate, *, again: bool) -> None:
        """Take what a user says of themselves and tell those who share a meeting with them.

        The same request `again` is answered and has no further effect.
        """
        user_id = peer.session.identity.user_id
        known = self._known.get(peer.user)
        if again and known is not None:
            peer.answer(request, presence_changed(user_id, known))
            return
        self._known[peer.user] = Presence(request.data.status, request.data.activity, utc_now())
        self.tell(user_id, Cause(peer, request))

    def subscribe(self, peer: Peer, request: PresenceSubscribe) -> Refusal | None:
        """Answer with a room's list, and tell of every change from now on."""
        seat = self._rooms.seat(peer, request.data.room_id)
        if isinstance(seat, Refusal):
            return seat
        self._channels.add(peer, [Watch(seat.room.id)])
        users = tuple(self._list(seat.room))
        data = PresenceList.Data(room_id=seat.room.id, users=users)
        peer.answer(request, PresenceList(data=data))
        return None

    def of(self, room: Room, member: Member) -> Presence | None:
        """A member's presence; None for one who was never here."""
        known = self._known.get(bare(Kind.USER, member.id))
        if known is not None:
            return known
        seen = room.state.last_seen.get(member.id)
        if seen is None:
            return None
        # After a restart a member who was present is taken to be here until the grace is over.
        status = Status.ONLINE if member.id in room.state.present else Status.OFFLINE
        return Presence(status, None, seen)

    def is_known(self, user_id: str) -> bool:
        """Whether anything was heard of a user's status since the server started."""
        return bare(Kind.USER, user_id) in self._known

    def arrived(self, seat: Seat) -> None:
        """Joining makes a user online, unless they are in another meeting already."""
        user = bare(Kind.USER, seat.member.id)
        known = self._known.get(user)
        elsewhere = any(
            room is not seat.room and room.is_here(seat.member.id) for room in self._rooms
        )
        if known is None or not elsewhere:
            activity = None if known is None else known.activity
            self._known[user] = Presence(Status.ONLINE, activity, utc_now())

    def tell(self, user_id: str, cause: Cause | None = None) -> None:
        """Tell each connection once, however many meetings it shares with the user."""
        known = self._known[bare(Kind.USER, user_id)]
        topics: list[Topic] = []
        name = user_id
        for room, member in self._rooms.of_user(user_id):
            topics += [room.channel, Watch(room.id)]
            name = member.id
        message = presence_changed(name, known)
        self._channels.publish(message, topics, cause=cause, user_id=name)

    def departed(self, user_id: str) -> None:
        """A user who is in no meeting any more is offline."""
        user = bare(Kind.USER, user_id)
        if any(room.is_here(user_id) for room in self._rooms):
            return
        known = self._known.get(user)
        if known is None or known.status is not Status.OFFLINE:
            self._known[user] = Presence(Status.OFFLINE, None, utc_now())
            self.tell(user_id)

    def vanished(self, user_id: str) -> None:
        """A user's last connection is gone; those who had joined are waited for."""
        joined = any(
            member.id in room.state.present for room, member in self._rooms.of_user(user_id)
        )
        if not joined and bare(Kind.USER, user_id) in self._known:
            self.departed(user_id)

    def _list(self, room: Room) -> Iterator[UserPresence]:
        for member in room.charter.members:
            known = self.of(room, member)
            if known is not None:
                yield UserPresence(
                    user_id=member.id,
                    status=known.status,
                    activity=known.activity,
                    last_seen=known.since,
                )
