"""Lines that stand elsewhere than before: whether it pays to have the terminal move them."""

from collections import Counter
from collections.abc import Sequence
from operator import ne
from typing import NamedTuple

from boardroom_tui.ui.terminal.rows import Row, blank_row, part_of, with_part

Columns = tuple[int, int]
"""From which column to before which."""

_AGREED = 2
"""So many lines at least have to have moved by as much."""
_MOVE = 12
"""About how many bytes it takes to begin writing in a line."""
_PEN = 16
"""About how many bytes another pen takes."""
_SCROLL = 25
_SCROLL_BETWEEN_MARGINS = 45
"""About how many bytes the terminal takes to be told."""


class Scroll(NamedTuple):
    """The lines from `top` to before `bottom` move up by `lines`, down if that is negative."""

    top: int
    bottom: int
    lines: int
    columns: Columns


def scrolled(rows: Sequence[Row], scroll: Scroll) -> list[Row]:
    """The lines after that; what comes in is blank."""
    left, right = scroll.columns
    blank = blank_row(right - left)
    moved = list(rows)
    for y in range(scroll.top, scroll.bottom):
        source = y + scroll.lines
        is_inside = scroll.top <= source < scroll.bottom
        part = part_of(rows[source], scroll.columns) if is_inside else blank
        moved[y] = with_part(rows[y], left, part, right - left)
    return moved


def best_scroll(
    before: Sequence[Row], after: Sequence[Row], pane: Columns, *, side_margins: bool
) -> Scroll | None:
    """The scroll that leaves least to be written if lines have moved within a pane's columns."""
    lines = _lines_moved(before, after, pane)
    if not lines:
        return None
    columns = pane
    cost = _SCROLL_BETWEEN_MARGINS
    if not side_margins or not are_edges(before, pane):
        columns = (0, len(after[0].characters))
        cost = _SCROLL
    return _placed(before, after, lines, columns, cost)


def _lines_moved(before: Sequence[Row], after: Sequence[Row], pane: Columns) -> int:
    """By how many lines most of what is new in the pane has moved up; 0 if nothing has."""
    left, right = pane
    old = ["".join(row.characters[left:right]) for row in before]
    places: dict[str, int | None] = {}
    for y, text in enumerate(old):
        places[text] = None if text in places or text.isspace() else y
    votes: Counter[int] = Counter()
    for y, row in enumerate(after):
        place = places.get("".join(row.characters[left:right]))
        if place is not None:
            votes[place - y] += 1
    del votes[0]
    return next((lines for lines, count in votes.most_common(1) if count >= _AGREED), 0)


def are_edges(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether no character stands across an end of the columns."""
    left, right = columns
    return all(
        row.characters[left] and (right == len(row.characters) or row.characters[right])
        for row in rows
    )


def _placed(
    before: Sequence[Row], after: Sequence[Row], lines: int, columns: Columns, cost: int
) -> Scroll | None:
    """The scroll by so many lines from where to where it saves most."""
    height, count = len(after), abs(lines)
    blank = blank_row(columns[1] - columns[0])
    old = [part_of(row, columns) for row in before]
    new = [part_of(row, columns) for row in after]
    if lines < 0:
        # What moves down is what moves up, seen upside down.
        old.reverse()
        new.reverse()
    kept = [_cost(one, other) for one, other in zip(old, new, strict=True)]
    lost_by_blank = [_cost(blank, one) - cost for one, cost in zip(new, kept, strict=True)]
    best, found = cost, None
    total, first = 0, 0
    for y in range(height - count):
        if total <= 0:
            total, first = 0, y
        total += kept[y] - _cost(old[y + count], new[y])
        if total > best:
            lost = sum(lost_by_blank[y + 1 : y + 1 + count])
            if total - lost > best:
                best, found = total - lost, (first, y + 1 + count)
    if found is None:
        return None
    top, bottom = found if lines > 0 else (height - found[1], height - found[0])
    return Scroll(top, bottom, lines, columns)


def _cost(old: Row, new: Row) -> int:
    """About how many bytes it takes to write one line where the other is."""
    if old == new:
        return 0
    return sum(map(ne, old.characters, new.characters)) + _PEN * len(set(new.pens)) + _MOVE
