"""Private messages: taken in where they may be written, kept unread, delivered."""

import logging
import secrets
from datetime import datetime

from boardroom_tui.clock import utc_now
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.messages.private import (
    PrivateAccepted,
    PrivateReceived,
    PrivateSend,
)
from boardroom_tui.record.devices import Address, address
from boardroom_tui.record.letters import Letter, MailboxFull, UnknownDevice
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.record.problems import DiskFullError, JournalError
from boardroom_tui.server.deliveries import Deliveries
from boardroom_tui.server.logging import note
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.requests import DIFFERENT, Requests, digest
from boardroom_tui.server.room import NO_ROOM
from boardroom_tui.server.rooms import Rooms, Seat

UNUSABLE = Refusal(ErrorCode.SERVER_ERROR, "The mailbox could not be used, so nothing was done.")


def unusable(error: JournalError) -> Refusal:
    """What is said where the mailbox could not do what it was asked for."""
    return NO_ROOM if isinstance(error, DiskFullError) else UNUSABLE


_UNKNOWN = Refusal(
    ErrorCode.RESOURCE_NOT_FOUND,
    "Not all of these are devices of members of the meeting: ask for the list again.",
    "devices",
)
_UNPUBLISHED = Refusal(
    ErrorCode.RESOURCE_NOT_FOUND,
    "The deviceId is no device of yours: publish it first.",
    "own_device",
)
_TWICE = Refusal(ErrorCode.INVALID_MESSAGE, "A device is addressed twice.")


class PrivateMessages:
    """The server's part in what it cannot read."""

    def __init__(
        self, rooms: Rooms, requests: Requests, mailbox: Mailbox, deliveries: Deliveries
    ) -> None:
        self._rooms = rooms
        self._requests = requests
        self._mailbox = mailbox
        self._deliveries = deliveries

    async def send(self, peer: Peer, request: PrivateSend) -> Refusal | None:
        """Keep a message for its devices; the answer comes when it is on disk."""
        seat = self._rooms.seat(peer, request.data.meeting_id)
        if isinstance(seat, Refusal):
            return seat
        try:
            known = await self._requests.admit(peer.user, request)
            if known is not None:
                return known if isinstance(known, Refusal) else DIFFERENT
            refusal = await self._send(seat, peer, request)
        except JournalError as error:
            note("mailbox_failed", logging.ERROR, error=str(error))
            refusal = unusable(error)
        self._requests.finish(peer.user, request, accepted=refusal is None)
        return refusal

    async def received(self, peer: Peer, request: PrivateReceived) -> None:
        """Forget what a device of the user's has."""
        at = Address(peer.user, request.data.device_id)
        await self._mailbox.receive(at, request.data.message_ids, utc_now())
        self._deliveries.received(at, request.data.message_ids)

    async def _send(self, seat: Seat, peer: Peer, request: PrivateSend) -> Refusal | None:
        if request.id is not None:
            earlier = await self._mailbox.find_letter(peer.user, request.id)
            if earlier is not None:
                if earlier.digest != digest(request):
                    return DIFFERENT
                peer.answer(request, _accepted(earlier.message_id, earlier.at))
                return None
        devices = {address(envelope) for envelope in request.data.envelopes}
        if len(devices) < len(request.data.envelopes):
            return _TWICE
        if any(seat.room.state.member(at.user) is None for at in devices):
            return _UNKNOWN
        letter = _letter(seat, request)
        problem = await self._mailbox.post(letter)
        if problem is not None:
            return _refusal(problem, Address(peer.user, letter.device_id))
        peer.answer(request, _accepted(letter.message_id, letter.at))
        self._deliveries.come(devices)
        return None


def _letter(seat: Seat, request: PrivateSend) -> Letter:
    return Letter(
        message_id=f"private_{secrets.token_hex(10)}",
        meeting_id=seat.room.id,
        user_id=seat.member.id,
        device_id=request.data.device_id,
        body=request.data.body,
        envelopes=request.data.envelopes,
        at=utc_now(),
        request=None if request.id is None else (request.id, digest(request)),
    )


def _refusal(problem: UnknownDevice | MailboxFull, own: Address) -> Refusal:
    match problem:
        case UnknownDevice(at=at):
            return _UNPUBLISHED if at == own else _UNKNOWN
        case MailboxFull(user_id=user_id):
            return Refusal(
                ErrorCode.INVALID_MESSAGE,
                f"The mailbox of {user_id} is full: too much waits for one of their devices.",
                "mailbox_full",
            )


def _accepted(message_id: str, at: datetime) -> PrivateAccepted:
    return PrivateAccepted(data=PrivateAccepted.Data(message_id=message_id, timestamp=at))
