"""A question with a yes, and Escape for no."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Static

from boardroom_tui.ui.screens.dialog_box import Dialog, DialogBox, DialogButtons
from boardroom_tui.ui.widgets.cell_wrap import one_line, visible


class ConfirmDialog(Dialog[bool]):
    """Asks before something that cannot be taken back; gives True for yes.

    The button that leaves things as they are has the focus: a slip of Enter does nothing.
    """

    DEFAULT_CSS = """
    ConfirmDialog {
        & > DialogBox { width: 60; border: round $warning; }
        & DialogBox .dialog-title { color: $text-warning; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "leave", "No", show=False),
        Binding("y", "do", "Yes", show=False),
        Binding("left,up", "app.focus_previous", "Previous", show=False),
        Binding("right,down", "app.focus_next", "Next", show=False),
    ]

    def __init__(self, title: str, body: str, confirm: str) -> None:
        """`confirm` names the deed on its button, like `Close the vote`."""
        super().__init__()
        self._title = title
        self._body = body
        self._confirm = confirm

    def compose(self) -> ComposeResult:
        with DialogBox(self._title):
            yield Static(Content(visible(self._body, lines=True)))
            yield DialogButtons(
                "Cancel · Esc",
                Button(
                    Content(f"{one_line(self._confirm)} · y"),
                    id="confirm",
                    variant="warning",
                    compact=True,
                ),
            )

    def on_mount(self) -> None:
        self.query_one("#leave", Button).focus()

    def action_leave(self) -> None:
        """No."""
        self.dismiss(False)

    @on(Button.Pressed, "#confirm")
    def action_do(self) -> None:
        """Yes."""
        self.dismiss(True)
