"""A thread that shows whither one is on the way, and keeps what one types meanwhile."""

import contextlib
import errno
import os
import select
import shutil
import signal
import sys
import termios
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic
from types import TracebackType
from typing import Any, TextIO, cast

from boardroom_tui.ui.door.frame import Frame, Shown, frame
from boardroom_tui.ui.door.inks import Inks
from boardroom_tui.ui.door.modes import CLOSING, OPENING, set_raw
from boardroom_tui.ui.door.typed import Piece, Typed
from boardroom_tui.ui.look.palettes import PALETTES
from boardroom_tui.ui.look.theme_names import DEFAULT
from boardroom_tui.ui.remembered import Remembered
from boardroom_tui.ui.terminal.abilities import Abilities, erases
from boardroom_tui.ui.terminal.difference import difference, painted
from boardroom_tui.ui.terminal.rows import Row

_LOOK_SECONDS = 0.1
"""How often the terminal's size is looked at."""
_STOP_SECONDS = 1.0
"""How long a terminal that takes nothing may hold up the end."""
_SWITCH_SECONDS = 0.0005
"""After so long whoever imports lets go of the interpreter, for a key to be shown."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a door that gave way leaves behind."""

    typed: Sequence[Piece]
    is_over: bool
    """Whether nothing was typed since, for a while."""
    rows: list[Row]
    """What the terminal shows."""
    terminal: list[Any]
    """How termios was before."""


class Door:
    """Open within its `with`, unless it gives way. Ctrl+C there is a SIGINT, and so is a failure;
    a terminal that goes away is a SIGHUP.
    """

    def __init__(self, title: str, where: str, look: Remembered) -> None:
        """The header shows the title, and where the meeting is looked for, both clean."""
        # Where Textual reads and draws.
        self._keys = cast(TextIO, sys.__stdin__).fileno()
        self._picture = cast(TextIO, sys.__stderr__).fileno()
        self._shown = Shown(title, where, look.arrangement)
        self._inks = Inks(PALETTES[look.theme or DEFAULT], os.environ)
        self._abilities = Abilities(erases(os.environ))
        self._typed = Typed()
        self._frame = Frame([], (0, 0))
        self._drawn: object = None
        self._before: list[Any] = []
        self._thread: threading.Thread | None = None
        self._woken, self._wakes = -1, -1
        self._is_open = self._closes = False
        self._switch_seconds = sys.getswitchinterval()
        self.gave_way = False
        """What is typed and drawn is no business of it any more."""
        self.failure: Exception | None = None
        """The mistake that ended it."""

    @property
    def written(self) -> str:
        """What was typed and nobody has taken, in one line of words."""
        return "" if self.gave_way else self._typed.written

    @property
    def typed(self) -> Sequence[Piece]:
        """All that was typed so far; there may be more at any time."""
        return self._typed.pieces

    def __enter__(self) -> "Door":
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def aside(self) -> Generator[None]:
        """Leave the terminal to a question; it is open again once that is answered."""
        self.close()
        yield
        self.open()

    def open(self) -> None:
        """Take the terminal, whatever it shows by now."""
        if self.gave_way:
            return
        self._end_thread()
        self._is_open, self._closes, self._drawn = True, False, None
        self._before = self._before or termios.tcgetattr(self._keys)
        set_raw(self._keys)
        self._woken, self._wakes = os.pipe()
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._thread = threading.Thread(target=self._stand, name="door", daemon=True)
        self._thread.start()
        self.watch()

    def watch(self) -> None:
        """Do what is right when the process is stopped, and goes on."""
        signal.signal(signal.SIGTSTP, self._stop)
        signal.signal(signal.SIGCONT, self._go_on)

    def close(self) -> None:
        """Give the terminal back as it was; what was typed until then is kept."""
        if self.gave_way:
            return
        self._closes = True
        self._end_thread()
        if self._is_open and self._before:
            # The terminal takes nothing: at least it echoes again.
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._keys, termios.TCSANOW, self._before)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)

    def give_way(self) -> Left | None:
        """Leave the terminal as it is, and all that was typed, to whoever goes on there.

        None if it is not open any more: the user has left.
        """
        self._end_thread()
        if not self._is_open:
            return None
        self.gave_way = True
        is_over = self._typed.is_over(monotonic())
        return Left(self.typed, is_over, self._frame.rows, self._before)

    def _go_on(self, *_: object) -> None:
        self.open()

    def _stop(self, *_: object) -> None:
        self.close()
        os.kill(os.getpid(), signal.SIGSTOP)
        self.open()

    def _end_thread(self) -> None:
        """Have the thread end, unless a terminal that takes nothing holds it."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        os.write(self._wakes, b".")
        thread.join(_STOP_SECONDS)
        sys.setswitchinterval(self._switch_seconds)
        if not thread.is_alive():
            os.close(self._woken)
            os.close(self._wakes)

    # In the thread, so that nothing interrupts it

    def _stand(self) -> None:
        try:
            told = self._show_until_told()
            if self._closes or told is not None:
                self._restore()
        except (OSError, termios.error):
            told = signal.SIGHUP  # the terminal has gone
        except Exception as error:  # noqa: BLE001 - it is told where it can be
            self.failure, told = error, signal.SIGINT
            self._restore()
        if told is not None:
            _signal(told)

    def _show_until_told(self) -> int | None:
        """Show what is typed; the signal that tells of an end that was wished for here."""
        self._write(OPENING)
        while True:
            self._draw()
            ready, _, _ = select.select([self._keys, self._woken], [], [], _LOOK_SECONDS)
            if self._woken in ready:
                return None
            if ready and self._read():
                return signal.SIGINT

    def _restore(self) -> None:
        while select.select([self._keys], [], [], 0)[0]:
            self._read()
        termios.tcsetattr(self._keys, termios.TCSANOW, self._before)
        self._write(CLOSING)
        self._is_open = False

    def _read(self) -> bool:
        """Take what was typed; whether that is to leave. Raises OSError: the terminal has gone."""
        data = os.read(self._keys, 4096)
        if not data:
            raise OSError(errno.EIO, "the terminal has gone")
        return self._typed.take(data, monotonic())

    def _draw(self) -> None:
        """Draw what has changed; all of it in another size."""
        size, text = shutil.get_terminal_size(), self._typed.text
        if (size, text) == self._drawn:
            return
        before = self._frame.rows
        after = frame(replace(self._shown, text=text), self._inks, *size)
        is_other = self._drawn is None or _size(before) != size
        change = (
            painted(after.rows, self._abilities)
            if is_other
            else difference(before, after.rows, self._abilities)
        )
        x, y = after.cursor
        # The terminal's own cursor is not seen, but input methods show their choices there.
        self._write(f"{change}\x1b[{y + 1};{x + 1}H")
        self._frame, self._drawn = after, (size, text)

    def _write(self, text: str) -> None:
        data = text.encode()
        while data:
            data = data[os.write(self._picture, data) :]


def _size(rows: list[Row]) -> tuple[int, int]:
    return len(rows[0].characters), len(rows)


def _signal(number: int) -> None:
    """Send it to the thread that may wait in the system: only there it is looked at."""
    main = threading.main_thread().ident
    if main is not None:
        signal.pthread_kill(main, number)
