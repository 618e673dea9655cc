"""The signed heads of the meetings' records: told at each result, each minute, and to who asks."""

from boardroom_tui.heads import HeadSigner
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.record import RecordHead, RecordHeadGet, SignedHead
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError
from boardroom_tui.server.channels import Channels
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.room import NOT_READ, Room
from boardroom_tui.server.rooms import Rooms


class SignedHeads:
    """Tells members what they keep, so that nobody can rewrite what they have seen."""

    def __init__(
        self, rooms: Rooms, channels: Channels, journal: Journal, signer: HeadSigner
    ) -> None:
        self._rooms = rooms
        self._channels = channels
        self._journal = journal
        self._signer = signer
        for room in rooms:
            room.signed = self._signed

    async def tell(self, peer: Peer, request: RecordHeadGet) -> Refusal | None:
        """Sign what the record says now of an event that a member saw once."""
        seat = self._rooms.seat(peer, request.data.meeting_id)
        if isinstance(seat, Refusal):
            return seat
        meeting_id, sequence = seat.room.id, request.data.sequence
        try:
            found = await self._journal.head_at(meeting_id, sequence)
        except JournalError:
            return NOT_READ
        if found is None:
            ends = f"The record ends at event {seat.room.state.sequence}."
            return Refusal(ErrorCode.RESOURCE_NOT_FOUND, ends, "not_recorded")
        peer.answer(request, _message(self._signer.sign(meeting_id, sequence, *found)))
        return None

    def _signed(self, room: Room, head: SignedHead) -> None:
        # In an executive session it would tell observers that something was decided.
        hears = room.hears if room.state.phase is MeetingPhase.EXECUTIVE else None
        self._channels.publish(_message(head), [room.channel], hears=hears)


def _message(head: SignedHead) -> RecordHead:
    return RecordHead(data=RecordHead.Data(**dict(head)))
