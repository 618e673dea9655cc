"""The help: every command with its keys, and what the symbols mean."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from boardroom_tui.ui.command import Command, Group, display_of, reason_against
from boardroom_tui.ui.commands import DECLARED, Commands
from boardroom_tui.ui.situation import Situation

WRITING = (
    ("Enter", "Sends what you have written."),
    ("⇧Enter ^J", "Begins a new line of it."),
    ("↑ ↓", "Brings back what you sent; outside of the writing line, selects."),
    ("Page Up, Down", "Reads back in the conversation, and on."),
    ("Tab", "Goes to the next pane; after @, / or :, takes what is offered."),
    ("^W ^U ^K ^Y", "Cuts a word or the line; puts it back."),
    ("^Z Alt+Z", "Undoes, and does it again."),
)
"""Keys that are no commands."""

SYMBOLS = (
    ("●", "present, connected"),
    ("◐", "away; a slow connection"),
    ("◉", "busy"),
    ("○", "absent; an item to come"),
    ("▸", "the item in progress"),
    ("✓", "done, carried, enough"),
    ("✗", "lost, refused, disconnected"),
    ("»", "deferred"),
    ("◇", "a prepared decision"),
    ("◆", "a vote is open; what the meeting itself says"),
    ("◈", "private: encrypted from device to device"),
    ("✋2", "asks for the floor, as the second"),
    ("‖", "a recess"),
    ("■", "an executive session; adjourned"),
    ("!", "something is missing"),
    ("⚑", "a notice that you have not read"),
    ("×3", "a vote that counts three"),
)


NARROW = 72
"""Below so many columns keys stand above their words."""


class HelpScreen(ModalScreen[None]):
    """A page to read and close."""

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        background: $background 70%;
        & > VerticalScroll {
            width: 92;
            max-width: 96%;
            height: auto;
            max-height: 92%;
            padding: 1 2;
            background: $surface;
            border: round $primary;
            border-title-color: $primary;
            border-title-style: bold;
            border-subtitle-color: $dim;
            scrollbar-size-vertical: 1;
        }
        & Static { height: auto; }
        & .heading { color: $accent; text-style: bold; margin-top: 1; }
        & .hint { color: $dim; }
        & Entry {
            height: auto;
            & > .keys { width: 30; color: $primary; }
            & > .words { width: 1fr; }
        }
        &.-narrow Entry { layout: vertical; & > * { width: 1fr; } & > .words { padding-left: 2; } }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark,enter", "app.pop_screen", show=False),
    ]

    def __init__(
        self,
        situation: Situation,
        commands: Commands = DECLARED,
        keys: Sequence[tuple[str, str]] = WRITING,
        heading: str = "Writing and reading",
    ) -> None:
        """`keys` are those that are no commands, under their heading."""
        super().__init__()
        self._situation = situation
        self._commands = commands
        self._keys = keys
        self._heading = heading

    def compose(self) -> ComposeResult:
        """The page, group by group."""
        with VerticalScroll() as page:
            page.border_title = "Help"
            page.border_subtitle = "↑ ↓ read on · Esc closes"
            yield Static(
                "A letter is a command while you are not writing; Esc leaves the writing line. "
                "^X is Ctrl and X together, ⇧ is Shift and ⌥ is Alt.",
                classes="hint",
            )
            yield Static(self._heading, classes="heading")
            for key, meaning in self._keys:
                yield Entry(Content.styled(f"  {key}", "bold"), Content(meaning))
            for group in Group:
                yield Static(str(group), classes="heading")
                for command in self._commands:
                    if command.group is group:
                        yield Entry(keys_of(command), words_of(command, self._situation))
            yield Static("Symbols", classes="heading")
            for symbol, meaning in SYMBOLS:
                yield Entry(Content(f"  {symbol}"), Content(meaning))

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")


class Entry(Horizontal):
    """What is at the left stands beside what it means, or above it on a narrow screen."""

    def __init__(self, keys: Content, words: Content) -> None:
        super().__init__(Static(keys, classes="keys"), Static(words, classes="words"))


def keys_of(command: Command) -> Content:
    """All ways to give a command."""
    key = display_of(command.keys[0]) if command.keys else ""
    slash = f"/{command.slash}" + (f" [{command.takes}]" if command.takes else "")
    letter = display_of(command.letter)
    keys = f"{key:<5}{letter:<2} " if key or len(letter) == 1 else f"{letter:<8}"
    return Content.assemble((f"  {keys}", "bold"), (slash, "$secondary"))


def words_of(command: Command, situation: Situation) -> Content:
    """What a command does, and why it cannot be done now where that is so."""
    reason = reason_against(command, situation)
    words = Content.assemble((command.title, "bold"), "\n", (command.help, "$dim"))
    if reason is not None:
        words += Content.styled(f"\nNot now: {reason}", "$warning")
    return words
