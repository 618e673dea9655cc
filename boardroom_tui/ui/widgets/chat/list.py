"""The list of what was said, to move about in: keys and clicks select, answer, follow."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from boardroom_tui.state.model import SpokenLine
from boardroom_tui.ui.widgets.chat.layout import Part
from boardroom_tui.ui.widgets.chat.lines import look_at
from boardroom_tui.ui.widgets.chat.text import Look, links
from boardroom_tui.ui.widgets.chat.view import ChatView


class ChatList(ChatView):
    """What was said, of which one message can be selected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "select(-1)", "Select", show=False),
        Binding("down", "select(1)", "Select", show=False),
        Binding("enter,r", "reply", "Reply", show=False),
        Binding("pageup", "page(-1)", "Older", show=False),
        Binding("pagedown", "page(1)", "Newer", show=False),
        Binding("home", "oldest", "Oldest", show=False),
        Binding("end", "newest", "Newest", show=False),
    ]

    class QuoteChosen(Message):
        """Somebody wants to see what a message answers."""

    class ThreadWanted(Message):
        """Somebody wants to see a message with its answers."""

    class LinksWanted(Message):
        """Somebody wants to see the links in a message."""

    answer: Callable[[str], object] | None = None
    """Answers the message of an id, at the very key; None where nothing can be answered."""

    @property
    def selected_line(self) -> SpokenLine | None:
        """The selected message."""
        line = None if self.selected is None else self.chat.log[self.selected]
        return line if isinstance(line, SpokenLine) else None

    def links(self) -> tuple[str, ...]:
        """The links in the selected message; with none selected, all in sight, the lowest first."""
        line = self.selected_line
        if line is not None:
            return tuple(links(line.message))
        shown = (self.chat.log[index] for index in reversed(self.in_sight()))
        said = (links(one.message) for one in shown if isinstance(one, SpokenLine))
        return tuple(dict.fromkeys(link for found in said for link in found))

    def visit(self, message_id: str) -> bool:
        """Select a message and bring it into the middle; whether it is here."""
        index = self.chat.log.place(message_id)
        if index is None:
            return False
        first, end = self.span(index)
        if first < self.scroll_offset.y or end > self.scroll_offset.y + self.size.height:
            self.go_to(max(0, (first + end - self.size.height) // 2))
        self.selected = index
        return True

    def visit_unread(self) -> bool:
        """Go to the marker above what is new; whether there is one."""
        self.measure()
        marker = self.chat.marker
        if marker is not None:
            self.selected = None
            self.go_to(marker)
        return marker is not None

    @property
    def has_unread(self) -> bool:
        """Whether a marker stands above what is new."""
        return self.chat.marker is not None

    def action_page(self, direction: int) -> None:
        """Move by almost a screenful."""
        self.go_to(self.scroll_offset.y + direction * max(1, self.size.height - 2))

    def action_oldest(self) -> None:
        """Go to the beginning, as far as it is known."""
        self.measure()
        self.go_to(0)

    def action_newest(self) -> None:
        """Go to the end, where what is new appears."""
        self.selected = None
        self.follows = True
        self.settle()

    def action_select(self, step: int) -> None:
        """Select the message above or below; the first time, the lowest one in sight."""
        if self.selected is not None:
            found = self._next_message(self.selected + step, step)
            if found is not None:
                self.selected = found
            elif step > 0:
                self.action_newest()
        elif step < 0:
            self.selected = self._next_message(self._lowest_in_sight(), step)

    def _next_message(self, index: int, step: int) -> int | None:
        """The first message from there on; what the meeting says cannot be answered."""
        while 0 <= index < len(self.chat.log):
            if isinstance(self.chat.log[index], SpokenLine):
                return index
            index += step
        return None

    def _lowest_in_sight(self) -> int:
        bottom = self.scroll_offset.y + self.size.height - 1
        for line in range(bottom, self.scroll_offset.y - 1, -1):
            spot = self.chat.spot(line)
            if spot.part is Part.MESSAGE:
                return spot.index
        return len(self.chat.log) - 1

    def watch_selected(self) -> None:
        self.refresh()
        self.keep_selected_in_sight()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.selected is not None if action == "reply" else True

    def action_reply(self) -> None:
        """Ask to answer the selected message."""
        line = self.selected_line
        if line is not None and self.answer is not None:
            self.selected = None
            self.answer(line.message_id)

    def on_click(self, event: events.Click) -> None:
        spot = self.chat.spot(self.scroll_offset.y + event.y)
        said = spot.part is Part.MESSAGE and isinstance(self.chat.log[spot.index], SpokenLine)
        self.selected = spot.index if said else None
        if event.chain == 2:
            self.action_reply()
        elif said:
            self._follow(look_at(self.lines(spot.index)[spot.row], event.x))

    def _follow(self, look: Look | None) -> None:
        """Do what was clicked."""
        match look:
            case Look.QUOTE:
                self.post_message(self.QuoteChosen())
            case Look.ANSWERS:
                self.post_message(self.ThreadWanted())
            case Look.LINK:
                self.post_message(self.LinksWanted())
            case _:
                pass
