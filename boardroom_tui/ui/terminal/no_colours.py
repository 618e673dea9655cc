"""Nothing but the terminal's own colours, for whoever asks for that (no-color.org)."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class NoColours(LineFilter):
    """Leaves of how text is drawn what any terminal can do: bold, underlined, reversed."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without colours."""
        return [Segment(text, _plain(style), control) for text, style, control in segments]


@lru_cache(maxsize=1024)
def _plain(style: Style | None) -> Style | None:
    if style is None:
        return None
    return Style(
        bold=style.bold or None,
        underline=style.underline or None,
        reverse=style.reverse or None,
        meta=style.meta or None,
    )
