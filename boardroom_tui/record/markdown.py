"""A document in Markdown: others' text reads as it was written, and makes no markup of its own."""

import re
from collections.abc import Iterator
from typing import assert_never

from boardroom_tui.protocol.text import clean
from boardroom_tui.record.document import (
    Block,
    Code,
    Document,
    Facts,
    Heading,
    Paragraph,
    Quote,
    Signatures,
    Table,
)

_INLINE = re.compile(
    r"[\\`*\[\]<|~#]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # between letters an underscore means nothing, as in user_1
    r"|&(?=#?\w+;)"
)
_AT_LINE_START = re.compile(r"^(?=[-+=>])")
_NUMBER_AT_LINE_START = re.compile(r"^(\d+)(?=[.)])")
_LINE_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n])")
"""Between two lines of a paragraph, where Markdown would make one line of them."""

_TO_SIGN = "_" * 30


def markdown(document: Document) -> str:
    """The document in CommonMark with tables, ending in a newline."""
    return "\n\n".join(_parts(document)) + "\n"


def _parts(document: Document) -> Iterator[str]:
    if document.body is not None:
        yield f"**{_inline(document.body)}**"
    yield f"# {_inline(document.title)}"
    yield _line(document.subtitle)
    for block in document.blocks:
        yield _block(block)


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * level} {_inline(text)}"
        case Paragraph(text=text):
            return _line(text)
        case Facts(facts=facts):
            return "\n".join(
                f"- {_line(fact.label)}: "
                + (f"**{_inline(fact.value)}**" if fact.strong else _inline(fact.value))
                for fact in facts
            )
        case Table():
            return _table(block)
        case Quote(text=text):
            return _quoted(text)
        case Code(text=text):
            return f"    {clean(text)}"
        case Signatures(labels=labels):
            return "\n\n".join(f"{_line(label)}: {_TO_SIGN}" for label in labels)
        case _:
            assert_never(block)


def _inline(text: str) -> str:
    """One line of text, for where a line has begun."""
    return _INLINE.sub(r"\\\g<0>", clean(text).strip())


def _line(text: str) -> str:
    """One line of text that begins a line."""
    line = _AT_LINE_START.sub(r"\\", _inline(text))
    return _NUMBER_AT_LINE_START.sub(r"\1\\", line)


def _quoted(text: str) -> str:
    lines = "\n".join(_line(line) for line in clean(text, lines=True).strip().split("\n"))
    broken = _LINE_BREAK.sub("\\\\\n", lines)
    return "\n".join(f"> {line}".rstrip(" ") for line in broken.split("\n"))


def _table(table: Table) -> str:
    rules = ["---:" if place in table.numbers else "---" for place in range(len(table.head))]
    texts = [[_inline(text) for text in row] for row in (table.head, *table.rows)]
    lines = [texts[0], rules, *texts[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
