"""What every dialog is made of: its screen, the box in it with a title, a reason and buttons."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Static

from boardroom_tui.ui.widgets.cell_wrap import one_line

_HEIGHTS = [(0, "-short"), (16, "-tall")]
"""The class of a dialog's screen from so many lines on."""


class Dialog(ModalScreen[ScreenResultType]):
    """A box over what one was doing; Escape, or the button that says so, leaves it with None."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    """
    VERTICAL_BREAKPOINTS = _HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        # Before the keys behind it are a field's, however fast they come.
        Binding("tab", "app.focus_next", "Next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", "Previous", show=False, priority=True),
    ]

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)


class DialogBox(VerticalScroll, can_focus=False):
    """A box in the middle of the screen, as high as what is in it."""

    DEFAULT_CSS = """
    DialogBox {
        width: 72; max-width: 100%; height: auto; max-height: 96%;
        padding: 0 2 1 2;
        border: round $primary;
        background: $surface;
        border-subtitle-align: left;
        scrollbar-size-vertical: 1;

        & .dialog-title { color: $primary; text-style: bold; margin-bottom: 1; }
        & .dialog-quiet { color: $text-muted; }
        & .dialog-strong { text-style: bold; }
        & .dialog-reason { color: $text-error; text-style: bold; }
        & Static { height: auto; }
        & Input, & TextArea { background: $panel; }
        & DialogButtons {
            height: auto; margin-top: 1; align-horizontal: right;
            /* Filled is the one that Enter presses, and no other. */
            & Button { margin-left: 2; }
            & Button.-style-default {
                background: $panel !important;
                color: $foreground;
                text-style: bold !important;
                &.-primary { color: $text-primary; }
                &.-warning { color: $text-warning; }
                &.-error { color: $text-error; }
                &:focus {
                    background: $primary !important;
                    color: $background !important;
                    background-tint: transparent !important;
                }
                &.-warning:focus { background: $warning !important; }
                &.-error:focus { background: $error !important; }
                &:nocolor:focus { text-style: bold reverse !important; }
            }
        }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__(Static(Content(one_line(title)), classes="dialog-title"))
        self._kept: Content | None = None

    def keep_in_sight(self, drawn: Callable[[int], Content] | None) -> None:
        """Show in the frame what must not be lost sight of, in at most so many cells."""
        line = None if drawn is None else drawn(max(16, self.outer_size.width - 6))
        if _cells(line) != _cells(self._kept):
            self._kept = line
            # A Content, for a text would be taken for markup.
            self.border_subtitle = line


def _cells(line: Content | None) -> object:
    return None if line is None else (line.plain, line.spans)


class DialogReason(Static):
    """Why something cannot be done; it takes no room where there is nothing to say."""

    def __init__(self, *, has_room: bool = False) -> None:
        """`has_room` keeps its line also while it says nothing, lest the dialog grow."""
        super().__init__(id="reason", classes="dialog-reason", markup=False)
        self._has_room = has_room
        self.display = has_room

    def say(self, words: str) -> None:
        """Say this, or nothing any more."""
        self.display = self._has_room or bool(words)
        self.update(Content(words))


class DialogButtons(Horizontal):
    """The row of buttons below a dialog: the one that leaves it, then what can be done."""

    def __init__(self, leave: str, *deeds: Button) -> None:
        super().__init__(Button(Content(leave), id="leave", compact=True), *deeds)
