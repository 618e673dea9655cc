"""Lines from a terminal, a pipe or a file alike, as they come."""

import asyncio
import codecs
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence

_CHUNK = 65_536


class Lines:
    """What is read from a descriptor, in a thread of its own; it never keeps the program alive."""

    def __init__(self, descriptor: int, stir: Callable[[], None]) -> None:
        """`stir` is called, in the event loop, whenever there is more or nothing more will come."""
        self.waiting: deque[str] = deque()
        self.have_ended = False
        self._descriptor = descriptor
        self._stir = stir
        self._loop = asyncio.get_running_loop()
        # Not the interpreter's own reader: at the end of the program it waits for its lock.
        threading.Thread(target=self._read, name="lines", daemon=True).start()

    @property
    def are_done(self) -> bool:
        """Whether all that will ever come has been taken."""
        return self.have_ended and not self.waiting

    def _read(self) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        begun = ""
        while chunk := self._chunk():
            *whole, begun = (begun + decoder.decode(chunk)).split("\n")
            if whole:
                self._hand_over(whole, ended=False)
        self._hand_over([begun] if begun else [], ended=True)

    def _chunk(self) -> bytes:
        try:
            return os.read(self._descriptor, _CHUNK)
        except OSError:
            return b""  # the terminal has gone

    def _hand_over(self, lines: Sequence[str], *, ended: bool) -> None:
        def take() -> None:
            self.waiting.extend(lines)
            self.have_ended = ended
            self._stir()

        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(take)
