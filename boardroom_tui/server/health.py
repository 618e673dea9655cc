"""Whether a server can do its work: it lets people in, and what they do can be put on record."""

import asyncio

from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError

PROBE_SECONDS = 5.0
"""A disk that takes longer is as good as none."""


class Health:
    """What stands in a server's way, if anything does."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._probe: asyncio.Task[None] | None = None
        self.draining = False
        """Whether it lets nobody in any more, because it is about to end."""

    async def trouble(self) -> str | None:
        """What is wrong, in one line; None if the server takes people in and the disk writes."""
        if self.draining:
            return "draining"
        if self._probe is None or self._probe.done():
            # One at a time, however many ask of a disk that hangs.
            self._probe = asyncio.create_task(self._journal.probe())
        done, _ = await asyncio.wait({self._probe}, timeout=PROBE_SECONDS)
        if not done:
            return f"the journal was not written within {PROBE_SECONDS:g} s"
        error = self._probe.exception()
        if isinstance(error, JournalError):
            return str(error)
        return None if error is None else f"the journal fails: {error!r}"
