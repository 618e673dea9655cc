"""What members write to each other in private: their devices, their mail and its way."""

import logging
from typing import assert_never

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.messages.device import (
    DeviceClaim,
    DevicePublish,
    DeviceQuery,
    DeviceRemove,
)
from boardroom_tui.protocol.messages.private import PrivateReceived, PrivateSend
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.record.problems import JournalError
from boardroom_tui.server.channels import Channels
from boardroom_tui.server.deliveries import Deliveries
from boardroom_tui.server.devices import Devices
from boardroom_tui.server.logging import note
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.private_messages import PrivateMessages, unusable
from boardroom_tui.server.requests import Requests
from boardroom_tui.server.rooms import Rooms

Private = DevicePublish | DeviceRemove | DeviceQuery | DeviceClaim | PrivateReceived
"""What a client asks for around its private messages; they themselves are remembered for good."""


class Correspondence:
    """Everything that the mailbox is for."""

    def __init__(
        self, rooms: Rooms, channels: Channels, requests: Requests, mailbox: Mailbox
    ) -> None:
        self._deliveries = Deliveries(mailbox)
        self._devices = Devices(rooms, channels, mailbox, self._deliveries)
        self._messages = PrivateMessages(rooms, requests, mailbox, self._deliveries)

    async def send(self, peer: Peer, request: PrivateSend) -> Refusal | None:
        """Take in a private message."""
        return await self._messages.send(peer, request)

    async def do(self, peer: Peer, request: Private, *, again: bool) -> Refusal | None:
        """Do what else a client asks; `again` if it was asked before under the same id."""
        try:
            match request:
                case DevicePublish():
                    return await self._devices.publish(peer, request)
                case DeviceRemove():
                    return await self._devices.remove(peer, request, again=again)
                case DeviceQuery():
                    return await self._devices.query(peer, request)
                case DeviceClaim():
                    return await self._devices.claim(peer, request)
                case PrivateReceived():
                    return await self._messages.received(peer, request)
                case _:
                    assert_never(request)
        except JournalError as error:
            note("mailbox_failed", logging.ERROR, error=str(error))
            return unusable(error)

    def gone(self, peer: Peer) -> None:
        """A connection is gone: what comes for its devices waits."""
        self._deliveries.gone(peer)

    def stop(self) -> None:
        """Deliver nothing any more."""
        self._deliveries.stop()
