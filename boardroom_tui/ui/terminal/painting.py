"""Where Textual's updates of the screen become bytes: only what changed is written.

Textual 8.2 writes every widget that was refreshed as a whole. What is private to it is used here
and in composing.py alone; where it is not as in 8.2, Textual's own way is kept.
"""

import inspect
from collections import Counter
from collections.abc import Callable, Sequence

from rich.color import ColorSystem
from rich.console import Console
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import (  # pyright: ignore[reportPrivateUsage]
    CompositorUpdate,
    LayoutUpdate,
)
from textual.app import App
from textual.cache import LRUCache
from textual.strip import Strip

from boardroom_tui.ui.terminal import composing
from boardroom_tui.ui.terminal.abilities import Abilities
from boardroom_tui.ui.terminal.composing import Piece, Pieces
from boardroom_tui.ui.terminal.difference import difference, painted
from boardroom_tui.ui.terminal.moving import Moved, Moving
from boardroom_tui.ui.terminal.rows import Row, fitted, row_of, with_part
from boardroom_tui.ui.terminal.scrolling import Columns, are_edges, scrolled

_AS_IN_8_2: tuple[tuple[Callable[..., object], str], ...] = (
    (vars(App)["_display"], "self screen renderable"),
    (LayoutUpdate.__init__, "self strips region"),
    (CompositorUpdate.render_segments, "self console"),
    (Strip.render_ansi, "style color_system"),
    (vars(App)["_begin_update"], "self"),
    (vars(App)["_end_update"], "self"),
    *composing.AS_IN_8_2,
)

_KEPT = 256
"""So many strips are known again."""
_ONE_READ = 256
"""So many characters reach a terminal in one piece, and it shows them at once by itself."""


def is_as_expected() -> bool:
    """Whether Textual's private parts are those that this is written for."""
    return all(
        list(inspect.signature(one).parameters) == names.split() for one, names in _AS_IN_8_2
    )


class Painting:
    """What the terminal shows, and what has to be written so that it shows something else."""

    def __init__(self, terminal: Abilities) -> None:
        self.terminal = terminal
        self._shown: list[Row] | None = None
        self._owed: list[Row] | None = None
        """What the terminal should show by now; None is what it shows."""
        self._owed_pane: Columns | None = None
        self._told: list[Row] | None = None
        """What the terminal shows if it was sent what was made last."""
        self._moving = Moving()
        self._rows: LRUCache[int, tuple[Strip, Row]] = LRUCache(_KEPT)

    def forget(self) -> None:
        """Count on nothing that the terminal shows; the next whole screen is written whole."""
        self._shown = self._owed = self._owed_pane = self._told = None
        self._moving.forget()

    @property
    def owes(self) -> bool:
        """Whether the terminal does not show yet what was drawn."""
        return self._owed is not None

    def shortened(
        self, update: object, console: Console, *, at_once: bool = False, is_behind: bool = False
    ) -> object:
        """The update without what is shown already; None if nothing else is left of it.

        `at_once` says that the terminal can be asked to show it all at the same time. One that
        `is_behind` is owed it: what comes meanwhile is written with it, once, where it still shows.
        """
        system = console._color_system or ColorSystem.TRUECOLOR  # pyright: ignore[reportPrivateUsage]
        if self._shown is not self._told:
            self._moving.forget()  # what was drawn last was never sent
        shown, scroll = self._owed or self._shown, None
        if isinstance(update, LayoutUpdate):
            rows, pane = _all_rows(update, system), None
            self._moving.forget()
        elif isinstance(update, Pieces) and shown and _size(shown) == update.size:
            pieces = update.pieces
            moved = None if is_behind or self.owes else self._moved(shown, pieces)
            if moved is not None:
                pieces, scroll = moved.left, moved.scroll
                shown = scrolled(shown, scroll)
            rows, pane = self._updated_rows(shown, pieces, system)
        else:
            if update is not None:
                self.forget()
            return update
        if is_behind:
            self._owe(rows, pane)
            return None
        if self._owed is not None:
            self._owe(rows, pane)
            return self.overdue(at_once=at_once)
        if shown is None or _size(shown) != _size(rows):
            return _Shortened(self, rows, painted(rows, self.terminal), at_once)
        text = difference(shown, rows, self.terminal, pane, scroll)
        if not text:
            return None
        self._told = rows
        return _Shortened(self, rows, text, at_once)

    def overdue(self, *, at_once: bool) -> object:
        """What is owed; None if nothing is."""
        shown, rows = self._shown, self._owed
        if rows is None:
            return None
        if shown is None or _size(shown) != _size(rows):
            return _Shortened(self, rows, painted(rows, self.terminal), at_once)
        text = difference(shown, rows, self.terminal, self._owed_pane)
        return _Shortened(self, rows, text, at_once)

    def _owe(self, rows: list[Row], pane: Columns | None) -> None:
        self._owed, self._owed_pane = rows, pane or self._owed_pane
        # What was drawn last is not what the terminal shows, and could move there.
        self._moving.forget()

    def _moved(self, shown: Sequence[Row], pieces: Sequence[Piece]) -> Moved | None:
        """What the terminal can do of it between its margins, before anything is compared."""
        moved = self._moving.moved(pieces)
        if moved is None or not self.terminal.side_margins:
            return None
        return moved if are_edges(shown, moved.scroll.columns) else None

    def show(self, rows: list[Row]) -> None:
        """The terminal shows these lines now."""
        self._shown, self._owed, self._owed_pane = rows, None, None
        self._told = rows

    def _updated_rows(
        self, shown: list[Row], pieces: Sequence[Piece], system: ColorSystem
    ) -> tuple[list[Row], Columns | None]:
        """The lines, and the columns in which most of them changed, if several did."""
        rows = list(shown)
        changed: Counter[Columns] = Counter()
        for y, x, strip in pieces:
            part = self._row(strip, system)
            row = with_part(rows[y], x, part, len(part.characters))
            if row is not rows[y]:
                changed[x, x + len(part.characters)] += 1
                rows[y] = row
        return rows, next((columns for columns, count in changed.most_common(1) if count > 1), None)

    def _row(self, strip: Strip, system: ColorSystem) -> Row:
        """The strip's cells; Textual keeps the strips of what has not changed."""
        known = self._rows.get(id(strip))
        if known is not None:
            return known[1]
        row = row_of(_pieces(strip, system))
        self._rows[id(strip)] = strip, row
        return row


class _Shortened(CompositorUpdate):
    """What is written instead of an update; that it is shown counts once it is asked for."""

    def __init__(self, painting: Painting, rows: list[Row], text: str, at_once: bool) -> None:
        self._painting = painting
        self._rows = rows
        is_asked = at_once and len(text) > _ONE_READ
        self._text = f"{SYNC_START}{text}{SYNC_END}" if is_asked else text

    def render_segments(self, console: Console) -> str:
        self._painting.show(self._rows)
        return self._text


def _size(rows: list[Row]) -> tuple[int, int]:
    return len(rows[0].characters) if rows else 0, len(rows)


def _all_rows(update: LayoutUpdate, system: ColorSystem) -> list[Row]:
    return [
        fitted(
            row_of(piece for strip in line for piece in _pieces(strip, system)), update.region.width
        )
        for line in update.strips
    ]


def _pieces(strip: Strip, system: ColorSystem) -> list[tuple[str, str]]:
    return [
        (text, "" if style is None else Strip.render_ansi(style, system))
        for text, style, _ in strip
    ]
