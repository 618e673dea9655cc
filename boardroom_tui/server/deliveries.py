"""What waits in the mailbox goes to the devices that are connected, in order, as they take it."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from boardroom_tui.protocol.messages.private import PrivateMessage
from boardroom_tui.record.devices import Address
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.record.problems import JournalError
from boardroom_tui.server.logging import note
from boardroom_tui.server.peer import Peer

MOST_UNACKNOWLEDGED = 100
"""So many messages are sent to a device before it has acknowledged one of them."""

MOST_UNACKNOWLEDGED_CHARACTERS = 1024 * 1024
"""Fewer where they are long, so that no mail of a slow client has it cut off for being slow."""


@dataclass(slots=True, eq=False)
class _Delivery:
    """Where a device's mail goes, and how far it has come."""

    at: Address
    peer: Peer
    after: int = 0
    """The place of the last message that was sent."""
    unacknowledged: dict[str, int] = field(default_factory=dict[str, int])
    """The length of each message that was sent, by its id."""
    due: bool = False
    """Whether there may be more to send than the round that is under way knows of."""
    task: asyncio.Task[None] | None = None

    @property
    def room(self) -> int:
        """How many messages may be sent now."""
        if sum(self.unacknowledged.values()) >= MOST_UNACKNOWLEDGED_CHARACTERS:
            return 0
        return MOST_UNACKNOWLEDGED - len(self.unacknowledged)


class Deliveries:
    """The devices that are connected: each is served by itself, so none holds up another."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._deliveries: dict[Address, _Delivery] = {}

    def begin(self, at: Address, peer: Peer) -> None:
        """From now on a device's mail goes to this connection, from the first that waits.

        Nothing changes where it goes there already.
        """
        known = self._deliveries.get(at)
        if known is not None and known.peer is peer:
            return
        self.end(at)
        self._deliveries[at] = _Delivery(at, peer)
        self.come([at])

    def end(self, at: Address) -> None:
        """The device is gone."""
        delivery = self._deliveries.pop(at, None)
        if delivery is not None and delivery.task is not None:
            delivery.task.cancel()

    def come(self, devices: Iterable[Address]) -> None:
        """New mail waits for these devices."""
        for at in devices:
            delivery = self._deliveries.get(at)
            if delivery is not None:
                self._serve(delivery)

    def received(self, at: Address, message_ids: Iterable[str]) -> None:
        """A device has these: there is room for more."""
        delivery = self._deliveries.get(at)
        if delivery is not None:
            for message_id in message_ids:
                delivery.unacknowledged.pop(message_id, None)
            self._serve(delivery)

    def gone(self, peer: Peer) -> None:
        """A connection is gone, with the devices that it spoke for."""
        for at in [at for at, one in self._deliveries.items() if one.peer is peer]:
            self.end(at)

    def stop(self) -> None:
        """Deliver nothing any more."""
        for at in tuple(self._deliveries):
            self.end(at)

    def _serve(self, delivery: _Delivery) -> None:
        delivery.due = True
        if delivery.task is None:
            delivery.task = asyncio.create_task(self._deliver(delivery))

    async def _deliver(self, delivery: _Delivery) -> None:
        try:
            while delivery.due and delivery.room > 0:
                delivery.due = False
                await self._send(delivery)
        except JournalError as error:
            note("mailbox_failed", logging.ERROR, error=str(error))
        finally:
            delivery.task = None

    async def _send(self, delivery: _Delivery) -> None:
        for one in await self._mailbox.waiting(delivery.at, delivery.after, at_most=delivery.room):
            if delivery.room <= 0:
                return
            delivery.after = one.sequence
            length = len(one.message.body) + len(one.message.key)
            delivery.unacknowledged[one.message.message_id] = length
            delivery.peer.tell(PrivateMessage(data=one.message))
