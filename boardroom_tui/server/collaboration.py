"""Cursors in shared documents, and who is typing: told and forgotten."""

from collections.abc import Mapping

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.executive import SHUT_OUT, is_shut_out
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.collaboration import (
    CursorMove,
    CursorUpdate,
    Typing,
    TypingUpdate,
)
from boardroom_tui.server.channels import Cause, Channels, Together
from boardroom_tui.server.colours import colours
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.rooms import Rooms, Seat

NOBODY_S_COLOUR = "#808080"
"""For a user who is in no meeting's file, and so is seen by nobody but themselves."""


class Collaboration:
    """What members see of each other's work."""

    def __init__(self, rooms: Rooms, channels: Channels) -> None:
        self._rooms = rooms
        self._channels = channels
        self._colours: Mapping[str, str] = colours(
            member.id for room in rooms for member in room.charter.members
        )
        self._typing: dict[Peer, dict[str, Seat]] = {}

    def move_cursor(self, peer: Peer, request: CursorMove) -> None:
        """Show a cursor to those who share a joined meeting with its owner."""
        identity = peer.session.identity
        topics: list[Together] = []
        user_id, name = identity.user_id, identity.name
        for room, member in self._rooms.of_user(identity.user_id):
            if room.joined_as(peer) is not None:
                topics.append(Together(room.id))
                user_id, name = member.id, member.name
        update = CursorUpdate(
            data=CursorUpdate.Data(
                document_id=request.data.document_id,
                user_id=user_id,
                user_name=name,
                color=self._colours.get(peer.user, NOBODY_S_COLOUR),
                position=request.data.position,
                selection=request.data.selection,
            )
        )
        self._channels.publish(update, topics, cause=Cause(peer, request), user_id=user_id)

    def type(self, peer: Peer, request: Typing) -> Refusal | None:
        """Tell a meeting that somebody has begun or stopped to type."""
        seat = self._rooms.seat(peer, request.data.room_id)
        if isinstance(seat, Refusal):
            return seat
        if is_shut_out(seat.room.state, seat.member.id, seat.role):
            return SHUT_OUT
        typing = self._typing.setdefault(peer, {})
        if request.data.is_typing:
            typing[seat.room.id] = seat
        else:
            typing.pop(seat.room.id, None)
        self._tell(seat, is_typing=request.data.is_typing, cause=Cause(peer, request))
        return None

    def gone(self, peer: Peer) -> None:
        """Whoever is gone has stopped to type."""
        for seat in self._typing.pop(peer, {}).values():
            self._tell(seat, is_typing=False)

    def _tell(self, seat: Seat, *, is_typing: bool, cause: Cause | None = None) -> None:
        member = seat.member
        update = TypingUpdate(
            data=TypingUpdate.Data(
                room_id=seat.room.id,
                user_id=member.id,
                user_name=member.name,
                is_typing=is_typing,
            )
        )
        executive = seat.room.state.phase is MeetingPhase.EXECUTIVE
        hears = seat.room.hears if executive else None
        self._channels.publish(
            update, [seat.room.channel], cause=cause, user_id=member.id, hears=hears
        )
