"""A token, asked of somebody who is about to join."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from boardroom_tui.client.recent_meetings import RecentMeeting
from boardroom_tui.ui.screens.dialog_box import HEIGHTS, DialogBox, DialogButtons
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.keys_in_turn import LineField
from boardroom_tui.welcome.rows import server_of

_MOST_CHARACTERS = 16_384


class TokenPrompt(ModalScreen[str]):
    """Takes a token without showing it; an empty one means the one that is kept elsewhere."""

    DEFAULT_CSS = """
    TokenPrompt {
        align: center middle;
        background: $background 60%;
        & Input { margin: 1 0; }
        &.-short Input { margin: 0; }
    }
    """
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]

    def __init__(self, meeting: RecentMeeting) -> None:
        super().__init__()
        self._meeting = meeting

    def compose(self) -> ComposeResult:
        one = self._meeting
        with DialogBox(one.title or one.meeting_id):
            whose = f"Paste the token of {one.user_name} for {server_of(one)}. It is not shown."
            yield Static(Content(one_line(whose)))
            yield LineField(password=True, placeholder="Token", max_length=_MOST_CHARACTERS)
            yield Static(
                "With nothing here the token is looked for in BOARDROOM_TOKEN, then in the "
                "keyring, where boardroom login puts it.",
                classes="dialog-quiet",
                markup=False,
            )
            with DialogButtons():
                yield Button(Content("Cancel · Esc"), id="cancel", compact=True)
                yield Button(Content("Join · Enter"), id="join", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#join")
    def _give(self) -> None:
        self.dismiss(self.query_one(Input).value.strip())

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Join nothing."""
        self.dismiss(None)
