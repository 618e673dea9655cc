"""The bar one searches the conversation with: the words, and which match is looked at."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from boardroom_tui.ui.widgets.keys_in_turn import LineField

_LONGEST = 200
"""More characters than anybody searches for."""


class SearchBar(Horizontal):
    """Enter and the arrows go from match to match; what is found is said at the right."""

    DEFAULT_CSS: ClassVar[str] = """
    SearchBar {
        display: none;
        height: 1;
        background: $surface;
        &.-shown { display: block; }
        & > #search-label { width: auto; color: $text-accent; text-style: bold; padding: 0 1 0 0; }
        & > Input {
            width: 1fr; min-width: 8; border: none; padding: 0; height: 1;
            background: $foreground 10%;
        }
        & > #search-status { width: auto; max-width: 60%; padding: 0 1; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(1)", "Further back", show=False),
        Binding("down", "step(-1)", "Further on", show=False),
    ]

    class Changed(Message):
        """Other words are searched for."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Step(Message):
        """The next match is wanted: +1 is further back, -1 further on."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self) -> None:
        super().__init__()
        self._field = LineField(placeholder="words", max_length=_LONGEST, compact=True)
        self._status = Static(id="search-status", markup=False)

    def compose(self) -> ComposeResult:
        yield Static("Search", id="search-label", markup=False)
        yield self._field
        yield self._status

    @property
    def is_open(self) -> bool:
        """Whether one searches."""
        return self.has_class("-shown")

    def open(self, words: str | None = None) -> None:
        """Show it, with these words if there are any, and give it the keys."""
        self.add_class("-shown")
        if words is not None:
            with self._field.prevent(Input.Changed):
                self._field.value = words
        # At once: the next key is a letter of the words, and no command.
        self.screen.set_focus(self._field)

    def close(self) -> None:
        """Search no longer."""
        self.remove_class("-shown")
        with self._field.prevent(Input.Changed):
            self._field.value = ""
        self.say("")

    def say(self, words: str) -> None:
        """Say how the search stands."""
        self._status.update(Content(words))

    def action_step(self, by: int) -> None:
        """Ask for the next match."""
        self.post_message(self.Step(by))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_step(1)
