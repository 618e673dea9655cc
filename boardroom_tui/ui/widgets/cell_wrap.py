"""Wrapping and cutting by terminal cells: a wide character counts two, a joined emoji is one.

What reaches this far was cleaned where it came in; `visible` looks again, since a control
character that slips through would move the terminal.
"""

import re
from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size, split_graphemes

from boardroom_tui.protocol.text import clean

ELLIPSIS = "…"

_RUN = re.compile(r" +|[^ ]+")
_EMPTY_LINES = re.compile(r"(?:^(?:[^\S\n]|\u2800)*\n){2,}", re.MULTILINE)
"""Lines without anything to see: blanks of any kind, and Braille's, which is no blank to Python."""
_NEVER_FIRST = frozenset(
    "、。，．：；！？）」』】〉》〕’”ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…"
)
"""What may not begin a line of Chinese or Japanese."""


def visible(text: str, *, lines: bool = False) -> str:
    """The text without anything that could act on the terminal.

    With `lines`, empty ones that follow each other are one: thousands would push all else away.
    """
    if text.isprintable():
        return text
    text = clean(text, lines=lines)
    return _EMPTY_LINES.sub("\n", text) if lines else text


def one_line(text: str) -> str:
    """The text with all its blanks and line ends as single blanks."""
    return visible(" ".join(text.split()))


def cut(text: str, width: int) -> str:
    """The beginning of the text that fits, an ellipsis saying that there is more."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + ELLIPSIS if width > 0 else ""


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (at least 2), one line at least.

    Breaks at blanks and between wide characters; a word longer than a line is divided. Only
    blanks are lost, and only where a line ends.
    """
    paragraphs = visible(text, lines=True).split("\n")
    return [line for paragraph in paragraphs for line in wrap_paragraph(paragraph, width)]


def wrap_paragraph(paragraph: str, width: int) -> list[str]:
    """The same of a text that is clean already and has no line ends."""
    width = max(2, width)
    if len(paragraph) <= width and paragraph.isascii():
        return [paragraph.rstrip()]
    words = _at_blanks(paragraph, width)
    return _wrapped(paragraph, width) if words is None else words


def _at_blanks(paragraph: str, width: int) -> list[str] | None:
    """The lines of plain words with one blank between them, as most are; None for others."""
    if not paragraph.isascii() or "  " in paragraph or paragraph != paragraph.strip(" "):
        return None
    lines: list[str] = []
    start = 0
    while len(paragraph) - start > width:
        end = paragraph.rfind(" ", start, start + width + 1)
        if end < 0:
            return None
        lines.append(paragraph[start:end])
        start = end + 1
    lines.append(paragraph[start:])
    return lines


def _wrapped(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for unit, cells in _units(paragraph):
        if used + cells <= width:
            line, used = line + unit, used + cells
            continue
        if line.strip():
            lines.append(line.rstrip())
        if unit[0] == " ":
            line, used = "", 0
        elif cells <= width:
            line, used = unit, cells
        else:
            *full, line = _divided(unit, width)
            used = cell_len(line)
            lines.extend(full)
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _units(paragraph: str) -> Iterator[tuple[str, int]]:
    """What stays together on a line, with its cells: blanks, words, single wide characters."""
    for found in _RUN.finditer(paragraph):
        run = found[0]
        if run.isascii():
            yield run, len(run)
        else:
            yield from _parts_of_a_word(run)


def _parts_of_a_word(word: str) -> Iterator[tuple[str, int]]:
    part, used, is_wide = "", 0, False
    for start, end, cells in split_graphemes(word)[0]:
        character = word[start:end]
        stays = character in _NEVER_FIRST or (cells < 2 and not is_wide)
        if part and not stays:
            yield part, used
            part, used = "", 0
        part, used = part + character, used + cells
        is_wide = cells >= 2 or (is_wide and character in _NEVER_FIRST)
    if part:
        yield part, used


def _divided(word: str, width: int) -> list[str]:
    lines: list[str] = []
    begin, used = 0, 0
    for start, _, cells in split_graphemes(word)[0]:
        if used + cells > width and start > begin:
            lines.append(word[begin:start])
            begin, used = start, 0
        used += cells
    return [*lines, word[begin:]]
