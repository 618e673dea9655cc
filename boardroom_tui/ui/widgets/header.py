"""The line at the top: the meeting, how long it has lasted, quorum, connection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive

from boardroom_tui.ui.widgets.plain_lines import PlainLines

_GAP = "   "
_NARROW_GAP = "  "
_LEAST_TITLE = 12


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol and words, and a shorter form for narrow screens; never a colour alone."""

    symbol: str
    words: str
    short: str
    style: str = "$foreground"


@dataclass(frozen=True, slots=True)
class HeaderSlice:
    """What the header shows; the first of `signs` is left out first where there is no room."""

    title: str = ""
    signs: tuple[Sign, ...] = ()


class MeetingHeader(PlainLines):
    """The meeting's title at the left, its signs at the right."""

    DEFAULT_CSS = """
    MeetingHeader {
        height: 1;
        padding: 0 1;
        background: $bar;
        color: $foreground;
    }
    """

    slice: reactive[HeaderSlice] = reactive(HeaderSlice())

    def line(self, y: int, width: int) -> Content:
        """The line, in the longest form that leaves the title readable."""
        title = Content.assemble(("◆ ", "$accent"), (self.slice.title, "bold"))
        wanted = min(title.cell_length, _LEAST_TITLE)
        for signs in _forms(self.slice.signs):
            if wanted + len(_GAP) + signs.cell_length <= width:
                room = max(0, width - signs.cell_length - 1)
                left = title.truncate(room, ellipsis=True, pad=True)
                return left + " " + signs
        return title.truncate(width, ellipsis=True)


def _forms(signs: Sequence[Sign]) -> Iterator[Content]:
    """All signs in words, then ever more of them in short, the first ones first; then fewer."""
    for shortened in range(len(signs) + 1):
        parts = [
            (sign, sign.short if place < shortened else sign.words)
            for place, sign in enumerate(signs)
        ]
        yield _joined(parts, _NARROW_GAP if shortened == len(signs) else _GAP)
    for skipped in range(1, len(signs)):
        yield _joined([(sign, sign.short) for sign in signs[skipped:]], _NARROW_GAP)


def _joined(parts: Sequence[tuple[Sign, str]], gap: str) -> Content:
    return Content(gap).join(
        Content.assemble((sign.symbol, sign.style), " ", (words, sign.style))
        for sign, words in parts
    )
