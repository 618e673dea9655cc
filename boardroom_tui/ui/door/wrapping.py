"""What is written in lines, broken where the board's composer breaks it: as Textual 8.2 does."""

import re
from dataclasses import dataclass

MOST_LINES = 6
_CHUNK = re.compile(r"\S+\s*|\s+")
"""A word and the blanks behind it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is seen of a text whose end is in sight."""

    lines: list[str]
    """The last ones, from one to six."""
    count: int
    """How many there are."""


def written(text: str, width: int) -> Written:
    """A text in so many cells; the cursor takes one of them, and a scrollbar if there is any."""
    lines = wrapped(text, width - 1)
    if len(lines) > MOST_LINES:
        lines = wrapped(text, width - 2)
    return Written(lines[-MOST_LINES:], len(lines))


def wrapped(text: str, width: int) -> list[str]:
    """All lines of a text, no wider than so many cells."""
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, width)]


def _lines(paragraph: str, width: int) -> list[str]:
    lines, room = [""], width
    for chunk in _CHUNK.findall(paragraph):
        taken = cells(chunk)
        if taken > room and lines[-1]:
            lines.append("")
            room = width
        if taken > width:
            *full, last = _divided(chunk, width)
            lines[-1:] = [*full, last]
            room = width - cells(last)
        else:
            lines[-1] += chunk
            room -= taken
    return lines


def _divided(chunk: str, width: int) -> list[str]:
    """A word for which no line is long enough, in as many as it takes."""
    lines, room = [""], width
    for character in chunk:
        taken = cells(character)
        if taken > room:
            lines.append("")
            room = width
        lines[-1] += character
        room -= taken
    return lines


def cells(text: str) -> int:
    """How many cells a text takes."""
    if text.isascii():
        return len(text)
    # The door is drawn without it as long as nobody writes such a character.
    from rich.cells import cell_len  # noqa: PLC0415

    return cell_len(text)
