"""The mailbox: devices' public keys, and ciphertext until each device has it.

The journal is what stays for good; this is what goes once it is delivered. A file of its own, and
the seam to another store: nothing outside `record` knows that there is a database behind it.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from boardroom_tui.protocol.messages.device import ClaimedKey, DeviceKeys, OneTimeKey
from boardroom_tui.record import devices, letters
from boardroom_tui.record.batches import Batches
from boardroom_tui.record.database import connect, prepare, problem
from boardroom_tui.record.devices import Address, Published, Unpublished
from boardroom_tui.record.letters import (
    Letter,
    MailboxFull,
    RememberedLetter,
    UnknownDevice,
    Waiting,
)
from boardroom_tui.record.mailbox_schema import MAILBOX
from boardroom_tui.record.opening import opened
from boardroom_tui.record.problems import JournalError

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Operation:
    """Something to be done in a transaction; it changes nothing where it answers with a refusal."""

    perform: Callable[[sqlite3.Connection], Any]
    erases: bool


class Mailbox:
    """The mailbox in a folder, for the event loop that opened it.

    One thread does everything, in the order in which it was asked; what is asked during a commit
    goes into the next one. Every method raises JournalError where the disk refuses, and has then
    done nothing.
    """

    def __init__(self, store: "_Store", thread: ThreadPoolExecutor) -> None:
        self._store = store
        self._thread = thread
        self._batches = Batches(self._perform)
        self._closed = False

    @classmethod
    async def open(cls, folder: Path) -> "Mailbox":
        """Open the mailbox in this folder, which is made if it is missing.

        Raises:
            JournalError: It cannot be made, written or understood.
        """
        return await opened(cls._open(folder))

    @classmethod
    async def _open(cls, folder: Path) -> "Mailbox":
        thread = ThreadPoolExecutor(1, "mailbox")
        try:
            store = await asyncio.get_running_loop().run_in_executor(thread, _Store, folder)
        except JournalError:
            thread.shutdown(wait=False)
            raise
        return cls(store, thread)

    async def publish(
        self,
        device: DeviceKeys,
        one_time_keys: Sequence[OneTimeKey],
        fallback: OneTimeKey | None,
        now: datetime,
    ) -> Published | Unpublished:
        """Keep a device's keys; those of a device that is known never change.

        A new device makes those of its user go, with their mail, that were unseen for 60 days.
        """
        return await self._do(
            partial(
                devices.publish,
                device=device,
                one_time_keys=one_time_keys,
                fallback=fallback,
                now=now,
            ),
            erases=True,
        )

    async def remove(self, at: Address) -> bool:
        """Forget a device with everything that waits for it; whether there was one."""
        return await self._do(partial(devices.remove, at=at), erases=True)

    async def devices(self, users: Iterable[str]) -> list[DeviceKeys]:
        """All devices of these users, who are named as in `Address`."""
        return await self._do(partial(devices.of_users, users=users))

    async def claim(
        self, wanted: Iterable[Address], sparing: Iterable[Address] = ()
    ) -> list[ClaimedKey]:
        """A one-time key of each device, or its fallback key if it has none left.

        Of the devices in `sparing` it is the fallback key whatever they have left.
        """
        return await self._do(partial(devices.claim, wanted=wanted, sparing=sparing))

    async def post(self, letter: Letter) -> UnknownDevice | MailboxFull | None:
        """Keep a letter for all of its devices or for none; None: it is on disk."""
        return await self._do(partial(letters.post, letter=letter))

    async def find_letter(self, user: str, request_id: str) -> RememberedLetter | None:
        """The letter that this user's request made, delivered or not."""
        return await self._do(partial(letters.remembered, user=user, request_id=request_id))

    async def waiting(self, at: Address, after: int = 0, *, at_most: int) -> list[Waiting]:
        """So much of what waits for a device after that place, in order."""
        return await self._do(partial(letters.waiting, at=at, after=after, at_most=at_most))

    async def receive(self, at: Address, message_ids: Iterable[str], now: datetime) -> None:
        """Forget what a device has for good; other ids than those that wait for it are ignored."""
        received = partial(letters.receive, at=at, message_ids=message_ids, now=now)
        await self._do(received, erases=True)

    async def close(self) -> None:
        """Do what was asked for, then close."""
        if self._closed:
            return
        self._closed = True
        await self._batches.written()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._store.close)
        self._thread.shutdown(wait=False)

    async def _do(self, perform: Callable[[sqlite3.Connection], _T], *, erases: bool = False) -> _T:
        if self._closed:
            raise JournalError("the mailbox is closed")
        outcome = await self._batches.add(_Operation(perform, erases))
        if isinstance(outcome, JournalError):
            raise outcome
        return outcome

    async def _perform(self, operations: Sequence[_Operation]) -> Sequence[Any]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._store.perform, operations)


class _Store:
    """The connection; used by one thread."""

    def __init__(self, folder: Path) -> None:
        prepare(folder, MAILBOX)
        self._file = folder / MAILBOX.file
        self._database = connect(folder, MAILBOX)

    def perform(self, operations: Sequence[_Operation]) -> Sequence[Any]:
        """Do all of these in one transaction, or none: what came of each, or the error."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            outcomes = [operation.perform(self._database) for operation in operations]
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            return [problem(f"cannot use {self._file}", error) for _ in operations]
        finally:
            if self._database.in_transaction:
                with suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
        if any(operation.erases for operation in operations):
            self._erase()
        return outcomes

    def close(self) -> None:
        """Close the connection; it leaves a single file behind."""
        self._database.close()

    def _erase(self) -> None:
        """Overwrite what was deleted: the log still holds the pages as they were."""
        try:
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            _log.warning("cannot erase what was deleted from %s: %s", self._file, error)
