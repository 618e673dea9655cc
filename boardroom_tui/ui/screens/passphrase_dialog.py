"""The passphrase that protects a device's keys where there is no keyring."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from boardroom_tui.ui.screens.dialog_box import (
    HEIGHTS,
    DialogBox,
    DialogButtons,
    DialogReason,
)

LEAST = 8
"""Characters that a new passphrase has at least."""


class PassphraseDialog(ModalScreen[str | None]):
    """Asks for the passphrase, twice where a new one is chosen; gives None for not now."""

    DEFAULT_CSS = """
    PassphraseDialog {
        align: center middle;
        background: $background 60%;
        & Input { margin-top: 1; }
        &.-short Input { margin-top: 0; }
    }
    """
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Not now", show=False),
        Binding("up", "app.focus_previous", "Previous", show=False),
        Binding("down", "app.focus_next", "Next", show=False),
    ]

    def __init__(self, *, new: bool, reason: str | None = None) -> None:
        """`new` says whether it is being chosen; `reason` why an earlier one was not right."""
        super().__init__()
        self._new = new
        self._reason = reason

    def compose(self) -> ComposeResult:
        title = "Protect your private messages" if self._new else "Unlock your private messages"
        with DialogBox(title):
            yield Static(Content(self._why), classes="dialog-quiet")
            yield Input(placeholder="Passphrase", password=True, id="first", compact=True)
            if self._new:
                yield Input(placeholder="Once more", password=True, id="again", compact=True)
            with DialogButtons():
                yield Button("Not now · Esc", id="leave", compact=True)
                yield Button(
                    "Protect · Enter" if self._new else "Unlock · Enter",
                    id="go",
                    variant="primary",
                    compact=True,
                )
            yield DialogReason()

    @property
    def _why(self) -> str:
        if self._new:
            return (
                "This machine has no keyring. A passphrase protects the keys of this device; "
                "without it nobody, you included, can read what is kept here."
            )
        return "This machine has no keyring: the keys of this device are under your passphrase."

    def on_mount(self) -> None:
        self.query_one("#first", Input).focus()
        if self._reason is not None:
            self.query_one(DialogReason).say(f"{self._reason[:1].upper()}{self._reason[1:]}.")

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        passphrase = self.query_one("#first", Input).value
        problem = _mistake(passphrase, new=self._new)
        if problem is None and self._new:
            again = self.query_one("#again", Input)
            if not again.value:
                again.focus()
                problem = "Now once more, so that no slip is in it."
            elif again.value != passphrase:
                problem = "The two are not the same."
        if problem is None:
            self.dismiss(passphrase)
        else:
            self.query_one(DialogReason).say(problem)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Not now."""
        self.dismiss(None)


def _mistake(passphrase: str, *, new: bool) -> str | None:
    if not passphrase:
        return "Write the passphrase first."
    if new and len(passphrase) < LEAST:
        return f"Take at least {LEAST} characters; a few words are good."
    return None
