"""The field one writes in: Enter sends, the arrows at its edges call back what was sent."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.text import clean
from boardroom_tui.ui.widgets.draft_history import DraftHistory
from boardroom_tui.ui.widgets.keys_in_turn import TextField

_NEW_LINE = ("shift+enter", "ctrl+j", "alt+enter")


class ComposerField(TextField):
    """A text area of one to six lines, whose lines are sent and not indented."""

    DEFAULT_CSS = """
    ComposerField {
        height: auto;
        min-height: 1;
        max-height: 6;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; }
        /* Why nothing can be written is read, too. */
        &:disabled:can-focus { opacity: 1; }
        & .text-area--placeholder { color: $text-muted; }
        /* Textual's is fainter in a light theme. */
        &:light .text-area--cursor { color: $background; background: $foreground; }
        & .text-area--cursor-line { background: transparent; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+u", "kill('cursor_line_start')", show=False),
        Binding("ctrl+k", "kill('cursor_line_end')", show=False),
        Binding("ctrl+w,alt+backspace", "kill('cursor_word_left')", show=False),
        Binding("alt+d", "kill('cursor_word_right')", show=False),
        Binding("ctrl+y", "yank", show=False),
        Binding("ctrl+b", "cursor_left", show=False),
        Binding("ctrl+f", "cursor_right", show=False),
        Binding("alt+b,alt+left", "cursor_word_left", show=False),
        Binding("alt+f,alt+right", "cursor_word_right", show=False),
        Binding("ctrl+underscore", "undo", show=False),
        Binding("alt+z", "redo", show=False),
    ]
    """What a shell's line editing has; Textual's own go on beside them."""

    class Turn(Message, bubble=False):
        """Something to do once the keys that were pressed before it have been taken."""

        def __init__(self, deed: Callable[[], None]) -> None:
            super().__init__()
            self.deed = deed

    class LinesPasted(Message):
        """Lines were pasted; nothing of them was sent."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    def __init__(self, send: Callable[[str], None], choose: Callable[[str], bool]) -> None:
        """`send` is given what is written, at the very key: what is typed behind it is no part.

        `choose` is given the keys by which one chooses what a word becomes, and says whether it
        took them.
        """
        super().__init__(
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            compact=True,
        )
        # Nothing on this screen blinks; and each blink would draw the field again.
        self.cursor_blink = False
        self.conversation: Conversation | None = None
        """Where what is written goes; None is to everybody."""
        self._send = send
        self._choose = choose
        self._put_there: str | None = None
        self._killed = ""
        self._is_sending = False
        self._sent_lines: defaultdict[Conversation | None, DraftHistory] = defaultdict(DraftHistory)

    @property
    def sent_lines(self) -> DraftHistory:
        """What was sent in this conversation: what was private comes back nowhere else."""
        return self._sent_lines[self.conversation]

    def in_turn(self, deed: Callable[[], None]) -> None:
        """Do something between what was typed before and what will be: at once while sending."""
        if self._is_sending:
            deed()
        else:
            self.post_message(self.Turn(deed))

    def on_composer_field_turn(self, event: Turn) -> None:
        event.deed()

    def on_key(self, event: events.Key) -> None:
        match event.key:
            case "tab" | "enter" | "up" | "down" | "escape" if self._choose(event.key):
                self._take(event)
            case "enter":
                self._take(event)
                self._is_sending = True
                try:
                    self._send(self.text)
                finally:
                    self._is_sending = False
            case key if key in _NEW_LINE:
                self._take(event)
                if not self.read_only:
                    self._put("\n")
            case _ if self.read_only and event.is_printable:
                # What one types here is never a command, also while it goes nowhere.
                self._take(event)
            case "up" if self._is_on_first_row:
                self._recall(event, self._history().older(self.text))
            case "down" if self._is_on_last_row:
                self._recall(event, self._history().newer())
            case _:
                pass

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is text alone, and its line ends send nothing."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            text = clean(event.text, lines=True)
            self._put(text)
            if "\n" in text:
                self.post_message(self.LinesPasted(len(text.splitlines())))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The page keys belong to the conversation above."""
        return action not in {"cursor_page_up", "cursor_page_down"}

    def action_kill(self, towards: str) -> None:
        """Take away what is between the cursor and there, or what is selected, for `yank`."""
        start, end = self.selection
        if start == end:
            # At the edge of a line there is its end to take away.
            places = (self._places[towards](), self._beyond.get(towards, lambda: start)())
            end = next((place for place in places if place != start), start)
        start, end = min(start, end), max(start, end)
        if not self.read_only and start != end:
            self._killed = self.get_text_range(start, end)
            self.delete(start, end, maintain_selection_offset=False)
            self.move_cursor(start)

    def action_yank(self) -> None:
        """Put back what was taken away last."""
        if not self.read_only and self._killed:
            self._put(self._killed)

    @property
    def _places(self) -> Mapping[str, Callable[[], tuple[int, int]]]:
        return {
            "cursor_line_start": self.get_cursor_line_start_location,
            "cursor_line_end": self.get_cursor_line_end_location,
            "cursor_word_left": self.get_cursor_word_left_location,
            "cursor_word_right": self.get_cursor_word_right_location,
        }

    @property
    def _beyond(self) -> Mapping[str, Callable[[], tuple[int, int]]]:
        return {
            "cursor_line_start": self.get_cursor_left_location,
            "cursor_line_end": self.get_cursor_right_location,
        }

    def _put(self, text: str) -> None:
        placed = self.replace(text, *self.selection, maintain_selection_offset=False)
        self.move_cursor(placed.end_location)

    def _take(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()

    def _history(self) -> DraftHistory:
        """What was sent here, left where a line that was called back is another by now."""
        if self.was_typed:
            self.sent_lines.leave()
        return self.sent_lines

    def _recall(self, event: events.Key, text: str | None) -> None:
        if text is not None and not self.read_only:
            self._take(event)
            self.write(text)

    def write(self, text: str) -> None:
        """Put this text in place of what is there, the cursor at its end."""
        self._put_there = text
        self.text = text
        self.move_cursor(self.document.end)

    def put_in_place(self, start: int, end: int, text: str) -> None:
        """Put this text in place of the characters between two places, the cursor behind it."""
        span = _location(self.text, start), _location(self.text, end)
        placed = self.replace(text, *span, maintain_selection_offset=False)
        self.move_cursor(placed.end_location)

    @property
    def was_typed(self) -> bool:
        """Whether the text is other than what was put there as a whole."""
        return self.text != self._put_there

    @property
    def cursor_place(self) -> int:
        """How many characters stand before the cursor."""
        return len(self.get_text_range((0, 0), self.cursor_location))

    @property
    def _is_on_first_row(self) -> bool:
        return self.wrapped_document.location_to_offset(self.cursor_location).y == 0

    @property
    def _is_on_last_row(self) -> bool:
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        return row >= self.wrapped_document.height - 1


def _location(text: str, place: int) -> tuple[int, int]:
    """The row and column behind so many characters of a text."""
    before = text[:place]
    return before.count("\n"), place - (before.rfind("\n") + 1)
