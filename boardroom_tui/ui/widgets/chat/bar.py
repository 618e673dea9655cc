"""A scroll bar without detours: Textual 8.2 has Rich print all of it, to cut its lines out."""

from dataclasses import dataclass

from rich.color import Color
from rich.segment import Segment
from rich.style import Style as Pen
from textual.css.styles import RulesMap
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class PlainBar(ScrollBarRender):
    """Textual's cells; those that look alike are made once."""

    def visualize(self) -> "ScrollBarRender | _Upright":
        """What is drawn of it."""
        pen = self.style
        if self.vertical and isinstance(pen, Pen) and pen.color and pen.bgcolor:
            return _Upright(self, pen.color, pen.bgcolor)
        return self


@dataclass(frozen=True, slots=True)
class _Upright(Visual):
    bar: ScrollBarRender
    thumb: Color
    ground: Color

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        bar, behind = self.bar, style.rich_style
        cells = bar.render_bar(
            size=height or 0,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=width,
            back_color=self.ground,
            bar_color=self.thumb,
        ).segments
        strips = {
            cell: Strip([Segment(cell.text, behind + cell.style)], width)
            for cell in dict.fromkeys(cells)
        }
        return [strips[cell] for cell in cells]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self.bar.thickness

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.bar.window_size
