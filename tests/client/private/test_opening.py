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


async def test_keys_that_pass_end_behind_whoever_opens_them_and_open_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on, keeping = threading.Event(), threading.Event(), PassingKeeping(tmp_path)

    def slowly(*_: object) -> Problem:
        begun.set()
        assert goes_on.wait(SECONDS)
        return Problem("opened")

    monkeypatch.setattr(Vault, "open", slowly)
    opening = asyncio.create_task(asyncio.to_thread(keeping.open, "user_ada"))
    assert await asyncio.to_thread(begun.wait, SECONDS)
    ending = threading.Thread(target=keeping.end)
    ending.start()
    ending.join(0.05)
    assert ending.is_alive()
    goes_on.set()
    assert await opening == Problem("opened")
    ending.join(SECONDS)
    assert keeping.open("user_ada") == Problem("The keys are gone.")
