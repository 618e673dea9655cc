"""The lines of the chat in their colours: each message is painted once, until something changes."""

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.cache import LRUCache
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from boardroom_tui.ui.widgets.chat.lines import Line, Piece
from boardroom_tui.ui.widgets.chat.text import Look
from boardroom_tui.ui.widgets.name_colour import colour_of

_BLANK = Piece("", Look.BLANK)
_KEPT = 128
"""So many messages stay painted."""


class ChatPainter:
    """Paints in the styles of one widget, whose component classes are the looks."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._strips: LRUCache[int, list[Strip]] = LRUCache(_KEPT)
        self._styles: dict[tuple[Look, str | None], Style] = {}
        self._behind: Color | None = None
        """The colour behind the words; it takes the way up to the screen to find it."""

    @property
    def blank(self) -> Strip:
        """Where nothing stands."""
        return self.line(())

    @property
    def _ground(self) -> Style:
        return self._style(_BLANK)

    @property
    def _width(self) -> int:
        return self._widget.scrollable_content_region.width

    def forget(self) -> None:
        """The messages are others now, or look otherwise."""
        self._strips.clear()

    def forget_one(self, index: int) -> None:
        """This message looks otherwise now."""
        self._strips.discard(index)

    def restyle(self) -> None:
        """The theme is another."""
        self._strips.clear()
        self._styles.clear()
        self._behind = None

    def kept(self, index: int) -> list[Strip] | None:
        """A message as it was painted last."""
        return self._strips.get(index)

    def paint(self, index: int, lines: Iterable[Line]) -> list[Strip]:
        """Paint a message, and keep it."""
        strips = self._finished(self._segments(line) for line in lines)
        self._strips.set(index, strips)
        return strips

    def selected(self, lines: Iterable[Line]) -> list[Strip]:
        """A message on a ground of its own, with an arrow before it."""
        look = self._widget.get_component_styles("chat--selected")
        ground = self._widget.get_component_rich_style("chat--selected").bgcolor
        chosen = Style(bgcolor=ground, reverse=look.text_style.reverse or None)
        drawn: list[list[Segment]] = []
        arrow = Piece("▸ ", Look.OWN)
        for line in lines:
            if not any(piece.is_mark for piece in line):
                drawn.append(self._segments(line))
                continue
            marked = tuple(arrow if piece.is_mark else piece for piece in line)
            arrow = Piece("  ", Look.BLANK)
            whole = Segment.adjust_line_length(self._segments(marked), self._width, self._ground)
            drawn.append([Segment(text, _on(style, chosen)) for text, style, _ in whole])
        return self._finished(drawn)

    def line(self, line: Line) -> Strip:
        """One line."""
        return self._finished([self._segments(line)])[0]

    def _segments(self, line: Line) -> list[Segment]:
        return [Segment(piece.text, self._style(piece)) for piece in line]

    def _finished(self, drawn: Iterable[list[Segment]]) -> list[Strip]:
        """As they go to the terminal, at once: each step by a strip of its own costs as much."""
        width, blank = self._width, self._ground
        if self._behind is None:
            _, self._behind = self._widget.background_colors
        filters = self._widget.get_line_filters()
        strips: list[Strip] = []
        for segments in drawn:
            line = Segment.adjust_line_length(segments, width, blank)
            for one in filters:
                line = one.apply(line, self._behind)
            strips.append(Strip(line, width))
        return strips

    def _style(self, piece: Piece) -> Style:
        key = (piece.look, piece.user_id)
        style = self._styles.get(key)
        if style is None:
            style = self._widget.get_visual_style(piece.look).rich_style
            # Textual 8.2 leaves this one out.
            style += Style(reverse=self._widget.get_component_styles(piece.look).text_style.reverse)
            if piece.user_id is not None:
                app: App[object] = self._widget.app  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
                style += Style(color=colour_of(piece.user_id, app.current_theme.dark))
            self._styles[key] = style
        return style


def _on(style: Style | None, ground: Style) -> Style:
    return ground if style is None else style + ground
