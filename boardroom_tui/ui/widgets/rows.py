"""A list of rows, each with something at its left and at its right edge.

It draws only the lines in sight (line API). A row that has a key can be selected and chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from boardroom_tui.ui.widgets.plain_lines import PlainLines, coloured

Piece = tuple[str, str]
"""Text and its style; always text, never markup."""

_LEAST_WRAPPED = 8
"""In fewer cells a text is cut rather than wrapped."""


_LEAST_NAMED = 38
"""So many hundredths of a line tell what it is about, however much is said of it at the right."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; what stands left gives way where both do not fit, but not all of it."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...] = ()
    key: str | None = None
    hang: int | None = None
    """A row that must be read whole goes on in further lines, so many cells from the left."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it is drawn, and the key of its row."""

    content: Content
    key: str | None

    def looks_like(self, other: "_Line") -> bool:
        """Whether it is drawn the same; two contents are equal by their text alone."""
        mine, others = self.content, other.content
        return (mine.plain, mine.spans, self.key) == (others.plain, others.spans, other.key)


class RowList(ScrollView, can_focus=True):
    """Rows that scroll; the selected one is shown while the list has the focus."""

    DEFAULT_CSS = """
    RowList {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .row-list--selected {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--selected"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "choose", show=False),
    ]

    rows: var[tuple[Row, ...]] = var(())
    selected: reactive[str | None] = reactive(None)
    """The key of the selected row."""
    preferred: reactive[str | None] = reactive(None)
    """The key of the row that is kept in sight, and selected when the list first gets the focus."""

    class Chosen(Message):
        """The user chose a row."""

        def __init__(self, row_list: "RowList", key: str) -> None:
            super().__init__()
            self.row_list = row_list
            self.key = key

        @property
        def control(self) -> "RowList":
            """The list it was chosen in."""
            return self.row_list

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        super().__init__(id=id)
        self._lines: list[_Line] = []
        self._width = 0

    def watch_rows(self, before: Sequence[Row], rows: Sequence[Row]) -> None:
        if self.selected not in self._keys():
            self.selected = None
        if self.has_focus and not any(row.key for row in before):
            self._select_first()
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()
        self.call_after_refresh(self._show_preferred)

    def watch_show_vertical_scrollbar(self) -> None:
        # No resize; and below a dialog nothing is drawn that would find it out.
        if self.is_mounted:
            self.call_after_refresh(self._lay_out)

    def watch_selected(self) -> None:
        self._bring_in_sight(self.selected)

    def watch_preferred(self) -> None:
        self.call_after_refresh(self._show_preferred)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take at this width."""
        return sum(len(_lines(row, width)) for row in self.rows)

    def render_line(self, y: int) -> Strip:
        """The row at this line of the window."""
        width = self.scrollable_content_region.width
        if width != self._width:
            # A scroll bar came or went; that is no resize.
            self.call_later(self._lay_out)
        place = round(self.scroll_y) + y
        if place >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[place]
        style = self.visual_style
        if self.has_focus and line.key is not None and line.key == self.selected:
            style += self._selected_style
        return Strip(coloured(self, line.content, width, style), width)

    @property
    def _selected_style(self) -> Style:
        # Textual 8.2 leaves out of it what is reversed.
        is_reversed = self.get_component_styles("row-list--selected").text_style.reverse
        return self.get_visual_style("row-list--selected") + Style(reverse=is_reversed)

    def on_focus(self) -> None:
        if self.selected is None:
            self._select_first()

    def on_blur(self) -> None:
        self._show_preferred()

    def on_click(self, event: events.Click) -> None:
        clicked = event.get_content_offset(self)
        if clicked is None:
            return  # on the frame or its title
        place = round(self.scroll_y) + clicked.y
        key = self._lines[place].key if 0 <= place < len(self._lines) else None
        if key is not None:
            again = self.selected == key
            self.selected = key
            if again and event.chain > 1:
                self.action_choose()

    def action_move(self, step: int) -> None:
        """Select the next or the previous row; without any to select, scroll."""
        keys = self._keys()
        if not keys:
            self.scroll_relative(y=step, animate=False)
            return
        if self.selected in keys:
            place = keys.index(self.selected)
        else:
            place = -1 if step > 0 else len(keys)
        self.selected = keys[max(0, min(len(keys) - 1, place + step))]

    def action_first(self) -> None:
        """Select the first row."""
        self.selected = next(iter(self._keys()), None)
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        """Select the last row."""
        self.selected = next(reversed(self._keys()), None)
        self.scroll_end(animate=False)

    def action_choose(self) -> None:
        """Choose the selected row."""
        if self.selected is not None:
            self.post_message(self.Chosen(self, self.selected))

    def _select_first(self) -> None:
        keys = self._keys()
        self.selected = self.preferred if self.preferred in keys else next(iter(keys), None)

    def _show_preferred(self) -> None:
        """Bring the preferred row in sight, unless somebody is looking at another."""
        if not self.has_focus:
            self._bring_in_sight(self.preferred)

    def _bring_in_sight(self, key: str | None) -> None:
        places = [place for place, line in enumerate(self._lines) if line.key == key]
        if key is not None and places:
            # What stands above the first row that can be selected could not be reached otherwise.
            is_first = not any(line.key for line in self._lines[: places[0]])
            top = 0 if is_first else places[0]
            region = Region(0, top, 1, places[-1] + 1 - top)
            self.scroll_to_region(region, animate=False, force=True)

    def _keys(self) -> list[str]:
        return [row.key for row in self.rows if row.key is not None]

    def _lay_out(self) -> None:
        """Set the rows in lines of the width that there is."""
        width_before, self._width = self._width, self.scrollable_content_region.width
        lines = [
            _Line(content, row.key) for row in self.rows for content in _lines(row, self._width)
        ]
        self.virtual_size = Size(0, len(lines))
        if len(lines) != len(self._lines) or width_before != self._width:
            self._lines = lines
            self.refresh(layout=True)
            self.call_after_refresh(self._show_preferred)
            return
        for place, line in enumerate(lines):
            self._set_line(place, line)

    def _set_line(self, place: int, line: _Line) -> None:
        if not line.looks_like(self._lines[place]):
            self._lines[place] = line
            self.refresh_line(place)


