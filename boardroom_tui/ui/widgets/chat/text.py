"""What somebody said, as rows: wrapped, and what stands out in it found. Every character stays.

Markdown's light subset shows in the style alone: `**strong**`, `*emphasis*`, `code`, fences, lists,
lines quoted with `>`, and links, whole. What is copied is what was written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from boardroom_tui.ui.widgets.cell_wrap import wrap_paragraph


class Look(StrEnum):
    """What a piece of a line is; the value is the component class that styles it."""

    BLANK = "chat--blank"
    TIME = "chat--time"
    NAME = "chat--name"
    OWN = "chat--own"
    TEXT = "chat--text"
    STRONG = "chat--strong"
    EMPHASIS = "chat--emphasis"
    CODE = "chat--code"
    CITED = "chat--cited"
    LINK = "chat--link"
    MATCH = "chat--match"
    ANSWERS = "chat--answers"
    MEETING = "chat--meeting"
    LABEL = "chat--label"
    CALL = "chat--call"
    MENTION = "chat--mention"
    QUOTE = "chat--quote"
    RULE = "chat--rule"
    DAY = "chat--day"
    HEAD = "chat--head"
    UNREAD = "chat--unread"
    WAITING = "chat--waiting"
    REFUSED = "chat--refused"


_BEGINNING = re.compile(r" *(?:(?P<quote>(?:> ?)+)|(?:[-*+•–]|\d{1,3}[.)]) +)(?=\S)")
"""How a quoted line or an item of a list begins."""

_MARKED = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<link>https?://[^\s<>\"“”‘’`]+)"
    r"|(?P<strong>\*\*(?=[^\s*])[^*\n]+(?<=\S)\*\*)"
    r"|(?P<emphasis>(?<![\w*])\*(?=[^\s*])[^*\n]+(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])[^_\n]+(?<=\S)_(?!\w))",
    re.IGNORECASE,
)
_LOOKS = {
    "code": Look.CODE,
    "link": Look.LINK,
    "strong": Look.STRONG,
    "emphasis": Look.EMPHASIS,
}
_BEHIND_A_LINK = ".,;:!?'*_)]}"
_FENCE = "```"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a text: where in the text it begins, and what stands before it to hang."""

    text: str
    start: int
    hang: str = ""


def rows(text: str, width: int) -> list[Row]:
    """The text, which is clean, in rows of at most `width` cells; one at least.

    An item of a list hangs below its first word, and each row of a quotation has its mark.
    """
    found: list[Row] = []
    start = 0
    for paragraph in text.split("\n"):
        found.extend(_paragraph(paragraph, start, width))
        start += len(paragraph) + 1
    return found


def row_count(text: str, width: int) -> int:
    """How many `rows` will give, without making them."""
    if "\n" not in text:  # as mostly, and each message is measured
        return _row_count(text, width)
    return sum(_row_count(paragraph, width) for paragraph in text.split("\n"))


def _row_count(paragraph: str, width: int) -> int:
    if len(paragraph) <= width and paragraph.isascii():
        return 1
    return len(_wrapped(paragraph, width)[1])


def _wrapped(paragraph: str, width: int) -> tuple[re.Match[str] | None, list[str]]:
    """How the paragraph begins, where that hangs, and what follows, wrapped."""
    beginning = None if paragraph[:1].isalpha() else _BEGINNING.match(paragraph)
    if beginning is None or beginning.end() > width // 2:
        return None, wrap_paragraph(paragraph, width)
    return beginning, wrap_paragraph(paragraph[beginning.end() :], width - beginning.end())


def _paragraph(paragraph: str, start: int, width: int) -> Iterator[Row]:
    if len(paragraph) <= width and paragraph.isascii():
        yield Row(paragraph.rstrip(), start)
        return
    beginning, wrapped = _wrapped(paragraph, width)
    first = "" if beginning is None else beginning[0]
    quotes = beginning is not None and beginning["quote"] is not None
    place = len(first)
    for number, row in enumerate(wrapped):
        at = paragraph.index(row, place)
        place = at + len(row)
        if number == 0:
            at -= len(first)  # behind blanks that have no room before the first word
            yield Row(paragraph[at:place], start + at)
        else:
            yield Row(row, start + at, first if quotes else " " * len(first))


def links(text: str) -> list[str]:
    """The addresses in a text, each once; http and https only."""
    found = (text[slice(*_extent(one))] for one in _MARKED.finditer(text) if one["link"])
    return list(dict.fromkeys(found))


def looks_of(
    text: str,
    *,
    label: int = 0,
    mention: re.Pattern[str] | None = None,
    match: re.Pattern[str] | None = None,
    plain: Look | None = None,
) -> list[Look]:
    """What each character of the text is.

    The first `label` are one; `mention` calls the reader, `match` is searched for. A text that is
    nobody's is `plain`.
    """
    looks = [plain or Look.TEXT] * len(text)
    if plain is None:
        _mark_paragraphs(text, looks)
    looks[:label] = [Look.LABEL] * label
    for pattern, look in ((mention, Look.MENTION), (match, Look.MATCH)):
        for found in () if pattern is None else pattern.finditer(text):
            _fill(looks, found.start(), found.end(), look)
    return looks


def runs(row: Row, looks: list[Look]) -> Iterator[tuple[str, Look]]:
    """The row in pieces of one look each."""
    if row.hang:
        yield row.hang, Look.CITED
    place = row.start
    for look, run in groupby(looks[row.start : row.start + len(row.text)]):
        end = place + len(list(run))
        yield row.text[place - row.start : end - row.start], look
        place = end


def _mark_paragraphs(text: str, looks: list[Look]) -> None:
    start, fenced = 0, False
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        fence = paragraph.lstrip().startswith(_FENCE)
        if fenced or fence:
            _fill(looks, start, end, Look.CODE)
            fenced = fenced != fence
        else:
            if paragraph.startswith(">"):
                _fill(looks, start, end, Look.CITED)
            for found in _MARKED.finditer(text, start, end):
                begins, ends = _extent(found)
                _fill(looks, begins, ends, _LOOKS[found.lastgroup or ""])
        start = end + 1


def _extent(found: re.Match[str]) -> tuple[int, int]:
    """Where something marked begins and ends; what ends the sentence is no part of a link."""
    start, end = found.span()
    if found["link"]:
        while found.string[end - 1] in _BEHIND_A_LINK:
            if found.string[end - 1] == ")" and "(" in found.string[start:end]:
                break
            end -= 1
    return start, end


def _fill(looks: list[Look], start: int, end: int, look: Look) -> None:
    looks[start:end] = [look] * (end - start)
