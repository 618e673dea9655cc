"""Receipts for votes: what the record says of one, to its voter and to nobody else."""

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.messages.receipt import Receipt, ReceiptGet
from boardroom_tui.record.chain import event_of
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.room import NOT_READ
from boardroom_tui.server.rooms import Rooms


class Receipts:
    """Looks votes up in the record."""

    def __init__(self, rooms: Rooms, journal: Journal) -> None:
        self._rooms = rooms
        self._journal = journal

    async def tell(self, peer: Peer, request: ReceiptGet) -> Refusal | None:
        """Answer whoever cast a vote, or whose it is, with what the record says of it."""
        wanted = request.data
        seat = self._rooms.seat_at_decision(peer, wanted.decision_id)
        if isinstance(seat, Refusal):
            return seat
        try:
            found = await self._journal.receipt(seat.room.id, wanted.vote_id)
        except JournalError:
            return NOT_READ
        if found is None or not any(
            same(Kind.USER, seat.member.id, one) for one in (found.voter, found.link.actor)
        ):
            missing = f"You have no vote {wanted.vote_id} in the record."
            return Refusal(ErrorCode.RESOURCE_NOT_FOUND, missing)
        data = Receipt.Data(
            decision_id=found.decision_id,
            vote_id=wanted.vote_id,
            sequence=found.link.sequence,
            hash=found.link.hash,
            timestamp=event_of(found.link).at,
            vote=found.vote,
            replaced_by=found.replaced_by,
        )
        peer.answer(request, Receipt(data=data))
        return None
