"""Where one writes to the meeting: the field, what one answers, and why something cannot go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Static, TextArea

from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.limits import CHAT_CHARACTERS
from boardroom_tui.ui.widgets.audience import Audience
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.choices import ChoiceList
from boardroom_tui.ui.widgets.choosing import Choosing
from boardroom_tui.ui.widgets.composer_field import ComposerField
from boardroom_tui.ui.widgets.rows import Row, RowLine
from boardroom_tui.ui.words.beginning import lines_pasted
from boardroom_tui.ui.writing import slash
from boardroom_tui.ui.writing.length import too_many

if TYPE_CHECKING:
    from boardroom_tui.state.model import SpokenLine

_NOTE_SECONDS = 4.0
"""For so long is said why an empty line was not sent."""
_ASIDE = " ↑ calls back the command you were writing."
_COUNTED_FROM = CHAT_CHARACTERS - 400
"""From so many characters on their number is shown."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written, and what it answers."""

    text: str = ""
    reply_to: "SpokenLine | None" = None


class Composer(Vertical):
    """A field of one to six lines. Enter sends, Shift+Enter begins a line.

    A text that begins with `/` is a command, one with `//` a text that begins with `/`.
    """

    DEFAULT_CSS = """
    Composer {
        height: auto;
        border: round $foreground 25%;
        padding: 0 1;
        background: $surface;
        &:focus-within { border: round $primary; }

        & > #composer-answers {
            color: $text-muted; text-style: italic;
        }
        & > #composer-audience {
            height: auto; max-height: 3; color: $text-accent; text-style: bold;
        }
        & > #composer-note { height: auto; color: $text-muted; }
        & > #composer-note.-reason { color: $text-error; text-style: bold; }
    }
    """

    class TypingChanged(Message):
        """One has begun, goes on, or has stopped to type."""

        def __init__(self, is_typing: bool) -> None:
            super().__init__()
            self.is_typing = is_typing

    class Risen(Message):
        """It goes the way that a key goes which the field leaves to the app."""

        def __init__(self, deed: Callable[[], None]) -> None:
            super().__init__()
            self.deed = deed

    reply_to: "reactive[SpokenLine | None]" = reactive(None)
    """The message that is being answered."""
    closed: reactive[str | None] = reactive[str | None](None)
    """Why one cannot write here; None where one can."""
    obstacle: reactive[str | None] = reactive[str | None](None)
    """Why what one writes cannot be sent now; one can go on writing, and give commands."""
    waiting: reactive[str | None] = reactive[str | None](None)
    """What to say of a text to everybody that waits to be put here; None while none does."""
    way_in: reactive[str | None] = reactive[str | None](None)
    """While letters are commands, the words that say so and how to write; None while one writes."""
    audience: reactive[Audience] = reactive(Audience())
    """Who reads what is written here."""

    def __init__(
        self,
        *,
        typing_seconds: float = 4.0,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """One has stopped to type when no key came for `typing_seconds`."""
        super().__init__(id=id)
        self._typing_seconds = typing_seconds
        self._audience = Static(id="composer-audience", markup=False)
        self._answers = RowLine(id="composer-answers")
        self._choices = ChoiceList()
        self._field = ComposerField(self._send, self._choose)
        self.choosing = Choosing(self._field, self._choices, self._remark)
        self.answer_key = "r"
        """The key that answers, and takes the answer off."""
        self.say: Callable[[Draft, Conversation | None], object] = lambda _said, _where: None
        """Says a text, at the very key, in the conversation that it was written in."""
        self.give: Callable[[str, str], object] = lambda _name, _rest: None
        """Does a command, at the very key: of `/approve looks fine` its name, and what follows."""
        self._remarked: tuple[str, bool] | None = None
        self._noted = "", ""
        self._note = Static(id="composer-note", markup=False)
        self._typing: Timer | None = None
        self._typed_on = False

    def compose(self) -> ComposeResult:
        yield self._choices
        yield self._audience
        yield self._answers
        yield self._field
        yield self._note

    def on_mount(self) -> None:
        self._remark("")

    @property
    def text(self) -> str:
        """What is in the field."""
        return self._field.text

    @property
    def has_sent(self) -> bool:
        """Whether anything was sent from here in this conversation."""
        return bool(self._field.sent_lines)

    def focus_field(self) -> None:
        """Give the keys to the field."""
        # At once: the next key is a letter of the text, and no command.
        self.screen.set_focus(self._field)

    def in_turn(self, deed: Callable[[], None]) -> None:
        """Do something between what was typed before and what will be."""
        self._field.in_turn(deed)

    def behind_keys(self, deed: Callable[[], None]) -> None:
        """Do something once all is done that was typed before, also what is not for the field."""
        self.in_turn(lambda: self._rise(deed))

    def _rise(self, deed: Callable[[], None]) -> None:
        self._field.post_message(self.Risen(deed))

    def refuse(self, text: str, reason: str) -> None:
        """Put a text back and say why it could not go."""
        self._field.write(text)
        self.call_after_refresh(self._remark, reason, is_reason=True)

    def bring_back(self, text: str, words: str) -> None:
        """Put a text back above what is being written, the cursor where it is, and say why."""
        words = f"{words}{self._put_command_aside()}"
        if self._field.text:
            self._field.insert(f"{text}\n", (0, 0))
            self._field.call_after_refresh(self._field.scroll_cursor_visible)
        else:
            self._field.write(text)
        self._note_on_text(words)

    @property
    def draft(self) -> Draft:
        """What is being written."""
        return Draft(self._field.text, self.reply_to)

    def take_up(self, draft: Draft, conversation: Conversation | None) -> None:
        """Go on with the draft of another conversation; who saw one type sees no more of it."""
        self._stop_typing()
        self._field.conversation = conversation
        self._field.write(draft.text)
        self.reply_to = draft.reply_to

    def put(self, text: str) -> None:
        """Put a text into the field in place of what is there."""
        if self.closed is None:
            self._field.write(text)

    def begin_command(self) -> None:
        """Begin a command, where nothing is written yet."""
        if not self._field.text and self.closed is None:
            self._field.put_in_place(0, 0, "/")

    def begin_with(self, words: str) -> None:
        """Put words in front of what is being written."""
        if self.closed is None:
            note = self._put_command_aside().strip()
            self._field.write(f"{words}{self._field.text}")
            self._note_on_text(note)

    def take_back(self, text: str, words: str = "") -> None:
        """Put a text into the field, above what is being written there, and say why it is there."""
        words = f"{words}{self._put_command_aside()}".strip()
        draft, said = self._field.text, slash.written(text)
        self._field.write(f"{said}\n{draft}" if draft.strip() else said)
        self._note_on_text(words)

    def _note_on_text(self, words: str) -> None:
        """Say something of the text as it stands, until it is another."""
        self._noted = self._field.text, words
        self._remark(self._hint(self._field.text))

    def _put_command_aside(self) -> str:
        """Leave a command to the arrows, and say so: behind other words it would be said to all."""
        if not slash.is_command(self._field.text):
            return ""
        self._field.sent_lines.add(self._field.text)
        self._field.text = ""
        return _ASIDE

    def watch_reply_to(self, line: "SpokenLine | None") -> None:
        self._answers.display = line is not None
        if line is not None:
            words = f"↳ {one_line(line.user_name)}: {one_line(line.message)}"
            self._answers.row = Row(((words, ""),), ((f"{self.answer_key} takes it off", ""),))

    def watch_closed(self, reason: str | None) -> None:
        self._field.read_only = reason is not None
        self._field.show_cursor = reason is None
        self._invite()

    def watch_audience(self, audience: Audience) -> None:
        self._entitle()
        self.set_class(audience.is_private, "-private")
        self._audience.display = audience.is_private
        self._audience.update(Content(audience.words))
        self._invite()

    def watch_way_in(self) -> None:
        self._entitle()

    def _entitle(self) -> None:
        self.border_title = self.audience.title if self.way_in is None else self.way_in

    def watch_obstacle(self) -> None:
        self._remark(self._hint(self._field.text))

    def watch_waiting(self) -> None:
        self._remark(self._hint(self._field.text))

    def _invite(self) -> None:
        """Say in the empty field what it is for, or why nothing can be written."""
        words = self.audience.placeholder if self.closed is None else one_line(self.closed)
        self._field.placeholder = Content(words)

    # Sending

    def _send(self, written: str) -> None:
        if self.closed is not None:
            return
        text = written.strip()
        command, said = slash.is_command(text), slash.said(text)
        reason = None if command else self.obstacle or why_not(said)
        if reason is not None:
            self._remark(reason, is_reason=True)
            self.set_timer(_NOTE_SECONDS, lambda: self._forget(reason))
            return
        self._field.sent_lines.add(written)
        self._field.text = ""
        self._stop_typing()
        if command:
            name, _, rest = text[1:].partition(" ")
            self.give(name, rest.strip())
            return
        answered, self.reply_to = self.reply_to, None
        self.say(Draft(said, answered), self._field.conversation)

    def _forget(self, reason: str) -> None:
        """Say no longer why nothing was sent, where nothing is written since."""
        if self._remarked == (reason, True) and not self._field.text:
            self._remark(self._hint(""))

    def answer(self, line: "SpokenLine") -> None:
        """Answer this message; if it is the one that is answered already, none any more."""
        current = self.reply_to
        self.reply_to = None if current and current.message_id == line.message_id else line

    # What a word may become

    def _choose(self, key: str) -> bool:
        return self.choosing.take_key(key)

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        self.choosing.go_on()

    def on_choice_list_taken(self, event: ChoiceList.Taken) -> None:
        event.stop()
        self.choosing.take(event.choice)
        self.focus_field()

    def on_descendant_blur(self) -> None:
        self.choosing.close()

    # While one types

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        text = self._field.text
        self._remark(self._hint(text))
        self.choosing.show()
        if not text.strip() or text.startswith("/"):
            self._stop_typing()
        elif self._typing is None:
            self._go_on_typing()
        else:
            self._typed_on = True

    def on_composer_field_lines_pasted(self, event: ComposerField.LinesPasted) -> None:
        event.stop()
        over = too_many(self._field.text.strip())
        hint = "" if over else self._hint(self._field.text)
        self._remark(f"{lines_pasted(event.count, over)} {hint}".strip())

    def _go_on_typing(self) -> None:
        self._typed_on = False
        self.post_message(self.TypingChanged(True))
        self._typing = self.set_timer(self._typing_seconds, self._consider_typing)

    def _consider_typing(self) -> None:
        if self._typed_on:
            self._go_on_typing()
        else:
            self._stop_typing()

    def _stop_typing(self) -> None:
        if self._typing is not None:
            self._typing.stop()
            self._typing = None
            self.post_message(self.TypingChanged(False))

    def _hint(self, text: str) -> str:
        """What is good to know of the text as it stands: its length, what holds it back."""
        length = len(text.strip())
        if length > CHAT_CHARACTERS:
            return why_not(text.strip()) or ""
        if length >= _COUNTED_FROM:
            return f"{length:,} of {CHAT_CHARACTERS:,} characters"
        noted = self._noted[1] if text and text == self._noted[0] else ""
        waiting = self.waiting if self._field.conversation is None else None
        return noted or one_line(self.obstacle or waiting or "")

    def _remark(self, words: str, *, is_reason: bool = False) -> None:
        over = len(self._field.text.strip()) > CHAT_CHARACTERS
        is_reason = is_reason or over or words == one_line(self.obstacle or "")
        if (words, is_reason) == self._remarked:
            # To say the same again would lay out the whole screen anew, at every key.
            return
        self._remarked = (words, is_reason)
        self._note.display = bool(words)
        self._note.set_class(is_reason, "-reason")
        self._note.update(Content(words))


def why_not(text: str) -> str | None:
    """Why this text cannot be sent; None where it can."""
    if not text.strip():
        return "Nothing to send yet: write something first."
    over = too_many(text)
    return over and f"{over}: at most {CHAT_CHARACTERS:,} can be sent at once."
