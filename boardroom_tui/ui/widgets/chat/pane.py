"""The conversation: what was said, ways to find something in it, and below it who is typing."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from boardroom_tui.state.model import Earlier, Meeting, SpokenLine
from boardroom_tui.state.select import typing_names
from boardroom_tui.state.threads import alone_in, root_of
from boardroom_tui.ui.widgets.chat.bookmark import Bookmark
from boardroom_tui.ui.widgets.chat.finder import ChatFinder
from boardroom_tui.ui.widgets.chat.list import ChatList
from boardroom_tui.ui.widgets.chat.reading import Reading
from boardroom_tui.ui.widgets.chat.scroll import Place
from boardroom_tui.ui.widgets.chat.search_bar import SearchBar
from boardroom_tui.ui.widgets.chat.status import ChatStatus
from boardroom_tui.ui.widgets.chat.view import ChatView


class ChatPane(Vertical):
    """The chat; give it room, and the meeting whenever that changes."""

    DEFAULT_CSS: ClassVar[str] = """
    ChatPane {
        height: 1fr;
        background: $surface;

        & > #chat-heading {
            display: none; height: 1; color: $text-accent; text-style: bold;
            text-wrap: nowrap; text-overflow: ellipsis;
            &.-shown { display: block; }
        }
        & > #chat-thread { display: none; }
        &.-thread {
            & > #chat-list { display: none; }
            & > #chat-thread { display: block; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "end", "End", show=False)]

    class EarlierWanted(Message):
        """What was said before is wanted."""

    class LinksWanted(Message):
        """The links of the selected message are wanted."""

    def __init__(
        self,
        *,
        zone: tzinfo | None = None,
        seen_seconds: float = 4.0,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """`zone` is where the reader's clock stands; None is the machine's own."""
        super().__init__(id=id)
        self._list = ChatList(zone=zone, seen_seconds=seen_seconds, id="chat-list")
        self._thread = ChatList(zone=zone, seen_seconds=seen_seconds, id="chat-thread")
        self._root: str | None = None
        self._bar = SearchBar()
        self._finder = ChatFinder()
        self._before_search: tuple[Bookmark, Widget | None] | None = None
        self._sought: str | None = None
        """The message that is looked for in what was said before."""
        self._trail: list[Bookmark] = []
        self._before_unread: Bookmark | None = None
        self._meeting = Meeting("")
        self._zone = zone
        self._heading_words = ""
        self._heading = Static(id="chat-heading", markup=False)
        self._status = ChatStatus()
        self._list.answer = self._thread.answer = self._answer
        self.answer: Callable[[str], object] = lambda _: None
        """Answers the message of an id, at the very key."""

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._bar
        yield self._list
        yield self._thread
        yield self._status

    def on_mount(self) -> None:
        self.watch(self._list, "beyond", self._status.show_new)

    # Showing

    def show(
        self,
        meeting: Meeting,
        *,
        connected: bool = True,
        held: Sequence[str] = (),
        invites: bool = True,
    ) -> None:
        """Show the meeting's conversation; what waits is queued unless `connected`.

        The last of one's own messages are `held` back, each with its reason. An
        empty conversation `invites` to write.
        """
        self._meeting = meeting
        self._list.show(meeting, connected=connected, held=held, invites=invites)
        if self._root is not None:
            of_thread = alone_in(meeting, self._root)
            self._thread.show(of_thread, connected=connected, invites=False)
        self._go_on()
        self._status.show_typing(typing_names(meeting))

    def begin(self, meeting: Meeting, unseen: int) -> None:
        """Show another conversation from its end; its last `unseen` messages are new."""
        self._sought, self._before_unread = None, None
        self._trail.clear()
        self._end_search(back=False)
        self.close_thread()
        self._meeting = meeting
        self._list.begin(meeting, unseen)

    @property
    def _shown(self) -> ChatList:
        return self._list if self._root is None else self._thread

    @property
    def place(self) -> Place:
        """Where one reads."""
        return self._shown.place

    @property
    def at_rest(self) -> bool:
        """Whether nothing more has to be looked at of what lies far above."""
        return not self._list.chat.is_guessed

    @property
    def meeting(self) -> Meeting:
        """The meeting with what is shown: the whole conversation, or one thread."""
        return self._meeting if self._root is None else alone_in(self._meeting, self._root)

    @property
    def reading(self) -> Reading:
        """What is selected, and where one could go."""
        line = self.selected
        return Reading(
            selected=line,
            has_thread=line is not None
            and (line.reply_to is not None or self._list.chat.answers(line.message_id) > 0),
            in_thread=self._root is not None,
            links=self._shown.links,
            searches=self._bar.is_open,
            has_unread=self._list.has_unread or self._before_unread is not None,
            can_go_back=bool(self._trail),
        )

    @property
    def selected(self) -> SpokenLine | None:
        """The message that the reader has selected."""
        return self._shown.selected_line

    @property
    def is_searching(self) -> bool:
        """Whether what one types is searched for."""
        return self.has_focus_within and self._bar.has_focus_within

    def look(self) -> None:
        """Take what is in sight as seen: somebody sees it again."""
        self._list.settle(self._list.place)

    def focus_list(self) -> None:
        """Give the keys to the list of messages."""
        self.screen.set_focus(self._shown)

    def jump_to_newest(self) -> None:
        """Go to the end and stay there."""
        self._shown.action_newest()

    def page(self, direction: int) -> None:
        """Scroll by a screenful, -1 up or 1 down, wherever the focus is."""
        self._shown.action_page(direction)

    # Going somewhere

    def visit_answered(self) -> None:
        """Go to what the selected message answers, reading back as far as it takes."""
        line = self.selected
        if line is not None and line.reply_to is not None:
            self._visit(line.reply_to)

    def has_seen(self, message_id: str) -> bool:
        """Whether what was said under this id was on the screen, and somebody looked."""
        place = self._list.said.place(message_id)
        return place is None or not self._list.chat.unread.is_unseen(place)

    def visit(self, message_id: str) -> None:
        """Go to what was said under this id, reading back as far as it takes."""
        self.close_thread()
        self._visit(message_id)

    def _visit(self, message_id: str) -> None:
        self._leave_a_mark()
        self._sought = message_id
        self._go_on()

    def visit_unread(self) -> None:
        """Go to what is new, or back to where one was before."""
        self.close_thread()
        if self._before_unread is not None:
            self._return_to(self._before_unread)
            self._before_unread = None
            return
        before = self._bookmark()
        if self._list.visit_unread():
            self._before_unread = before

    def go_back(self) -> None:
        """Go back to where one was before the last jump."""
        if self._trail:
            self.close_thread()
            self._return_to(self._trail.pop())

    def _leave_a_mark(self) -> None:
        if self._root is None:
            self._trail.append(self._bookmark())
        self._before_unread = None

    def _bookmark(self) -> Bookmark:
        line = self._shown.selected_line
        return Bookmark(self._shown.place, None if line is None else line.message_id)

    def _return_to(self, bookmark: Bookmark) -> None:
        selected = bookmark.selected
        if selected is None or not self._shown.visit(selected):
            self._shown.selected = None
        self._shown.return_to(bookmark.place)
        self.focus_list()

    def _go_on(self) -> None:
        """Look for what is sought in what has become known, and ask for more where it is not."""
        if self._bar.is_open:
            self._finder.look_through(self._shown)
        if self._finder.seeks and self._finder.visit(1, self._shown):
            self._finder.seeks = False
        if self._sought is not None and self._shown.visit(self._sought):
            self._sought = None
            self.focus_list()
        if self._finder.seeks or self._sought is not None:
            if self._can_read_back:
                self.post_message(self.EarlierWanted())
            else:
                self._finder.seeks, self._sought = False, None
        self._say()

    @property
    def _can_read_back(self) -> bool:
        earlier = self._meeting.earlier
        return self._root is None and earlier in (Earlier.MORE, Earlier.ASKED)

    # Searching

    def search(self, words: str) -> None:
        """Search for these words, or ask which."""
        if not self._bar.is_open:
            self._before_search = (self._bookmark(), self.screen.focused)
        self._bar.open(words or None)
        if words:
            self._finder.begin(words, self._shown)
            self.step(1)

    def step(self, by: int) -> None:
        """Go to the next match: +1 is further back, -1 further on."""
        if not self._finder.is_at_work:
            return
        if not self._finder.visit(by, self._shown):
            self._finder.seeks = by > 0 and self._can_read_back
        self._go_on()

    def on_search_bar_changed(self, event: SearchBar.Changed) -> None:
        event.stop()
        self._finder.begin(event.words, self._shown)
        self._finder.visit(1, self._shown)
        self._say()

    def on_search_bar_step(self, event: SearchBar.Step) -> None:
        event.stop()
        self.step(event.by)

    def _end_search(self, *, back: bool) -> None:
        if not self._bar.is_open:
            return
        self._bar.close()
        self._finder.end(self._list, self._thread)
        before, self._before_search = self._before_search, None
        if back and before is not None:
            bookmark, focused = before
            self._return_to(bookmark)
            if focused is not None and focused.is_attached:
                self.screen.set_focus(focused)

    # One thread

    def open_thread(self) -> None:
        """Show what the selected message answers, and all answers, alone."""
        line = self.selected
        if line is None or self._root is not None:
            return
        self._end_search(back=False)
        self._root = root_of(self._meeting.chat, line.message_id)
        self.add_class("-thread")
        alone = alone_in(self._meeting, self._root)
        self._thread.begin(alone, 0)
        self._thread.show(alone, connected=True, invites=False)
        self._thread.visit(line.message_id)
        self.screen.set_focus(self._thread)
        self._say()

    def close_thread(self) -> None:
        """Show the whole conversation again, where one was."""
        if self._root is None:
            return
        self._end_search(back=False)
        self._root = None
        self.remove_class("-thread")
        if self._thread.has_focus:
            self.screen.set_focus(self._list)
        self._say()

    # What is said above

    def _say(self) -> None:
        """Say how the search stands, or whose thread this is."""
        if self._bar.is_open:
            more, back = self._can_read_back, self._back_to()
            self._bar.say(self._finder.in_words(more=more, read_back=back))
        words = ""
        if self._sought is not None:
            words = f"Looking for it, {self._back_to()} · Esc stops"
        elif self._root is not None:
            count = len(self._thread.said)
            words = f"Thread · {count} message{'' if count == 1 else 's'} · Esc goes back"
        if words != self._heading_words:
            # To say the same again would lay out the whole screen anew, at every message.
            self._heading_words = words
            self._heading.set_class(bool(words), "-shown")
            self._heading.update(Content(words))

    def _back_to(self) -> str:
        """How far back has been read."""
        log = self._meeting.chat
        if not log:
            return "reading back"
        then = log[0].timestamp.astimezone(self._zone)
        return f"reading back to {then.day} {then:%b %H:%M}"

    # Ending, and what the list asks for

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "end":
            return True
        busy = self._bar.is_open or self._sought is not None or self._root is not None
        return busy or self._shown.selected is not None

    def action_end(self) -> None:
        """End what was begun last: reading back, the search, the thread, the selection."""
        if self._finder.seeks or self._sought is not None:
            self._finder.seeks, self._sought = False, None
            self._say()
        elif self._bar.is_open:
            self._end_search(back=True)
        elif self._root is not None:
            self.close_thread()
        else:
            self._shown.selected = None

    def _answer(self, message_id: str) -> None:
        self._end_search(back=False)
        self.answer(message_id)

    def on_chat_list_quote_chosen(self, event: ChatList.QuoteChosen) -> None:
        event.stop()
        self.visit_answered()

    def on_chat_list_thread_wanted(self, event: ChatList.ThreadWanted) -> None:
        event.stop()
        self.open_thread()

    def on_chat_list_links_wanted(self, event: ChatList.LinksWanted) -> None:
        event.stop()
        self.post_message(self.LinksWanted())

    def on_chat_view_earlier_wanted(self, event: ChatView.EarlierWanted) -> None:
        event.stop()
        self.post_message(self.EarlierWanted())

    def on_chat_status_newer_clicked(self, event: ChatStatus.NewerClicked) -> None:
        event.stop()
        _, below = self._list.beyond
        if below:
            self.jump_to_newest()
        else:
            self.visit_unread()
