"""Keys that nobody waits for any more are not kept locked."""

import asyncio
import threading
from pathlib import Path

import pytest

from boardroom_tui.client.private.keeping import PassingKeeping, PassphraseWanted
from boardroom_tui.client.private.opening import open_vault
from boardroom_tui.client.private.vault import Vault
from boardroom_tui.client.problem import Problem
from tests.client.linking import SECONDS


class SlowKeeping:
    """Opens a vault once it is let."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.let = threading.Event()
        self.done = threading.Event()

    def open(
        self, user_id: str, passphrase: str | None = None
    ) -> Vault | PassphraseWanted | Problem:
        assert self.let.wait(SECONDS)
        try:
            return PassingKeeping(self.folder).open(user_id, passphrase)
        finally:
            self.done.set()


async def test_a_vault_that_opens_too_late_is_closed_again(tmp_path: Path) -> None:
    slow = SlowKeeping(tmp_path)
    opening = asyncio.create_task(open_vault(slow, "user_ada", None))
    await asyncio.sleep(0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    slow.let.set()
    assert await asyncio.to_thread(slow.done.wait, SECONDS)
    async with asyncio.timeout(SECONDS):
        while not isinstance(vault := PassingKeeping(tmp_path).open("user_ada"), Vault):
            await asyncio.sleep(0.01)
    vault.close()
