"""Lines of text on their way to the terminal, without detours.

Textual's own way is made for what one selects, clicks, aligns and frames. It takes ten times as
long as it takes to colour a line, which counts for what is drawn each second.
"""

from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.app import App
from textual.color import TRANSPARENT
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


def coloured(widget: Widget, line: Content, width: int, style: Style) -> list[Segment]:
    """One line in exactly so many cells."""
    app: App[object] = widget.app  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    pieces = line.render(style, end="", parse_style=app.stylesheet.parse_style)
    segments = [Segment(text, own.rich_style) for text, own in pieces]
    return Segment.adjust_line_length(segments, width, style.rich_style)


class _Drawn(NamedTuple):
    """A line as it was drawn, and what it was drawn from."""

    line: Content
    width: int
    style: Style
    strip: Strip

    def is_of(self, line: Content, width: int, style: Style) -> bool:
        """Whether it would be drawn alike."""
        return style is self.style and width == self.width and line.is_same(self.line)


class PlainLines(Widget):
    """A widget of lines without a frame; those are drawn that say something else."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name for it)
        super().__init__(id=id)
        self._drawn_lines: dict[int, _Drawn] = {}

    def line(self, y: int, width: int) -> Content:
        """What stands in this line, in so many cells."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they go to the terminal."""
        return [self._finished(y).strip.crop(*crop.column_span) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """A line without what stands beside it."""
        width = self.size.width
        return Strip(coloured(self, self.line(y, width), width, self.visual_style), width)

    def _finished(self, y: int) -> _Drawn:
        width, style = self.size.width, self.visual_style
        line, drawn = self.line(y, width), self._drawn_lines.get(y)
        if drawn is None or not drawn.is_of(line, width, style):
            segments = self._padded(coloured(self, line, width, style), style)
            for one in self.get_line_filters():
                segments = one.apply(segments, style.background or TRANSPARENT)
            strip = Strip(segments, self.outer_size.width)
            drawn = self._drawn_lines[y] = _Drawn(line, width, style, strip)
        return drawn

    def _padded(self, segments: list[Segment], style: Style) -> list[Segment]:
        """The line with the blanks beside it."""
        sides = self.styles.padding
        left, right = (Segment(" " * side, style.rich_style) for side in (sides.left, sides.right))
        return [left, *segments, right] if sides.width else segments
