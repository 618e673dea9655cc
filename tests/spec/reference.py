"""The reference, read: its lines, its JSON examples, its tables.

`websocket-api.md` beside this file is the reference letter for letter.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from boardroom_tui.protocol.catalogue import CLIENT_TYPES, SERVER_TYPES

PATH = Path(__file__).with_name("websocket-api.md")
LINES: tuple[str, ...] = tuple(PATH.read_text("utf-8").splitlines())

Direction = Literal["client", "server"]


@dataclass(frozen=True, slots=True)
class Example:
    """A JSON example: the line where it opens, who sends it, and what it says.

    Two examples hold a comment, `// ...`, where a payload would be; without it they are JSON.
    """

    line: int
    direction: Direction
    value: dict[str, Any]
    commented: bool

    @property
    def type(self) -> str:
        """The message's type."""
        return self.value["type"]


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of the reference: the line of its first character, and what introduces it."""

    language: str
    line: int
    body: tuple[str, ...]
    introduction: str


def line(number: int) -> str:
    """A line of the reference, counted from 1."""
    return LINES[number - 1]


def blocks() -> tuple[Block, ...]:
    """Every fenced block, in order."""
    found: list[Block] = []
    introduction, opened = "", None
    for number, text in enumerate(LINES, 1):
        if text.startswith("```") and opened is None:
            opened = (text.removeprefix("```"), number)
        elif text.startswith("```") and opened is not None:
            language, fence = opened
            found.append(Block(language, fence + 1, LINES[fence : number - 1], introduction))
            opened = None
        elif opened is None and text.strip():
            introduction = text
    return tuple(found)


def _direction(name: str, introduction: str) -> Direction:
    if name in CLIENT_TYPES and name in SERVER_TYPES:
        return "client" if introduction.startswith("Client sends") else "server"
    return "client" if name in CLIENT_TYPES else "server"


def examples() -> tuple[Example, ...]:
    """Every JSON example, in order."""
    found: list[Example] = []
    for block in blocks():
        if block.language != "json":
            continue
        lines = [re.sub(r"\s*//.*", "", text) for text in block.body]
        value = cast("dict[str, Any]", json.loads("\n".join(lines)))
        direction = _direction(value["type"], block.introduction)
        found.append(Example(block.line, direction, value, lines != list(block.body)))
    return tuple(found)


def keys(example: Example) -> tuple[tuple[int, str], ...]:
    """The fields of an example's `data`: the line and the path of each, `users[].status`."""
    body = next(block.body for block in blocks() if block.line == example.line)
    found: list[tuple[int, str]] = []
    path: list[str] = []
    for number, text in enumerate(body, example.line):
        name = re.match(r'\s*"([^"]+)":\s*(.*)', text)
        if name is None:
            if re.match(r"\s*[\]}]", text) and path:
                path.pop()
            elif text.strip() == "{" and path:
                path.append("")
            continue
        full = ".".join(part for part in (*path, name[1]) if part)
        found.append((number, full))
        rest = name[2]
        if rest in ("{", "["):
            path.append(name[1] + ("[]" if rest == "[" else ""))
        else:
            # An object on one line: `"start": { "line": 10, "column": 20 },`
            inner = re.findall(r'"(\w+)":', rest)
            found.extend((number, f"{full}.{part}") for part in inner)
    return tuple(
        (number, full.removeprefix("data.")) for number, full in found if full.startswith("data.")
    )


def table(heading: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows of the table under a heading: the line and the cells of each."""
    start = LINES.index(heading) + 1
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, text in enumerate(LINES[start:], start + 1):
        if text.startswith("#"):
            break
        if text.startswith("|"):
            rows.append((number, tuple(cell.strip() for cell in text.strip("|").split("|"))))
    return tuple(rows[2:])


def listed(heading: str, occurrence: int = 0) -> tuple[tuple[int, str], ...]:
    """The numbered list under a heading: the line and the text of each."""
    start = [n for n, text in enumerate(LINES, 1) if text == heading][occurrence]
    found: list[tuple[int, str]] = []
    for number, text in enumerate(LINES[start:], start + 1):
        if text.startswith("#"):
            break
        entry = re.match(r"\d+\. (.*)", text)
        if entry is not None:
            found.append((number, entry[1]))
    return tuple(found)
