"""The list of what was said: only the lines in sight are ever made.

A line-API widget, no widget a message: a new message costs the same whether it is the tenth or
the hundred thousandth.
"""

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from boardroom_tui.state.model import Meeting, SpokenLine
from boardroom_tui.ui.widgets.chat_layout import ChatLayout, Part
from boardroom_tui.ui.widgets.chat_lines import Line, Look, Piece, Reader, Shape, unread_line
from boardroom_tui.ui.widgets.chat_painter import ChatPainter
from boardroom_tui.ui.widgets.chat_posted import all_posted_lines, posted_chat

_SPACED_FROM = 18
"""From so many lines on there is room for a blank line between speakers."""

_SILENCE = "Nothing has been said yet."
_INVITATION = "Write below; Enter sends it."


class ChatList(ScrollView, can_focus=True):
    """What was said, newest at the bottom; it stays there until one scrolls up."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*Look, "chat--selected"}
    DEFAULT_CSS = """
    ChatList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: $surface;
        scrollbar-background-hover: $surface;
        scrollbar-background-active: $surface;
        scrollbar-color: $foreground 15%;
        background: $surface;
        color: $foreground;

        & > .chat--time { color: $text-muted; }
        & > .chat--quote { color: $text-muted; text-style: italic; }
        & > .chat--name { text-style: bold; }
        & > .chat--own { color: $text-primary; text-style: bold; }
        & > .chat--meeting { color: $text-accent; }
        & > .chat--label { color: $text-accent; text-style: bold reverse; }
        & > .chat--call { color: $text-warning; text-style: bold; }
        & > .chat--mention { color: $text-warning; text-style: bold underline; }
        & > .chat--rule { color: $foreground 25%; }
        & > .chat--day { color: $text-muted; text-style: bold; }
        & > .chat--unread { color: $text-accent; text-style: bold; }
        & > .chat--waiting { color: $text-muted; text-style: italic; }
        & > .chat--refused { color: $text-error; text-style: bold; }
        & > .chat--selected { background: $primary 25%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "select(-1)", "Select", show=False),
        Binding("down", "select(1)", "Select", show=False),
        Binding("enter,r", "reply", "Reply", show=False),
        Binding("escape", "let_go", "Let go", show=False),
        Binding("pageup", "page(-1)", "Older", show=False),
        Binding("pagedown", "page(1)", "Newer", show=False),
        Binding("home", "scroll_home", "Oldest", show=False),
        Binding("end", "newest", "Newest", show=False),
    ]

    class ReplyWanted(Message):
        """Somebody wants to answer the selected message."""

        def __init__(self, message_id: str) -> None:
            super().__init__()
            self.message_id = message_id

    newer: var[int] = var(0)
    """How many messages of others, below, nobody has looked at."""
    selected: var[int | None] = var[int | None](None)
    """The index of the selected message."""

    def __init__(
        self,
        *,
        zone: tzinfo | None = None,
        seen_seconds: float = 4.0,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """`zone`: the reader's clock; `seen_seconds`: how long the marker stays after a look."""
        super().__init__(id=id)
        self._zone = zone
        self._seen_seconds = seen_seconds
        self._chat = ChatLayout()
        self._reader = Reader()
        self._lookalikes: frozenset[str] = frozenset()
        self._meeting = Meeting("")
        self._connected = True
        self._held: Sequence[str] = ()
        self._invites = True
        self._follows = True
        self._forgetting: Timer | None = None
        self._painter = ChatPainter(self)

    @property
    def _program(self) -> App[object]:
        return self.app  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]

    @property
    def selected_line(self) -> SpokenLine | None:
        """The selected message."""
        line = None if self.selected is None else self._chat.log[self.selected]
        return line if isinstance(line, SpokenLine) else None

    def on_mount(self) -> None:
        self.watch(self._program, "app_focus", self._look, init=False)

    # Showing

    def show(
        self, meeting: Meeting, *, connected: bool, held: Sequence[str] = (), invites: bool = True
    ) -> None:
        """Show the meeting's conversation as it stands; an empty one `invites` to write."""
        before, self._meeting, self._connected = self._meeting, meeting, connected
        self._held = held
        self._invites = invites
        if meeting.people is not before.people or meeting.own_id != before.own_id:
            self._recognise(meeting)
        if self._chat.continues(meeting.chat):
            begun = self._chat.unread.first
            top = self._chat.marker
            self._chat.extend(meeting.chat, self._reader, watched=self._is_watched)
            if begun is not None and self._chat.unread.first != begun:
                self._keep_place(top)
        else:
            self.selected = None
            self._chat.replace(meeting.chat)
            self._painter.forget()
        if len(posted_chat(meeting.outgoing)) > len(posted_chat(before.outgoing)):
            self._follows = True
            self._forget()
        self._settle()

    def begin(self, meeting: Meeting, unseen: int) -> None:
        """Take another conversation; its last `unseen` messages are new."""
        self.selected = None
        self._follows = True
        self._chat.replace(meeting.chat, unseen)
        self._painter.forget()

    def _recognise(self, meeting: Meeting) -> None:
        own = meeting.people.get(meeting.own_id)
        reader = Reader.named(meeting.own_id, own.name if own is not None else "")
        alike = frozenset(key for key, one in meeting.people.items() if one.lookalike)
        if (reader, alike) != (self._reader, self._lookalikes):
            self._reader, self._lookalikes = reader, alike
            self._painter.forget()

    def _settle(self) -> None:
        """Bring size, place and hint into line with what there is."""
        self._chat.posted = all_posted_lines(
            self._meeting.outgoing, self._chat.shape, self._held, connected=self._connected
        )
        self._grow(Size(self._chat.shape.width, self._chat.height))
        if self._follows:
            self.scroll_end(animate=False, immediate=True, x_axis=False)
        self._look()
        self.newer = self._chat.unread.unseen
        self.refresh()

    def _grow(self, size: Size) -> None:
        """Take another virtual size without laying out the whole screen again.

        The scroll bar is always there, so that no other widget's place depends on it.
        """
        self.set_reactive(ChatList.virtual_size, size)  # pyright: ignore[reportArgumentType]
        if self.is_mounted and self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height
            self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def on_resize(self) -> None:
        size = self.scrollable_content_region.size
        top = self._chat.spot(self.scroll_offset.y)
        shape = Shape(size.width, size.height >= _SPACED_FROM, self._zone)
        if self._chat.reshape(shape):
            self._painter.forget()
            self._settle()
            if not self._follows and top.part is Part.MESSAGE:
                self._go_to(self._chat.span(top.index)[0])
        elif self._follows:
            self._settle()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painter.restyle()

    # What is new

    @property
    def _is_watched(self) -> bool:
        return self._follows and self._program.app_focus and self.size.height > 0

    def _look(self) -> None:
        """Take what is new as seen, if somebody sees it; the marker goes a little later."""
        unread = self._chat.unread
        if unread.first is None or not self._is_watched:
            return
        self._chat.unread = unread.seen()
        self.newer = 0
        if self._forgetting is None:
            self._forgetting = self.set_timer(self._seen_seconds, self._forget_seen)

    def _forget_seen(self) -> None:
        self._forgetting = None
        if self._chat.unread.unseen == 0:
            self._forget()
            self._settle()

    def _forget(self) -> None:
        top = self._chat.marker
        self._chat.unread = type(self._chat.unread)()
        self._keep_place(top)

    def _keep_place(self, removed: int | None) -> None:
        """A line above went: what is in sight stays where it is."""
        if removed is not None and removed < self.scroll_offset.y and not self._follows:
            self._go_to(self.scroll_offset.y - 1)

    # Moving

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if new_value != old_value:
            self._follows = new_value >= self.max_scroll_y
            self._look()

    def _go_to(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, immediate=True)

    def action_page(self, direction: int) -> None:
        """Move by almost a screenful."""
        self._go_to(self.scroll_offset.y + direction * max(1, self.size.height - 2))

    def action_newest(self) -> None:
        """Go to the end, where what is new appears."""
        self.selected = None
        self._follows = True
        self._settle()

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
        while 0 <= index < len(self._chat.log):
            if isinstance(self._chat.log[index], SpokenLine):
                return index
            index += step
        return None

    def _lowest_in_sight(self) -> int:
        bottom = self.scroll_offset.y + self.size.height - 1
        for line in range(bottom, self.scroll_offset.y - 1, -1):
            spot = self._chat.spot(line)
            if spot.part is Part.MESSAGE:
                return spot.index
        return len(self._chat.log) - 1

    def watch_selected(self, selected: int | None) -> None:
        self.refresh()
        if selected is None:
            return
        first, end = self._chat.span(selected)
        if first < self.scroll_offset.y:
            self._go_to(first)
        elif end > self.scroll_offset.y + self.size.height:
            self._go_to(min(first, end - self.size.height))

    def action_let_go(self) -> None:
        """Select nothing; with nothing selected, Escape is somebody else's."""
        if self.selected is not None:
            self.selected = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.selected is not None if action in {"let_go", "reply"} else True

    def action_reply(self) -> None:
        """Ask to answer the selected message."""
        line = self.selected_line
        if line is not None:
            self.selected = None
            self.post_message(self.ReplyWanted(line.message_id))

    def on_click(self, event: events.Click) -> None:
        spot = self._chat.spot(self.scroll_offset.y + event.y)
        said = spot.part is Part.MESSAGE and isinstance(self._chat.log[spot.index], SpokenLine)
        self.selected = spot.index if said else None
        if event.chain == 2:
            self.action_reply()

    # Painting

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if not self._chat.height:
            return self._silence(y).adjust_cell_length(width, self._painter.ground)
        strip = self._strip(self.scroll_offset.y + y)
        return strip.adjust_cell_length(width, self._painter.ground)

    def _strip(self, y: int) -> Strip:
        spot = self._chat.spot(y)
        match spot.part:
            case Part.MESSAGE if spot.index == self.selected:
                lines = self._lines(spot.index)
                return self._painter.selected(lines, self._chat.shape.width)[spot.row]
            case Part.MESSAGE:
                painted = self._painter.kept(spot.index)
                if painted is None:
                    painted = self._painter.paint(spot.index, self._lines(spot.index))
                return painted[spot.row]
            case Part.MARKER:
                words = self._chat.unread.words
                return self._painter.line(unread_line(words, self._chat.shape.width))
            case Part.POSTED:
                return self._painter.line(self._chat.posted[spot.row])
            case Part.NOTHING:
                return Strip.blank(self._chat.shape.width, self._painter.ground)

    def _lines(self, index: int) -> list[Line]:
        line = self._chat.log[index]
        if not isinstance(line, SpokenLine):
            return self._chat.lines(index, self._reader, "")
        alike = line.user_id in self._lookalikes
        name = f"{line.user_name} ({line.user_id})" if alike else line.user_name
        return self._chat.lines(index, self._reader, name)

    def _silence(self, y: int) -> Strip:
        """What stands in an empty chat."""
        lines = (_SILENCE, _INVITATION) if self._invites else (_SILENCE,)
        place = y - max(0, (self.size.height - len(lines)) // 2)
        if not 0 <= place < len(lines):
            return Strip.blank(self.size.width, self._painter.ground)
        words = lines[place]
        indent = " " * max(0, (self.scrollable_content_region.width - len(words)) // 2)
        return self._painter.line((Piece(indent, Look.BLANK), Piece(words, Look.TIME)))
