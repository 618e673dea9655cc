"""A document that knows nothing of how it is written: what minutes are, before they are a file.

Every text in it is others' and ours alike, plain, unescaped: whoever renders it makes it harmless.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section; the document's own title is level 1."""

    level: Literal[2, 3, 4]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of our own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What something is called, and what it is; what matters most is strong."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts, one below the other."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headers; the caption says what it holds."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    """The columns that hold numbers, from 0."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's very words; their lines are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Letters and digits to compare one by one."""

    text: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on: under each, who signs."""

    labels: tuple[str, ...]


Block = Heading | Paragraph | Facts | Table | Quote | Code | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, with what is told of it beside its text."""

    body: str | None
    """Whose document it is: `Board of the Linden Housing Cooperative`."""
    title: str
    subtitle: str
    author: str
    written: datetime
    """The moment it speaks of, so that its file depends on no clock."""
    blocks: tuple[Block, ...]
