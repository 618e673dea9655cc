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
import weakref
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from time import monotonic
from types import TracebackType
from typing import Any, TextIO, cast

from boardroom_tui.ui.door.frame import Frame, Shown, frame
from boardroom_tui.ui.door.inks import Inks
from boardroom_tui.ui.door.modes import CLOSING, OPENING, echo_erased, set_raw
from boardroom_tui.ui.door.typed import Piece, Typed
from boardroom_tui.ui.look.palettes import PALETTES
from boardroom_tui.ui.look.theme_names import DEFAULT
from boardroom_tui.ui.remembered import Remembered
from boardroom_tui.ui.terminal.abilities import Abilities, erases
from boardroom_tui.ui.terminal.difference import difference, painted
from boardroom_tui.ui.terminal.rows import Row
from boardroom_tui.ui.words.beginning import lines_pasted

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


class _Order(Enum):
    """What the thread is told, one byte each; it does one after the other."""

    OPEN = b"o"
    """Take the terminal, whatever it shows by now."""
    CLOSE = b"c"
    """Give it back as it was."""
    STOP = b"s"
    """Give it back, and stop the process; that it goes on is a new order."""
    GIVE_WAY = b"g"
    """End, and leave it as it is."""
    LEAVE = b"l"
    """Give it back and end, as the user wishes."""
    END = b"e"
    """Give it back and end."""