class RowLine(PlainLines):
    """One row that stands by itself."""

    DEFAULT_CSS = """
    RowLine { height: 1; }
    """

    row: reactive[Row] = reactive(Row(left=()))

    def line(self, y: int, width: int) -> Content:
        """The row as wide as there is room."""
        return line_of(self.row, width)


def line_of(row: Row, width: int) -> Content:
    """The row in exactly `width` cells."""
    left, right = Content.assemble(*row.left), Content.assemble(*row.right)
    if not right:
        return left.truncate(width, ellipsis=True, pad=True)
    named = min(left.cell_length, width * _LEAST_NAMED // 100)
    right = right.truncate(max(0, width - named - 1), ellipsis=True)
    room = max(0, width - right.cell_length - 1)
    left = left.truncate(room, ellipsis=True, pad=True)
    return (left + " " + right).truncate(width, ellipsis=True)


@lru_cache(maxsize=512)
def _lines(row: Row, width: int) -> Sequence[Content]:
    """The row in one line, or in as many as it takes where it hangs, beside what stands right."""
    right = Content.assemble(*row.right)
    room = width - right.cell_length - 1 if right else width
    if row.hang is None or room - row.hang < _LEAST_WRAPPED:
        return (line_of(row, width),)
    left = Content.assemble(*row.left)
    first, *others = left[row.hang :].wrap(room - row.hang) or [Content()]
    beginning = (left[: row.hang] + first).truncate(room, ellipsis=True, pad=True)
    indent = Content(" " * row.hang)
    return (
        beginning + " " + right if right else beginning,
        *((indent + other).truncate(width, ellipsis=True, pad=True) for other in others),
    )
