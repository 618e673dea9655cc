"""Taking part in a meeting line by line, until one leaves, the input ends or a signal comes."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass

from boardroom_tui.client.kept_heads import KeptHeads
from boardroom_tui.clock import utc_now
from boardroom_tui.plain.fitting import fitted
from boardroom_tui.plain.lines import Lines
from boardroom_tui.plain.room import Room
from boardroom_tui.state.model import Meeting
from boardroom_tui.ui.link import MeetingLink, Phase

ANSWER_SECONDS = 10.0
"""So long the last lines may take to be answered once there are no more."""


@dataclass(frozen=True, slots=True)
class Attended:
    """How it was left."""

    meeting: Meeting
    ended_by: signal.Signals | None = None
    """What ended it from outside."""
    reason: str | None = None
    """What went wrong: why the connection has ended by itself, or that something was lost."""


async def attend(link: MeetingLink, meeting_id: str, heads: KeptHeads | None = None) -> Attended:
    """Tell on standard output what happens, and do what standard input says."""
    attending = _Attending(link, meeting_id, heads)
    return await attending.run()


class _Attending:
    """One meeting, one reader of its updates, one reader of the lines."""

    def __init__(self, link: MeetingLink, meeting_id: str, heads: KeptHeads | None) -> None:
        self._link = link
        self._room = Room(link, meeting_id, self._tell, utc_now, heads=heads)
        self._stirred = asyncio.Event()
        self._signal: signal.Signals | None = None
        self._nobody_reads = False

    async def run(self) -> Attended:
        """As `attend`."""
        self._heed_signals()
        following = asyncio.create_task(self._follow())
        lines = Lines(sys.stdin.fileno(), self._stirred.set)
        while not (self._is_over or lines.are_done or following.done()):
            self._stirred.clear()
            while lines.waiting and self._room.takes_lines and not self._is_over:
                self._room.type(lines.waiting.popleft())
            if not (self._is_over or lines.are_done):
                await self._stirred.wait()
        reason = self._link.connection.reason if following.done() else None
        await self._wait_for_answers(following)
        await self._link.close()
        await following
        lost = self._room.last_words(lines.waiting)
        if reason is None and lost:
            reason = "not everything that you typed is known to have reached the server"
        return Attended(self._room.meeting, self._signal, reason)

    @property
    def _is_over(self) -> bool:
        return self._room.left or self._signal is not None or self._nobody_reads

    async def _follow(self) -> None:
        try:
            async for update in self._link.updates:
                self._room.take(update)
                self._stirred.set()
        finally:
            self._stirred.set()

    async def _wait_for_answers(self, following: asyncio.Task[None]) -> None:
        """Hear what comes of the last lines; whoever leaves without a connection knows better."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                while self._has_to_wait and not following.done():
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError:
            return

    @property
    def _has_to_wait(self) -> bool:
        if self._signal is not None or self._nobody_reads or not self._room.awaits:
            return False
        phase = self._link.connection.phase
        return phase is Phase.READY or (phase is not Phase.ENDED and not self._room.left)

    def _tell(self, words: str) -> None:
        try:
            sys.stdout.write(f"{fitted(words, sys.stdout.fileno())}\n")
            sys.stdout.flush()
        except OSError:
            _print_no_more()
            self._nobody_reads = True
            self._stirred.set()

    def _heed_signals(self) -> None:
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(one, self._end, one)

    def _end(self, by: signal.Signals) -> None:
        self._signal = by
        self._stirred.set()


def _print_no_more() -> None:
    """What is still to be written would be tried again, and fail again, when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
