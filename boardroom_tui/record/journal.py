"""The journal: what happened in each meeting, in order, for good.

The seam to another store: nothing outside `record` knows that there is a database behind it.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from boardroom_tui.clock import read_clocks
from boardroom_tui.heads import HeadSigner
from boardroom_tui.meeting.events import Event
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.record.batches import Batches
from boardroom_tui.record.entry import Append, Entry, RememberedRequest
from boardroom_tui.record.opening import opened
from boardroom_tui.record.problems import JournalError, RequestConflict
from boardroom_tui.record.reading import Reader
from boardroom_tui.record.receipt import Receipt, receipt
from boardroom_tui.record.schema import JOURNAL
from boardroom_tui.record.writing import Outcome, Writer

_FOLLOWED_AT_ONCE = 500

_Given = TypeVarTuple("_Given")
_T = TypeVar("_T")


class Journal:
    """The journal in a folder, for the event loop that opened it.

    One thread writes and another reads, each with its own connection. What is appended during a
    commit goes into the next one, so a hundred members who vote at once share one disk write.
    """

    def __init__(self, writer: Writer, reader: Reader, threads: "_Threads") -> None:
        self._writer = writer
        self._reader = reader
        self._threads = threads
        self._batches = Batches(self._commit)
        self._grown: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._closed = False
        self.committed: Callable[[float, bool], None] = _unheard
        """Told of each commit: how many seconds it took, and whether the disk refused."""

    @classmethod
    async def open(cls, folder: Path, signer: HeadSigner | None = None) -> "Journal":
        """Open the journal in this folder, which is made if it is missing.

        With a signer each result and the adjournment is followed by a signed head.

        Raises:
            JournalError: It cannot be made, written or understood.
        """
        return await opened(cls._open(folder, signer))

    @classmethod
    async def _open(cls, folder: Path, signer: HeadSigner | None) -> "Journal":
        with ExitStack() as undo:
            threads = _Threads()
            undo.callback(threads.end)
            writer = await threads.write(Writer, folder, signer)
            reader = await threads.read(Reader, folder)
            undo.pop_all()
        return cls(writer, reader, threads)

    @property
    def was_open(self) -> bool:
        """Whether the last program that used it ended without closing it: by a kill, a power cut.

        Then it is as the last commit left it that is whole on the disk.
        """
        return self._writer.was_open

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether there is a journal in this folder."""
        return (folder / JOURNAL.file).is_file()

    async def append(
        self, meeting_id: str, expected_sequence: int, batch: Sequence[Entry]
    ) -> SignedHead | None:
        """Append to a meeting that has had `expected_sequence` events; returns when it is on disk.

        All of the batch is written, or nothing. Cancelling the wait does not undo it. Returns the
        head if it was signed, because a decision or the meeting ended.

        Raises:
            SequenceConflict: Somebody else appended first.
            RequestConflict: One of the requests is already remembered.
            JournalError: The disk refuses.
        """
        self._refuse_if_closed()
        outcome = await self._batches.add(Append(meeting_id, expected_sequence, tuple(batch)))
        return _signed_or_raised(outcome)

    async def sign(self, meeting_id: str) -> SignedHead | None:
        """Sign a meeting's head as it is; None if it was signed, or there is nobody to sign it.

        Raises:
            JournalError: The disk refuses.
        """
        self._refuse_if_closed()
        return _signed_or_raised(await self._threads.write(self._writer.sign, meeting_id))

    async def probe(self) -> None:
        """Write to the disk without changing anything; raises JournalError where it refuses."""
        self._refuse_if_closed()
        refused = await self._threads.write(self._writer.probe)
        if refused is not None:
            raise refused

    async def newest_head(self, meeting_id: str) -> SignedHead | None:
        """The head of a meeting that was signed last; raises JournalError."""
        self._refuse_if_closed()
        return await self._threads.read(self._reader.newest_head, meeting_id)

    async def head_at(self, meeting_id: str, sequence: int) -> tuple[str, datetime] | None:
        """The hash of an event and when it happened, if there is one; raises JournalError."""
        self._refuse_if_closed()
        return await self._threads.read(self._reader.head_at, meeting_id, sequence)

    async def receipt(self, meeting_id: str, vote_id: str) -> Receipt | None:
        """What the record says of a vote, if it is in it; raises JournalError."""
        self._refuse_if_closed()
        votes = await self._threads.read(self._reader.votes, meeting_id)
        return receipt(votes, vote_id)

    async def read(self, meeting_id: str, after: int = 0) -> list[Event]:
        """A meeting's events after that number, checked against the chain.

        Each vote in a secret ballot that is still open is followed by its `BallotSealed`, if it is
        its voter's latest.

        Raises:
            JournalError: It cannot be read, or the chain is broken; says at which event.
        """
        self._refuse_if_closed()
        return await self._threads.read(self._reader.with_ballots, meeting_id, after)

    async def record(self, meeting_id: str) -> tuple[list[Event], str]:
        """All of a meeting's events, without ballots, and the hash of the last one.

        Raises:
            JournalError: As for `read`.
        """
        self._refuse_if_closed()
        return await self._threads.read(self._reader.record, meeting_id)

    async def events(self, meeting_id: str, after: int = 0, *, at_most: int) -> list[Event]:
        """So many of a meeting's events after that number, without ballots.

        Raises:
            JournalError: As for `read`.
        """
        self._refuse_if_closed()
        return await self._threads.read(self._reader.events, meeting_id, after, at_most)

    async def follow(self, meeting_id: str, after: int = 0) -> AsyncIterator[Event]:
        """A meeting's events after that number, and those to come, until the journal is closed.

        Ballots of secret decisions are not among them.

        Raises:
            JournalError: As for `read`.
        """
        while not self._closed:
            grown = self._grown[meeting_id]
            events = await self._threads.read(
                self._reader.events, meeting_id, after, _FOLLOWED_AT_ONCE
            )
            for event in events:
                yield event
                after = event.sequence
            if not events:
                await grown.wait()

    async def find_request(self, user_id: str, request_id: str) -> RememberedRequest | None:
        """The request of this user with this id, if it had an effect; raises JournalError."""
        self._refuse_if_closed()
        return await self._threads.read(self._reader.request, user_id, request_id)

    async def meetings(self) -> list[str]:
        """The ids of all meetings there are; raises JournalError."""
        self._refuse_if_closed()
        return await self._threads.read(self._reader.meetings)

    async def close(self) -> None:
        """Write what waits, then close; followers end."""
        if self._closed:
            return
        self._closed = True
        await self._batches.written()
        for grown in self._grown.values():
            grown.set()
        await self._threads.read(self._reader.close)
        await self._threads.write(self._writer.close)
        self._threads.end()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise JournalError("the journal is closed")

    async def _commit(self, appends: Sequence[Append]) -> list[Outcome]:
        begun = read_clocks().monotonic
        outcomes = await self._threads.write(self._writer.commit, appends)
        refused = any(
            isinstance(one, JournalError) and not isinstance(one, RequestConflict)
            for one in outcomes
        )
        self.committed(read_clocks().monotonic - begun, refused)
        for append, outcome in zip(appends, outcomes, strict=True):
            if not isinstance(outcome, Exception) and append.meeting_id in self._grown:
                self._grown.pop(append.meeting_id).set()
        return outcomes


def _unheard(_: float, __: bool) -> None:  # as it is told
    """What was committed before anybody listens."""


def _signed_or_raised(outcome: Outcome) -> SignedHead | None:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


class _Threads:
    """The thread that writes and the thread that reads."""

    def __init__(self) -> None:
        self._writing = ThreadPoolExecutor(1, "journal-write")
        self._reading = ThreadPoolExecutor(1, "journal-read")

    async def write(self, call: Callable[[*_Given], _T], *given: *_Given) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._writing, call, *given)

    async def read(self, call: Callable[[*_Given], _T], *given: *_Given) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._reading, call, *given)

    def end(self) -> None:
        self._writing.shutdown(wait=False)
        self._reading.shutdown(wait=False)
