"""A new token, asked of the person whose old one runs out."""

from datetime import tzinfo

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Static

from boardroom_tui.session.connection import TokenWanted
from boardroom_tui.ui.screens.dialog_box import (
    Dialog,
    DialogBox,
    DialogButtons,
    DialogReason,
)
from boardroom_tui.ui.screens.following import Following
from boardroom_tui.ui.screens.scene import Scene
from boardroom_tui.ui.widgets.token_field import TokenField
from boardroom_tui.ui.words.durations import time_of_day


class TokenDialog(Dialog[None], Following):
    """Takes a token without showing it; Escape leaves it for later.

    It stays until the server has taken the token, and says why where it has not.
    """

    DEFAULT_CSS = """
    TokenDialog {
        & > DialogBox { border: round $warning; }
        & DialogBox .dialog-title { color: $text-warning; }
        & Input { margin-top: 1; }
        &.-short Input { margin: 0; }
    }
    """

    class Given(Message):
        """Somebody gave a token."""

        def __init__(self, dialog: "TokenDialog", token: str) -> None:
            super().__init__()
            self.dialog = dialog
            self.token = token

        def __rich_repr__(self) -> list[object]:
            """Nothing: what is written down of messages must not show the token."""
            return []

    def __init__(self, wanted: TokenWanted, *, zone: tzinfo | None = None) -> None:
        super().__init__()
        self._wanted = wanted
        self._zone = zone
        self._when = Static(markup=False)
        self._reason = DialogReason()

    def compose(self) -> ComposeResult:
        with DialogBox("A new token is needed"):
            yield self._when
            yield Static("Paste a new one; it is not shown. What you have written is kept.")
            yield TokenField()
            yield self._reason
            yield DialogButtons(
                "Later · Esc",
                Button("Go on · Enter", id="go-on", variant="primary", compact=True),
            )

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._show_when()
        self.say(self._wanted.refusal or "")

    def show(self, scene: Scene) -> None:
        """Follow what the connection needs; the dialog closes once it needs nothing any more."""
        wanted = scene.connection.token_wanted
        if wanted is None:
            self.dismiss(None)
        elif wanted != self._wanted:
            self._wanted = wanted
            self._show_when()
            self.say(wanted.refusal or "")

    def say(self, reason: str) -> None:
        """Say why the token that was given will not do."""
        sentence = reason[:1].upper() + reason[1:]
        self._reason.say(sentence if not sentence or sentence.endswith(".") else f"{sentence}.")

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def _give(self) -> None:
        field = self.query_one(Input)
        token, field.value = field.value, ""
        field.focus()
        self.say("")
        self.post_message(self.Given(self, token))

    def _show_when(self) -> None:
        ends_at = self._wanted.ends_at
        words = "Your token has run out."
        if ends_at is not None:
            words = f"Your token runs out at {time_of_day(ends_at, ends_at, self._zone)}."
        self._when.update(Content(words))
