"""What the screen needs of a connection: the client's `Link` fits, and so does a test's script."""

from collections.abc import AsyncIterator
from typing import Protocol

from boardroom_tui.client.updates import ConnectionChanged, Update
from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.session.client_output import Heard, Settled
from boardroom_tui.session.connection import Connection, Held, Phase

__all__ = [
    "Connection",
    "ConnectionChanged",
    "Heard",
    "Held",
    "MeetingLink",
    "Phase",
    "Settled",
    "Update",
]


class MeetingLink(Protocol):
    """A connection to one meeting that comes back by itself."""

    @property
    def updates(self) -> AsyncIterator[Update]:
        """Everything that happens, in order; it ends when the link has ended."""
        ...

    @property
    def connection(self) -> Connection:
        """How the connection stands now."""
        ...

    async def run(self) -> None:
        """Connect and reconnect, until it has ended for good."""
        ...

    def send(self, message: ClientMessage) -> str:
        """Send, now or when there is a connection again; the id under which it is sent."""
        ...

    def retry_now(self) -> None:
        """Make the next attempt now, where it waits for one."""
        ...

    async def close(self) -> None:
        """End it."""
        ...
