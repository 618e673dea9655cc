"""Members who write to each other in private, over a real server."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from boardroom_tui.client.link import Link
from boardroom_tui.client.private.correspondence import Correspondence
from boardroom_tui.client.private.keeping import Keeping, PassphraseWanted
from boardroom_tui.client.private.updates import (
    CommentsRead,
    LetterHeard,
    LetterRefused,
    LetterSent,
    PrivateStands,
    PrivateUpdate,
)
from boardroom_tui.client.private.vault import Vault
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.tokens import GivenToken
from boardroom_tui.client.trust import Authorities
from boardroom_tui.client.updates import Update
from boardroom_tui.protocol.correspondents import Correspondent, Obstacle, Readiness
from tests.client.linking import SECONDS, address_of
from tests.server.running import RunningServer

KEY = bytes(range(32))
ADA_BEN = ("ada", "ben")


@dataclass(frozen=True)
class FolderKeeping:
    """A device's keys in a folder of the test's, as after each start of the same program."""

    folder: Path

    def open(
        self, user_id: str, passphrase: str | None = None
    ) -> Vault | PassphraseWanted | Problem:
        """The vault, whoever asks."""
        del user_id, passphrase
        return Vault.open(self.folder, lambda: KEY)


@dataclass
class Writer:
    """Somebody with a device: what they were told, and what they wait for."""

    user_id: str
    correspondence: Correspondence
    link: Link
    updates: list[Update | PrivateUpdate] = field(default_factory=list[Update | PrivateUpdate])
    _more: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def listen(self) -> None:
        """Read until the end."""
        async for update in self.correspondence.updates:
            async with self._more:
                self.updates.append(update)
                self._more.notify_all()

    async def until(self, condition: Callable[["Writer"], bool]) -> None:
        """Wait for something to become true of what was told."""
        async with asyncio.timeout(SECONDS), self._more:
            await self._more.wait_for(lambda: condition(self))

    @property
    def stands(self) -> PrivateStands:
        """How it stands, as told last."""
        told = [one for one in self.updates if isinstance(one, PrivateStands)]
        return told[-1] if told else PrivateStands(Readiness.UNAVAILABLE, None, {})

    def knows(self, name: str) -> Correspondent:
        """What is known of somebody."""
        return self.stands.correspondents.get(name, Correspondent(name))

    def may_write_to(self, *names: str) -> bool:
        """Whether nothing stands in the way."""
        ready = self.stands.readiness is Readiness.READY
        return ready and all(self.knows(name).obstacle is None for name in names)

    def obstacle(self, name: str) -> Obstacle | None:
        """What stands in the way of writing to somebody."""
        return self.knows(name).obstacle

    @property
    def letters(self) -> list[LetterHeard]:
        """What was written to them, in order."""
        return [one for one in self.updates if isinstance(one, LetterHeard)]

    @property
    def texts(self) -> list[str]:
        """The words of it."""
        return [one.line.message for one in self.letters]

    @property
    def sent(self) -> list[LetterSent]:
        """What they wrote and the server has."""
        return [one for one in self.updates if isinstance(one, LetterSent)]

    @property
    def refused(self) -> list[LetterRefused]:
        """What they wrote and was not sent."""
        return [one for one in self.updates if isinstance(one, LetterRefused)]

    @property
    def comments(self) -> list[CommentsRead]:
        """The comments on secret ballots that they could read."""
        return [one for one in self.updates if isinstance(one, CommentsRead)]


@asynccontextmanager
async def writing(
    server: RunningServer,
    user_id: str,
    folder: Path,
    *,
    url: str | None = None,
    meeting_id: str = "meeting_123",
    keeping: Keeping | None = None,
) -> AsyncGenerator[Writer]:
    """A member with a device whose keys are in this folder, until the end of the block."""
    assert server.ca is not None
    link = Link(
        address_of(url or server.url),
        GivenToken(server.token(user_id)),
        meeting_id=meeting_id,
        trust=Authorities(server.ca),
    )
    keeping = keeping or FolderKeeping(folder)
    writer = Writer(user_id, Correspondence(link, meeting_id, keeping), link)
    tasks = [
        asyncio.create_task(writer.correspondence.run()),
        asyncio.create_task(writer.listen()),
    ]
    try:
        yield writer
    finally:
        async with asyncio.timeout(SECONDS):
            await writer.correspondence.close()
            await asyncio.gather(*tasks)


async def ready(*writers: Writer) -> None:
    """Everybody may write to everybody here."""
    names = [one.user_id.removeprefix("user_") for one in writers]
    for writer in writers:
        await writer.until(lambda one: one.may_write_to(*names))
