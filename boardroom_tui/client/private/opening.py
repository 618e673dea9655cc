"""Opening a user's keys in a thread, so that nothing stays locked if nobody waits any more."""

import asyncio
import threading
from typing import TYPE_CHECKING

from boardroom_tui.client.private.in_thread import in_thread
from boardroom_tui.client.private.keeping import Keeping, PassphraseWanted
from boardroom_tui.client.private.vault import Vault
from boardroom_tui.client.problem import Problem

if TYPE_CHECKING:
    from boardroom_tui.client.private.desk import Desk


async def open_vault(
    keeping: Keeping, user_id: str, passphrase: str | None
) -> Vault | PassphraseWanted | Problem:
    """The vault; where the wait for it is cancelled, it is closed as soon as it is open."""
    opened: list[Vault] = []
    abandoned = threading.Event()

    def close_if_abandoned() -> None:
        if abandoned.is_set():
            for vault in opened:
                vault.close()

    def work() -> Vault | PassphraseWanted | Problem:
        found = keeping.open(user_id, passphrase)
        if isinstance(found, Vault):
            opened.append(found)
            close_if_abandoned()
        return found

    try:
        return await asyncio.to_thread(work)
    except asyncio.CancelledError:
        abandoned.set()
        close_if_abandoned()
        raise


async def open_desk(vault: Vault, user_id: str) -> "Desk | Problem":
    """The desk in a vault, which is closed where there is none."""

    def work() -> "Desk | Problem":
        # Eight MiB, and long to import: only where there is a vault, and beside the screen.
        from boardroom_tui.client.private.desk import Desk  # noqa: PLC0415

        return Desk.open(vault, user_id)

    desk: Desk | Problem | None = None
    try:
        desk = await in_thread(work)
        return desk
    finally:
        if desk is None or isinstance(desk, Problem):
            vault.close()
