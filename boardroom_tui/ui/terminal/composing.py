"""Which cells of which widgets are drawn again: those alone that changed and can be seen.

Textual 8.2 draws every widget as a whole that a rectangle around all changes touches, also those
that others cover. What is private to it is used here as in painting.py.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from rich.console import Console
from textual import screen
from textual._compositor import (  # pyright: ignore[reportPrivateUsage]
    Compositor,
    CompositorUpdate,
    LayoutUpdate,
)
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

AS_IN_8_2: tuple[tuple[Callable[..., object], str], ...] = (
    (Compositor.render_full_update, "self simplify"),
    (Compositor.render_partial_update, "self"),
    (Compositor._regions_to_spans, "regions"),  # pyright: ignore[reportPrivateUsage]
    (Widget.render_lines, "self crop"),
)
"""The parameters of what is used here."""

Piece = tuple[int, int, Strip]
"""A line's number, a column, and what stands there from then on."""

Cell = tuple[int, int]
"""From which column to before which of a line no widget begins or ends."""


class Pieces(CompositorUpdate):
    """What is drawn again."""

    def __init__(self, pieces: Sequence[Piece], size: Size) -> None:
        """`size` is the whole screen's."""
        self.pieces = pieces
        self.size = size

    def render_segments(self, console: Console) -> str:
        """Each piece where it belongs."""
        return "".join(
            f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for y, x, strip in self.pieces
        )


class SparingCompositor(Compositor):
    """Textual's compositor, which draws of a screen no more than has changed."""

    def render_partial_update(self) -> Pieces | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """What has changed since this was last asked; None if nothing has."""
        regions = [region.intersection(self.size.region) for region in self._dirty_regions]
        self._dirty_regions.clear()
        wanted = self._cells(region for region in regions if region)
        return Pieces(list(self._pieces(wanted)), self.size) if wanted else None

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """The whole screen, of the very strips that are drawn again later: Textual cuts others."""
        self._dirty_regions.clear()
        cells = ((y, set(pairwise(cuts))) for y, cuts in enumerate(self.cuts))
        wanted = {y: of_line for y, of_line in cells if of_line}
        lines: list[dict[int, Strip]] = [{} for _ in self.cuts]
        for y, x, strip in self._pieces(wanted) if wanted else ():
            lines[y][x] = strip
        drawn = [[line[x] for x in sorted(line)] for line in lines]
        if simplify:
            drawn = [[Strip.join(line).simplify().discard_meta()] for line in drawn]
        return LayoutUpdate(drawn, self.size.region)

    def _cells(self, regions: Iterable[Region]) -> dict[int, set[Cell]]:
        """The cells that they touch, by line."""
        wanted: dict[int, set[Cell]] = {}
        for y, first, last in self._regions_to_spans(regions):
            cells = wanted.setdefault(y, set())
            cells.update(
                (start, end)
                for start, end in pairwise(self.cuts[y])
                if start < last and end > first
            )
        return wanted

    def _pieces(self, wanted: dict[int, set[Cell]]) -> Iterator[Piece]:
        """What the widgets in front show there."""
        changed = _around(wanted)
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not seen.overlaps(changed):
                continue
            left, right = seen.column_span
            lines = {
                y: [cell for cell in wanted[y] if left <= cell[0] and cell[1] <= right]
                for y in seen.line_range
                if y in wanted
            }
            lines = {y: cells for y, cells in lines.items() if cells}
            if not lines:
                continue
            top, bottom = min(lines), max(lines) + 1
            crop = Region(left - region.x, top - region.y, seen.width, bottom - top)
            strips = widget.render_lines(crop)
            for y, cells in lines.items():
                for start, end in cells:
                    yield y, start, strips[y - top].crop(start - left, end - left)
                wanted[y].difference_update(cells)
                if not wanted[y]:
                    del wanted[y]
            if not wanted:
                return


def _around(wanted: dict[int, set[Cell]]) -> Region:
    """The rectangle around all cells."""
    cells = [cell for of_line in wanted.values() for cell in of_line]
    left, right = min(cells)[0], max(end for _, end in cells)
    top, bottom = min(wanted), max(wanted) + 1
    return Region(left, top, right - left, bottom - top)


def compose_sparingly() -> None:
    """Have Textual's screens draw so; it knows no other way to give them a compositor."""
    screen.Compositor = SparingCompositor  # pyright: ignore[reportPrivateImportUsage]
