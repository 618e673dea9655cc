"""Others' text in Markdown: it reads as it was written, and makes no markup of its own."""

import re
from collections.abc import Iterable, Sequence

from boardroom_tui.protocol.text import clean

_INLINE = re.compile(
    r"[\\`*\[\]<|~#]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # between letters an underscore means nothing, as in user_1
    r"|&(?=#?\w+;)"
)
_AT_LINE_START = re.compile(r"^(?=[-+=>])")
_NUMBER_AT_LINE_START = re.compile(r"^(\d+)(?=[.)])")
_LINE_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n])")
"""Between two lines of a paragraph, where Markdown would make one line of them."""


def escaped(text: str) -> str:
    """One line of others' text, for the middle of a line, a heading or a table."""
    line = clean(text).strip()
    line = _INLINE.sub(r"\\\g<0>", line)
    line = _AT_LINE_START.sub(r"\\", line)
    return _NUMBER_AT_LINE_START.sub(r"\1\\", line)


def quoted(text: str) -> str:
    """Others' text as a block quotation that keeps its lines."""
    lines = "\n".join(escaped(line) for line in clean(text, lines=True).strip().split("\n"))
    broken = _LINE_BREAK.sub("\\\\\n", lines)
    return "\n".join(f"> {line}".rstrip(" ") for line in broken.split("\n"))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
