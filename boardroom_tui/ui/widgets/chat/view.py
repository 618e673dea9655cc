"""The list of what was said: only the lines in sight are ever made.

A line-API widget, no widget a message: a new message costs the same whether it is the tenth or
the hundred thousandth.
"""

import re
import sys
from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from textual.app import App
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.timer import Timer

from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.state.model import Earlier, Entry, Meeting, SpokenLine
from boardroom_tui.state.select import is_known
from boardroom_tui.ui.widgets.chat.head import head_line
from boardroom_tui.ui.widgets.chat.layout import Part, Spot
from boardroom_tui.ui.widgets.chat.lines import Line, Piece, Reader, Shape, unread_line
from boardroom_tui.ui.widgets.chat.painter import ChatPainter
from boardroom_tui.ui.widgets.chat.posted import all_posted_lines, posted_chat
from boardroom_tui.ui.widgets.chat.scroll import ChatScroll, Place
from boardroom_tui.ui.widgets.chat.text import Look

_SPACED_FROM = 18
"""From so many lines on there is room for a blank line between speakers."""

_SILENCE = "Nothing has been said yet."
_INVITATION = "Write below; Enter sends it."


class ChatView(ChatScroll):
    """What was said, newest at the bottom; it stays there until one scrolls up."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*Look, "chat--selected"}
    DEFAULT_CSS = """
    ChatView {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $surface;
        color: $foreground;

        & > .chat--time { color: $text-muted; }
        & > .chat--quote { color: $text-muted; text-style: italic; }
        & > .chat--name { text-style: bold; }
        & > .chat--own { color: $text-primary; text-style: bold; }
        & > .chat--strong { text-style: bold; }
        & > .chat--emphasis { text-style: italic; }
        & > .chat--code { color: $text-secondary; }
        & > .chat--cited { color: $text-muted; text-style: italic; }
        & > .chat--link { color: $text-primary; text-style: underline; }
        & > .chat--match { color: $text-warning; text-style: bold reverse; }
        & > .chat--answers { color: $text-muted; }
        & > .chat--head { color: $text-muted; text-style: italic; }
        & > .chat--meeting { color: $text-accent; }
        & > .chat--label { color: $text-accent; text-style: bold reverse; }
        & > .chat--call { color: $text-warning; text-style: bold; }
        & > .chat--mention { color: $text-warning; text-style: bold underline; }
        & > .chat--rule { color: $rule; }
        & > .chat--day { color: $text-muted; text-style: bold; }
        & > .chat--unread { color: $text-accent; text-style: bold; }
        & > .chat--waiting { color: $text-muted; text-style: italic; }
        & > .chat--refused { color: $text-error; text-style: bold; }
        & > .chat--selected { background: $block-cursor-background; }
    }
    """

    class EarlierWanted(Message):
        """The beginning of what is known is near, and there is more before it."""

    beyond: var[tuple[int, int]] = var((0, 0))
    """How many messages that nobody has looked at stand above what is in sight, and below it."""
    selected: var[int | None] = var[int | None](None)
    """The index of the selected message."""

    def __init__(
        self,
        *,
        zone: tzinfo | None = None,
        seen_seconds: float = 4.0,
        bare: bool = False,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """`zone`: the reader's clock; `seen_seconds`: how long the marker stays after a look.

        `bare` leaves out all but the words.
        """
        super().__init__(id=id)
        self._zone = zone
        self._bare = bare
        self._seen_seconds = seen_seconds
        self._reader = Reader()
        self._lookalikes: frozenset[str] = frozenset()
        self._meeting = Meeting("")
        self._connected = True
        self._held: Sequence[str] = ()
        self._invites = True
        self._forgetting: Timer | None = None
        self._match: re.Pattern[str] | None = None
        self._painter = ChatPainter(self)

    @property
    def _program(self) -> App[object]:
        return self.app  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]

    @property
    def said(self) -> KeyedLog[Entry]:
        """What is shown."""
        return self.chat.log

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
        place = self.place
        self._take(meeting.chat)
        if len(posted_chat(meeting.outgoing)) > len(posted_chat(before.outgoing)):
            self.follows = True
            self.chat.unread.forget()
        self.settle(place)

    def _take(self, log: KeyedLog[Entry]) -> None:
        earlier = self.chat.begins_later(log)
        if earlier is None:
            self.selected = None
            self.chat.replace(log)
            self._painter.forget()
            return
        if earlier:
            if self.selected is not None:
                self.set_reactive(ChatView.selected, self.selected + earlier)
            self.chat.precede(log, earlier)
            self._painter.forget()
        in_sight = self.size.height if self.follows and self.is_watched else 0
        if in_sight and not self.chat.log:
            in_sight = sys.maxsize  # What was said before one came is nothing new.
        needed = self.needed
        for changed in self.chat.extend(log, self._reader, in_sight=in_sight, needed=needed):
            self._painter.forget_one(changed)
        self.measure_later()

    def begin(self, meeting: Meeting, unseen: int) -> None:
        """Take another conversation; its last `unseen` messages are new."""
        self.selected = None
        self.follows = True
        self.chat.replace(meeting.chat, unseen)
        self._painter.forget()

    def _recognise(self, meeting: Meeting) -> None:
        own = meeting.people.get(meeting.own_id)
        reader = Reader.named(meeting.own_id, own.name if own is not None else "")
        alike = frozenset(key for key, one in meeting.people.items() if one.lookalike)
        if (reader, alike) != (self._reader, self._lookalikes):
            self._reader, self._lookalikes = reader, alike
            self._painter.forget()

    def settle(self, place: Place | None = None) -> None:
        """Bring size, place and hint into line with what there is; what is read stays in sight."""
        shape = self.chat.shape
        self.chat.posted = all_posted_lines(
            self._meeting.outgoing, shape, self._held, connected=self._connected
        )
        earlier = self._meeting.earlier if self.chat.log else Earlier.NONE
        self.chat.head = head_line(earlier, shape.width, connected=self._connected)
        self.fit()
        if not self.follows and place is not None:
            self.return_to(place)
        self.moved()
        self.draw()

    def moved(self) -> None:
        self._look()
        self._read_back()

    def _read_back(self) -> None:
        """Ask for what was said before while there is still something to read."""
        more = self._connected and self._meeting.earlier is Earlier.MORE
        if more and self.size.height and self.scroll_offset.y < self.size.height:
            self.post_message(self.EarlierWanted())

    def on_resize(self) -> None:
        size, top = self.scrollable_content_region.size, self.chat.spot(self.scroll_offset.y)
        spaced = size.height >= _SPACED_FROM and not self._bare
        shape = Shape(size.width, spaced, self._zone, self._bare)
        if self.chat.reshape(shape, self.needed):
            self.measure_later()
            self._painter.forget()
            self.settle()
            if not self.follows and top.part is Part.MESSAGE:
                self.go_to(self.span(top.index)[0])
        elif self.follows:
            self.settle()
        if size.height:
            self.keep_selected_in_sight()

    def keep_selected_in_sight(self) -> None:
        """Scroll so far that the message that is selected is seen."""
        if self.selected is None:
            return
        first, end = self.span(self.selected)
        if first < self.scroll_offset.y:
            self.go_to(first)
        elif end > self.scroll_offset.y + self.size.height:
            self.go_to(min(first, end - self.size.height))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painter.restyle()

    # What is new

    @property
    def is_watched(self) -> bool:
        """Whether somebody can see it: the terminal is in use, and nothing stands before it."""
        in_front = self.is_attached and self._program.screen is self.screen
        return in_front and self._program.app_focus and self.display and self.is_on_screen

    def _look(self) -> None:
        """Take what is in sight as seen, if somebody sees it; the marker goes a little later."""
        unread = self.chat.unread
        in_sight = self.in_sight() if unread.unseen else range(0)
        if unread.first is not None and self.is_watched:
            unread.seen(in_sight)
            if not unread.unseen and self._forgetting is None:
                self._forgetting = self.set_timer(self._seen_seconds, self._forget_seen)
        self.beyond = unread.beyond(in_sight)

    def in_sight(self) -> range:
        """The messages whose last line is on the screen."""
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        first, last = self._message_from(top, bottom), self._message_from(bottom - 1, top - 1, -1)
        if first is None or last is None:
            return range(0)
        return range(first, last + (self.chat.span(last)[1] <= bottom))

    def _message_from(self, line: int, end: int, step: int = 1) -> int | None:
        """The first message that is met going from a line to before another."""
        found = (self.chat.spot(y).index for y in range(line, end, step))
        return next((index for index in found if index >= 0), None)

    def _forget_seen(self) -> None:
        self._forgetting = None
        if not self.chat.unread.unseen:
            place = self.place
            self.chat.unread.forget()
            self.settle(place)

    # Painting

    def mark_matches(self, pattern: re.Pattern[str] | None) -> None:
        """Set apart what is searched for, wherever it stands."""
        if pattern != self._match:
            self._match = pattern
            self._painter.forget()
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they were painted; Textual would make each anew with every message.

        There is no frame around them that it would have to draw.
        """
        first, end = crop.column_span
        return [strip.crop(first, end) for strip in self._strips(crop.y, crop.bottom)]

    def render_line(self, y: int) -> Strip:
        return self._strips(y, y + 1)[0]

    def _strips(self, top: int, bottom: int) -> list[Strip]:
        """The lines from one of those in sight to before another; a message's in one go."""
        if not self.chat.height:
            return [self._silence(y) for y in range(top, bottom)]
        first = self.scroll_offset.y + top
        strips: list[Strip] = []
        while len(strips) < bottom - top:
            strips += self._strips_at(self.chat.spot(first + len(strips)))
        return strips[: bottom - top]

    def _strips_at(self, spot: Spot) -> list[Strip]:
        """The line there, and of a message those below it."""
        match spot.part:
            case Part.MESSAGE:
                painted = self._painted(spot.index)
                return [painted[spot.row], *painted[spot.row + 1 :]]
            case Part.HEAD if self.chat.head is not None:
                return [self._painter.line(self.chat.head)]
            case Part.MARKER:
                words = self.chat.unread.words
                return [self._painter.line(unread_line(words, self.chat.shape.width))]
            case Part.POSTED:
                return [self._painter.line(self.chat.posted[spot.row])]
            case _:
                return [self._painter.blank]

    def _painted(self, index: int) -> list[Strip]:
        if index == self.selected:
            return self._painter.selected(self.lines(index))
        kept = self._painter.kept(index)
        return self._painter.paint(index, self.lines(index)) if kept is None else kept

    def lines(self, index: int) -> list[Line]:
        """A message as it stands here."""
        line = self.chat.log[index]
        if not isinstance(line, SpokenLine):
            return self.chat.lines(index, self._reader, "", self._match)
        alike = line.user_id in self._lookalikes
        name = f"{line.user_name} ({line.user_id})" if alike else line.user_name
        return self.chat.lines(index, self._reader, name, self._match)

    def _silence(self, y: int) -> Strip:
        """What stands in an empty chat: nothing until the meeting is there, with whom is in it."""
        said = (_SILENCE, _INVITATION) if self._invites else (_SILENCE,)
        lines = said if is_known(self._meeting) else ()
        place = y - max(0, (self.size.height - len(lines)) // 2)
        if not 0 <= place < len(lines):
            return self._painter.blank
        words = lines[place]
        indent = " " * max(0, (self.scrollable_content_region.width - len(words)) // 2)
        return self._painter.line((Piece(indent, Look.BLANK), Piece(words, Look.TIME)))
