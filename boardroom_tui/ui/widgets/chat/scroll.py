"""Where one reads in the chat: at its end, which stays in sight, until one scrolls up.

What stands far above the end may be guessed there. It is measured little by little once the end is
drawn, or all of it as soon as somebody goes there.
"""

import asyncio
from dataclasses import dataclass

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

from boardroom_tui.ui.widgets.chat.bar import PlainBar
from boardroom_tui.ui.widgets.chat.layout import ChatLayout
from boardroom_tui.ui.widgets.chat.thumb import Thumb, changed_cells, thumb_at

_AT_ONCE = 200
"""So many messages are measured before the end of them is drawn, at least."""
_AT_REST = 200
"""So many are measured in a row afterwards; a key waits a millisecond for it."""
_REST = 0.01
"""Seconds before that: the thread that writes to the terminal needs its turn, too."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one reads: the end of a message so many lines below the top; None is the newest."""

    message_id: str | None
    below: int


class ChatScroll(ScrollView, can_focus=True):
    """The lines of a chat, of which some are in sight."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name for it)
        super().__init__(id=id)
        self.chat = ChatLayout()
        """Where each message stands."""
        self.follows = True
        """Whether the newest stays in sight."""
        self._thumb: Thumb | None = None
        """Where the scroll bar's is drawn."""
        self._measures = False
        """Whether what is guessed will be measured, without another call."""

    def on_mount(self) -> None:
        self.vertical_scrollbar.renderer = PlainBar  # pyright: ignore[reportAttributeAccessIssue]

    def moved(self) -> None:
        """Other lines are in sight now; for whoever wants to know."""

    def draw(self) -> None:
        """Draw the lines in sight, and the scroll bar beside them not."""
        self.refresh(Region(0, 0, self.chat.shape.width, self.size.height))

    def fit(self) -> None:
        """Be as large as what there is, without laying out the whole screen again.

        The scroll bar is always there, so that no other widget's place depends on it.
        """
        size = Size(self.chat.shape.width, self.chat.height)
        self.set_reactive(ChatScroll.virtual_size, size)  # pyright: ignore[reportArgumentType]
        if not self.is_mounted or not self.show_vertical_scrollbar:
            return
        if self.follows:
            # Whoever has it grow draws it.
            self.scroll_target_y = self.max_scroll_y
            self.set_scroll(None, self.max_scroll_y)
        else:
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
        self._show_scroll_bar()

    # Measuring

    @property
    def needed(self) -> int | None:
        """How many of the newest messages may come in sight; None where all may."""
        return max(self.size.height, _AT_ONCE) if self.follows else None

    def measure_later(self) -> None:
        """Measure what is only guessed, once what is in sight is drawn and there is time for it."""
        if self.chat.is_guessed and not self._measures:
            self._measures = self.call_after_refresh(self._rest)

    def _rest(self) -> None:
        # Not a timer of Textual's, which is a task of its own.
        asyncio.get_running_loop().call_later(_REST, self._measure_some)

    def _measure_some(self) -> None:
        self._measures = self.chat.is_guessed and self.is_attached
        if self._measures:
            self.chat.measure(_AT_REST)
            self.fit()
            self._rest()

    def measure(self) -> None:
        """Measure all that is guessed: somebody goes there."""
        if self.chat.is_guessed:
            self.chat.measure()
            self.fit()

    # Moving

    @property
    def place(self) -> Place:
        """Where one reads."""
        top = self.scroll_offset.y
        spot = next(
            (spot for y in range(top, top + 4) if (spot := self.chat.spot(y)).index >= 0), None
        )
        if spot is None or self.follows:
            return Place(None, 0)
        return Place(self.chat.log[spot.index].message_id, self.chat.span(spot.index)[1] - top)

    def return_to(self, place: Place) -> None:
        """Read on there."""
        index = None if place.message_id is None else self.chat.log.place(place.message_id)
        if index is None:
            self.follows = True
            self.go_to(self.max_scroll_y)
        else:
            self.go_to(self.span(index)[1] - place.below)

    def span(self, index: int) -> tuple[int, int]:
        """A message's first line and the line below its last, to go there."""
        self.measure()
        return self.chat.span(index)

    def go_to(self, line: int) -> None:
        """Bring a line to the top, as far as that goes."""
        self.scroll_to(y=line, animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Instead of Textual's, which would draw a scroll bar anew that looks the same."""
        by = new_value - old_value
        # At the end one still is: more of it is in sight.
        if by < 0 and self.chat.is_guessed and new_value < self.max_scroll_y:
            self.measure()
            self.go_to(round(self.scroll_y + by))
        elif by:
            self.draw()
            self._show_scroll_bar()
            self.follows = new_value >= self.max_scroll_y
            self.moved()

    def _show_scroll_bar(self) -> None:
        """Draw the cells of the scroll bar that its thumb has left, or come to."""
        if not self.show_vertical_scrollbar:
            return
        bar, lines, top = self.vertical_scrollbar, self.virtual_size.height, self.scroll_y
        bar.set_reactive(ScrollBar.window_virtual_size, lines)
        bar.set_reactive(ScrollBar.position, bar.validate_position(top))
        before, self._thumb = self._thumb, thumb_at(lines, self.size.height, top)
        if before != self._thumb:
            bar.refresh(*changed_cells(before, self._thumb))
