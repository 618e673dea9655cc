"""What is pasted stays pasted, whatever it holds.

Textual's parser looks for sequences in a paste, too. Behind an Escape it does not know it gives
the rest out as keys, so that lines of it would be sent and letters be commands.
"""

from collections.abc import Callable, Iterable
from time import monotonic

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START
from textual.message import Message

from boardroom_tui.ui.door.typed import SILENT_SECONDS
from boardroom_tui.ui.terminal.alt_keys import AltParser

_ESCAPE = "\x1b"


class PasteFilter:
    """Takes what a terminal sends, in any pieces, and leaves out each Escape within a paste."""

    def __init__(self) -> None:
        self.is_pasting = False
        self._before = ""
        """The last of what went on: the beginning of a paste may come in two pieces."""
        self._held = ""
        """What may be the beginning of the end of a paste."""

    def take(self, data: str) -> str:
        """What of it goes on."""
        passed: list[str] = []
        data, self._held = self._held + data, ""
        while data:
            piece, data = self._pasted(data) if self.is_pasting else self._typed(data)
            passed.append(piece)
        return "".join(passed)

    def _typed(self, data: str) -> tuple[str, str]:
        before = self._before
        known = before + data
        place = known.find(BRACKETED_PASTE_START)
        if place < 0:
            self._before = known[1 - len(BRACKETED_PASTE_START) :]
            return data, ""
        self.is_pasting, self._before = True, ""
        end = place + len(BRACKETED_PASTE_START) - len(before)
        return data[:end], data[end:]

    def _pasted(self, data: str) -> tuple[str, str]:
        text, end, rest = data.partition(BRACKETED_PASTE_END)
        if end:
            self.is_pasting = False
            return text.replace(_ESCAPE, "") + end, rest
        begun = text.rfind(_ESCAPE)
        if begun >= 0 and BRACKETED_PASTE_END.startswith(text[begun:]):
            text, self._held = text[:begun], text[begun:]
        return text.replace(_ESCAPE, ""), ""


class PasteParser(AltParser):
    """Textual's parser, which sees of a paste no Escape but the one that ends it.

    A character alone behind a silent second is a key: the end of the paste was lost. More of it may
    still be the paste, over a line that was held up.
    """

    def __init__(self, debug: bool = False, clock: Callable[[], float] = monotonic) -> None:
        """`clock` gives seconds."""
        self._filter = PasteFilter()
        self._clock = clock
        self._came = clock()
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """As Textual's; without data is the end of all."""
        now = self._clock()
        is_silent, self._came = now - self._came > SILENT_SECONDS, now
        if self._filter.is_pasting and is_silent and len(data) == 1 and data != _ESCAPE:
            data = BRACKETED_PASTE_END + data
        passed = self._filter.take(data)
        if passed or not data:
            yield from super().feed(passed)

    def settle(self) -> Iterable[Message]:
        """Take what has begun for whole: an Escape that nothing followed is a key."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
        return self.tick()
