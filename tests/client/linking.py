"""A link in a test: running, heard by somebody, closed at the end."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from boardroom_tui.client.address import Address
from boardroom_tui.client.link import Link
from boardroom_tui.client.tokens import GivenToken, TokenSource
from boardroom_tui.client.trust import Trust
from boardroom_tui.client.updates import ConnectionChanged, Update
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.session.client_output import Heard, Settled
from boardroom_tui.session.connection import Phase

SECONDS = 20
"""How long a test waits for what must happen."""

_M = TypeVar("_M", bound=ServerMessage)


@dataclass
class Listener:
    """Reads a link's updates and keeps them."""

    link: Link
    updates: list[Update] = field(default_factory=list[Update])
    _more: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def listen(self) -> None:
        """Read until the link has ended."""
        async for update in self.link.updates:
            async with self._more:
                self.updates.append(update)
                self._more.notify_all()

    async def until(self, condition: Callable[["Listener"], bool]) -> None:
        """Wait for something to become true of what was heard."""
        async with asyncio.timeout(SECONDS), self._more:
            await self._more.wait_for(lambda: condition(self))

    def heard(self, kind: type[_M]) -> list[_M]:
        """Every message of a type."""
        messages = [update.message for update in self.updates if isinstance(update, Heard)]
        return [message for message in messages if isinstance(message, kind)]

    @property
    def settled(self) -> list[Settled]:
        """Every answered request."""
        return [update for update in self.updates if isinstance(update, Settled)]

    @property
    def phases(self) -> list[Phase]:
        """The phases that the connection went through."""
        phases = [
            update.connection.phase
            for update in self.updates
            if isinstance(update, ConnectionChanged)
        ]
        return [phase for at, phase in enumerate(phases) if at == 0 or phases[at - 1] != phase]


def address_of(url: str) -> Address:
    """The address of a server that runs."""
    address = Address.parse(url)
    assert isinstance(address, Address)
    return address


@asynccontextmanager
async def linked(
    url: str,
    tokens: TokenSource | str,
    *,
    trust: Trust | None = None,
    meeting_id: str | None = "meeting_123",
    asks: bool = False,
    on_token: Callable[[str], None] = lambda _: None,
) -> AsyncGenerator[Listener]:
    """A link that runs until the end of the block, then is closed."""
    source = GivenToken(tokens) if isinstance(tokens, str) else tokens
    link = Link(
        address_of(url),
        source,
        meeting_id=meeting_id,
        trust=trust,
        asks=asks,
        on_token=on_token,
    )
    listener = Listener(link)
    tasks = [asyncio.create_task(link.run()), asyncio.create_task(listener.listen())]
    try:
        yield listener
    finally:
        async with asyncio.timeout(SECONDS):
            await link.close()
            await asyncio.gather(*tasks)