class Door:
    """Open within its `with`, unless it gives way. Ctrl+C there is a SIGINT, and so is a failure;
    a terminal that goes away is a SIGHUP.

    All that is done to the terminal is done by one thread, which signals do not interrupt.
    """

    def __init__(self, title: str, where: str, look: Remembered) -> None:
        """The header shows the title, and where the meeting is looked for, both clean."""
        # Where Textual reads and draws.
        self._keys = cast(TextIO, sys.__stdin__).fileno()
        self._picture = cast(TextIO, sys.__stderr__).fileno()
        self._before = termios.tcgetattr(self._keys)
        self._shown = Shown(title, where, look.arrangement)
        self._inks = Inks(PALETTES[look.theme or DEFAULT], os.environ)
        self._abilities = Abilities(erases(os.environ))
        self._typed = Typed()
        self._frame = Frame([], (0, 0))
        self._drawn: object = None
        self._thread = threading.Thread(target=self._stand, name="door", daemon=True)
        self._told, self._tells = os.pipe()
        for descriptor in (self._told, self._tells):
            weakref.finalize(self, os.close, descriptor)
        self._closed = threading.Event()
        """The terminal is as it was."""
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
            self._thread.start()
            self._watch()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if not self.gave_way:
            self._end()

    @contextmanager
    def aside(self) -> Generator[None]:
        """Leave the terminal to a question; it is open again once that is answered."""
        self._look_away()
        self._tell(_Order.CLOSE)
        self._closed.wait()
        yield
        self._tell(_Order.OPEN)
        self._watch()

    def stop(self, *_: object) -> None:
        """Give the terminal back, and stop the process."""
        self._tell(_Order.STOP)

    def go_on(self, *_: object) -> None:
        """Take the terminal again."""
        self._tell(_Order.OPEN)

    def _watch(self) -> None:
        signal.signal(signal.SIGTSTP, self.stop)
        signal.signal(signal.SIGCONT, self.go_on)

    def _look_away(self) -> None:
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)

    def give_way(self) -> Left | None:
        """Leave the terminal as it is, and all that was typed, to whoever goes on there.

        None if it is not open any more: the user has left.
        """
        self._tell(_Order.GIVE_WAY)
        self._thread.join()
        if self._closed.is_set():
            return None
        self.gave_way = True
        is_over = self._typed.is_over(monotonic())
        return Left(self.typed, is_over, self._frame.rows, self._before)

    def has_missed_a_stop(self) -> bool:
        """Whether a stop came once it had given way: who goes on there has to do it."""
        orders = b""
        while select.select([self._told], [], [], 0)[0]:
            orders += os.read(self._told, 99)
        return orders.endswith(_Order.STOP.value)

    def _end(self) -> None:
        """Give the terminal back as it was; what was typed until then is kept."""
        self._look_away()
        self._tell(_Order.END)
        if self._thread.ident is not None:
            self._thread.join(_STOP_SECONDS)
        # Also where the terminal takes nothing, and where a board has begun that one left already.
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._keys, termios.TCSANOW, self._before)

    def _tell(self, order: _Order) -> None:
        os.write(self._tells, order.value)

    # In the thread

    def _stand(self) -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_SECONDS)
        try:
            told = self._obey()
        except (OSError, termios.error):
            told = signal.SIGHUP  # the terminal has gone
        except Exception as error:  # noqa: BLE001 - it is told where it can be
            self.failure, told = error, signal.SIGINT
            with contextlib.suppress(OSError, termios.error):
                self._close()
        finally:
            sys.setswitchinterval(usual)
        if told is not None:
            self._closed.set()
            _signal(told)

    def _obey(self) -> int | None:
        """Do as it is told until it shall end; the signal for an end that was wished for here."""
        order = _Order.OPEN
        while True:
            match order:
                case _Order.OPEN:
                    if self._open():
                        order = _Order.LEAVE
                        continue
                case _Order.CLOSE:
                    self._close()
                case _Order.STOP:
                    self._close()
                    os.kill(os.getpid(), signal.SIGSTOP)
                case _Order.GIVE_WAY:
                    if self._closed.is_set():
                        self._open()
                        self._draw()
                    return None
                case _Order.LEAVE:
                    self._close()
                    return signal.SIGINT
                case _Order.END:
                    self._close()
                    return None
            order = self._show_until_told()

    def _show_until_told(self) -> _Order:
        """Show what is typed, as long as it is open."""
        while True:
            if self._closed.is_set():
                return _Order(os.read(self._told, 1))
            self._draw()
            ready, _, _ = select.select([self._keys, self._told], [], [], _LOOK_SECONDS)
            if self._told in ready:
                return _Order(os.read(self._told, 1))
            if ready and self._read():
                return _Order.LEAVE

    def _open(self) -> bool:
        """Take the terminal; whether Ctrl+C was pressed in that moment."""
        set_raw(self._keys)
        self._closed.clear()
        self._drawn, known, leaves = None, len(self._typed.pieces), False
        while self._is_typed_on():
            leaves = self._read() or leaves
        echoed = b"".join(piece.data for piece in self._typed.pieces[known:])
        self._write(echo_erased(echoed, shutil.get_terminal_size().columns) + OPENING)
        return leaves

    def _close(self) -> None:
        if self._closed.is_set():
            return
        while self._is_typed_on():
            self._read()
        termios.tcsetattr(self._keys, termios.TCSANOW, self._before)
        self._write(CLOSING)
        self._closed.set()

    def _is_typed_on(self) -> bool:
        """Whether more was typed than is read."""
        return bool(select.select([self._keys], [], [], 0)[0])

    def _read(self) -> bool:
        """Take what was typed; whether that is to leave. Raises OSError: the terminal has gone."""
        data = os.read(self._keys, 4096)
        if not data:
            raise OSError(errno.EIO, "the terminal has gone")
        return self._typed.take(data, monotonic())

    def _draw(self) -> None:
        """Draw what has changed; all of it in another size."""
        size, text, pasted = shutil.get_terminal_size(), self._typed.text, self._typed.lines_pasted
        if (size, text, pasted) == self._drawn:
            return
        before = self._frame.rows
        note = lines_pasted(pasted) if pasted else ""
        after = frame(replace(self._shown, text=text, note=note), self._inks, *size)
        is_other = self._drawn is None or _size(before) != size
        change = (
            painted(after.rows, self._abilities)
            if is_other
            else difference(before, after.rows, self._abilities)
        )
        x, y = after.cursor
        # The terminal's own cursor is not seen, but input methods show their choices there.
        self._write(f"{change}\x1b[{y + 1};{x + 1}H")
        self._frame, self._drawn = after, (size, text, pasted)

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
