"""A line of the terminal as cells: in each a character or none, and the pen it is drawn with.

A wide character stands in its first cell and the second is empty; what is joined to a character
(marks, the parts of an emoji) stands in its cell.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import ne
from typing import NamedTuple

from boardroom_tui.ui.terminal.pens import ground_of

_FIRST_OF_LATEST = "\U0001fa70"
"""Emoji from here on are younger than the tables of terminals that are still in use."""
_EMOJI_STYLE = "\ufe0f"
_REGIONS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
"""Two of them make a flag."""


class Row(NamedTuple):
    """A line; as long as the terminal is wide. Never changed once it is made."""

    characters: list[str]
    pens: list[str]


def blank_row(width: int) -> Row:
    """A line on which nothing stands."""
    return Row([" "] * width, [""] * width)


def row_of(pieces: Iterable[tuple[str, str]]) -> Row:
    """The cells of pieces of text, each with its pen. Blanks that look alike are alike."""
    characters: list[str] = []
    pens: list[str] = []
    for text, pen in pieces:
        mark, cells, drawn = _drawn(text, pen)
        if mark:
            _join(characters, mark)
        characters += cells
        pens += drawn
    return Row(characters, pens)


def fitted(row: Row, width: int) -> Row:
    """The line with so many cells: cut, or filled with blanks."""
    missing = width - len(row.characters)
    if missing == 0:
        return row
    if missing < 0:
        return with_part(blank_row(width), 0, row, width)
    return Row(row.characters + [" "] * missing, row.pens + [""] * missing)


def with_part(row: Row, at: int, part: Row, width: int) -> Row:
    """The line with the first `width` cells of a part written into it from a column on."""
    count = min(width, len(part.characters), len(row.characters) - at)
    written = (part.characters[:count], part.pens[:count])
    if (row.characters[at : at + count], row.pens[at : at + count]) == written:
        return row
    characters, pens = list(row.characters), list(row.pens)
    characters[at : at + count], pens[at : at + count] = written
    return Row(characters, pens)


def part_of(row: Row, columns: tuple[int, int]) -> Row:
    """The cells from one column to before another."""
    first, end = columns
    if end - first == len(row.characters):
        return row
    return Row(row.characters[first:end], row.pens[first:end])


def changed_columns(old: Row, new: Row) -> list[int]:
    """The columns whose cells look different."""
    other = map(ne, old.characters, new.characters)
    redrawn = map(ne, old.pens, new.pens)
    both = zip(other, redrawn, strict=True)
    return [column for column, (is_other, is_redrawn) in enumerate(both) if is_other or is_redrawn]


def doubtful(row: Row) -> Sequence[int]:
    """The columns of characters that not every terminal gives as many cells as we do."""
    if max(map(len, row.characters)) < 2 and max(row.characters) < _FIRST_OF_LATEST:
        return ()
    return [column for column, one in enumerate(row.characters) if is_doubtful(one)]


@lru_cache(maxsize=4096)
def is_doubtful(character: str) -> bool:
    """Whether terminals disagree about its width: joined emoji, flags, spacing marks."""
    return character >= _FIRST_OF_LATEST or any(
        one == _EMOJI_STYLE or unicodedata.category(one) != "Mn" for one in character[1:]
    )


@lru_cache(maxsize=1024)
def _drawn(text: str, pen: str) -> tuple[str, Sequence[str], Sequence[str]]:
    """What belongs to the character before the text, its cells, and the pen of each."""
    mark, cells = ("", text) if text.isascii() else _wide_cells(text)
    ground = ground_of(pen)
    if ground is None or ground == pen or " " not in text:
        return mark, cells, (pen,) * len(cells)
    return mark, cells, [ground if one == " " else pen for one in cells]


def _wide_cells(text: str) -> tuple[str, tuple[str, ...]]:
    """What belongs to the character before the text, and the cells."""
    # The door is drawn without it as long as nobody writes such a character.
    from rich.cells import split_graphemes  # noqa: PLC0415

    mark = ""
    cells: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        one = text[start:end]
        if cells and one in _REGIONS and cells[-1] in _REGIONS:
            cells[-1:] = [cells[-1] + one, ""]
        elif width:
            cells += [one, *[""] * (width - 1)]
        elif cells:
            _join(cells, one)
        else:
            mark += one
    return mark, tuple(cells)


def _join(cells: list[str], mark: str) -> None:
    """Add what takes no cell to the last character."""
    if cells and mark:
        cells[-1 if cells[-1] else -2] += mark
