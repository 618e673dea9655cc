"""Bars for votes: each kind has its symbol, its word, its pattern and its colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from textual.content import Content

from boardroom_tui.protocol.fields import Vote

_TRACK = "─"
_TRACK_STYLE = "$rule"
_LABEL = 12
"""Cells for a symbol, a word, the mark of one's own vote and the blanks between them."""

OWN = "●"
"""Stands beside what one has voted oneself."""


@dataclass(frozen=True, slots=True)
class Face:
    """How a kind of vote looks, without and with colour."""

    symbol: str
    word: str
    pattern: str
    style: str


FACES: Mapping[Vote, Face] = MappingProxyType(
    {
        Vote.APPROVE: Face("✓", "Approve", "█", "$success"),
        Vote.REJECT: Face("✗", "Reject", "▓", "$error"),
        Vote.ABSTAIN: Face("–", "Abstain", "▒", "$secondary"),
    }
)

VOTED = Face(" ", "Voted", "━", "$primary")
"""How many have voted, whatever they voted."""


def bar(share: float, width: int, face: Face) -> Content:
    """A bar of `width` cells, filled to `share` (0 to 1); what is not nothing shows."""
    filled = min(width, round(share * width))
    if share > 0:
        filled = max(1, filled)
    return Content.assemble(
        (face.pattern * filled, face.style), (_TRACK * (width - filled), _TRACK_STYLE)
    )


def labelled_bar(
    face: Face, share: float, numbers: str, width: int, column: int, *, own: bool = False
) -> Content:
    """A line with symbol, word, bar and numbers; `column` is the room the numbers take.

    `own` marks what one has voted oneself.
    """
    mark = f" {OWN}" if own else ""
    label = f"{face.symbol} {face.word}{mark}".ljust(_LABEL)
    room = width - _LABEL - column - 1
    if room < 4:
        return Content.assemble((label, f"{face.style} bold"), numbers).truncate(width)
    return Content.assemble(
        (label, f"{face.style} bold"),
        bar(share, room, face),
        (" " + numbers.rjust(column), "bold"),
    )


def short_label(face: Face, number: int, *, own: bool = False) -> Content:
    """Symbol and number; `own` marks what one has voted oneself."""
    return Content.styled(f"{face.symbol} {number}{f' {OWN}' if own else ''}", f"{face.style} bold")


def short_bar(label: Content, face: Face, share: float, width: int) -> Content:
    """The label and a bar in `width` cells."""
    blank = "" if label.plain.endswith(OWN) else " "
    return label + blank + bar(share, max(1, width - label.cell_length - len(blank)), face)
