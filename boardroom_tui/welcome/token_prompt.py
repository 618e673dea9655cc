"""A token, asked of somebody who is about to join."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Input, Static

from boardroom_tui.client.recent_meetings import RecentMeeting
from boardroom_tui.ui.screens.dialog_box import Dialog, DialogBox, DialogButtons
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.token_field import TokenField
from boardroom_tui.welcome.rows import server_of


class TokenPrompt(Dialog[str]):
    """Takes a token without showing it; an empty one means the one that is kept elsewhere."""

    DEFAULT_CSS = """
    TokenPrompt {
        & Input { margin: 1 0; }
        &.-short Input { margin: 0; }
    }
    """

    def __init__(self, meeting: RecentMeeting) -> None:
        super().__init__()
        self._meeting = meeting

    def compose(self) -> ComposeResult:
        one = self._meeting
        with DialogBox(one.title or one.meeting_id):
            whose = f"Paste the token of {one.user_name} for {server_of(one)}. It is not shown."
            yield Static(Content(one_line(whose)))
            yield TokenField()
            yield Static(
                "With nothing here the token is looked for in BOARDROOM_TOKEN, then in the "
                "keyring, where boardroom login puts it.",
                classes="dialog-quiet",
                markup=False,
            )
            yield DialogButtons(
                "Cancel · Esc",
                Button("Join · Enter", id="join", variant="primary", compact=True),
            )

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Input))

    @on(Input.Submitted)
    @on(Button.Pressed, "#join")
    def _give(self) -> None:
        self.dismiss(self.query_one(Input).value.strip())
