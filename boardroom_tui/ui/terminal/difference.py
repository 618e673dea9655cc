"""What to write so that a terminal that shows some lines shows others."""

from collections.abc import Iterator, Sequence

from boardroom_tui.ui.terminal.abilities import Abilities
from boardroom_tui.ui.terminal.pens import ground_of
from boardroom_tui.ui.terminal.rows import Row, changed_columns, doubtful
from boardroom_tui.ui.terminal.scrolling import Columns, Scroll, best_scroll, scrolled
from boardroom_tui.ui.terminal.writer import Writer

_GAP = 4
"""So few unchanged cells between two changes are written again rather than passed over."""


def painted(after: Sequence[Row], terminal: Abilities) -> str:
    """What to write so that these lines are shown, whatever is shown now."""
    width = len(after[0].characters) if after else 0
    writer = Writer(width, erases=terminal.erases)
    for y, row in enumerate(after):
        writer.cells(row, y, 0, width)
    writer.finish()
    return writer.text


def difference(
    before: Sequence[Row],
    after: Sequence[Row],
    terminal: Abilities,
    pane: Columns | None = None,
    scroll: Scroll | None = None,
) -> str:
    """What to write so that the lines `after` are shown where those `before` are.

    Both have as many lines and cells as the terminal. Empty if nothing has changed. In the columns
    of the `pane` lines may have moved; where it is known how, `before` is what the `scroll` leaves.
    """
    width = len(after[0].characters) if after else 0
    writer = Writer(width, erases=terminal.erases)
    if scroll:
        writer.scroll(scroll)
    elif pane and (scroll := best_scroll(before, after, pane, side_margins=terminal.side_margins)):
        writer.scroll(scroll)
        before = scrolled(before, scroll)
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is not new and old != new:
            for first, end in changes(old, new):
                writer.cells(new, y, first, end)
    writer.finish()
    return writer.text


def changes(old: Row, new: Row) -> Iterator[tuple[int, int]]:
    """From which column to before which the line has to be written, in order."""
    columns = changed_columns(old, new)
    if not columns:
        return
    unsure = doubtful(new)
    width = len(new.characters)
    first = last = columns[0]
    for column in columns[1:]:
        if column - last > 1 and (column - last > _GAP or not _alike(new, last, column)):
            start, end = _whole(new, first, last + 1)
            if any(start <= one < end for one in unsure):
                yield start, width
                return
            yield start, end
            first = column
        last = column
    start, end = _whole(new, first, last + 1)
    yield start, width if any(start <= one < end for one in unsure) else end


def _alike(row: Row, first: int, end: int) -> bool:
    """Whether one pen draws these cells."""
    pen = row.pens[first]
    return all(one in (pen, ground_of(pen)) for one in row.pens[first:end])


def _whole(row: Row, first: int, end: int) -> tuple[int, int]:
    """The cells, and those that the characters in them take beside."""
    characters = row.characters
    while first and not characters[first]:
        first -= 1
    while end < len(characters) and not characters[end]:
        end += 1
    return first, end
