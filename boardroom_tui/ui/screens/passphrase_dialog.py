"""The passphrase that protects a device's keys where there is no keyring."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Static

from boardroom_tui.protocol.correspondents import PASSPHRASE_CHARACTERS, Readiness
from boardroom_tui.ui.screens.dialog_box import (
    Dialog,
    DialogBox,
    DialogButtons,
    DialogReason,
)
from boardroom_tui.ui.widgets.keys_in_turn import LineField


class PassphraseDialog(Dialog[None]):
    """Takes the passphrase, twice where a new one is chosen; Escape leaves it for later.

    It stays until the keys are open, and says why where they are not.
    """

    DEFAULT_CSS = """
    PassphraseDialog {
        & Input { margin-top: 1; }
        &.-short Input { margin-top: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", "Previous", show=False),
        Binding("down", "app.focus_next", "Next", show=False),
    ]

    class Given(Message):
        """Somebody gave a passphrase."""

        def __init__(self, passphrase: str) -> None:
            super().__init__()
            self.passphrase = passphrase

        def __rich_repr__(self) -> list[object]:
            """Nothing: what is written down of messages must not show the passphrase."""
            return []

    def __init__(self, *, new: bool, reason: str | None = None) -> None:
        """`new` says whether it is being chosen; `reason` why an earlier one was not right."""
        super().__init__()
        self._new = new
        self._reason = reason
        self._is_checking = False

    def compose(self) -> ComposeResult:
        title = "Protect your private messages" if self._new else "Unlock your private messages"
        with DialogBox(title):
            yield Static(Content(self._why), classes="dialog-quiet")
            yield LineField(placeholder="Passphrase", password=True, id="first", compact=True)
            if self._new:
                yield LineField(placeholder="Once more", password=True, id="again", compact=True)
            yield DialogButtons(
                "Not now · Esc",
                Button(
                    "Protect · Enter" if self._new else "Unlock · Enter",
                    id="go",
                    variant="primary",
                    compact=True,
                ),
            )
            yield Static("Checking…", id="checking", classes="dialog-quiet")
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
        self._refuse("" if self._reason is None else _sentence(self._reason))

    def show(self, readiness: Readiness, reason: str | None) -> None:
        """Follow how the keys stand; the dialog closes once they are open."""
        if readiness is Readiness.READY:
            self.dismiss(None)
        elif readiness is not Readiness.OPENING and reason is not None:
            self._refuse(_sentence(reason))
            # Where it is not the passphrase that is wrong, no other one helps.
            for one in self.query("Input, #go"):
                one.disabled = readiness is Readiness.UNAVAILABLE

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        if self._is_checking:
            return
        passphrase = self.query_one("#first", Input).value
        problem = _mistake(passphrase, new=self._new)
        if problem is not None:
            self.query_one("#first", Input).focus()
        elif self._new:
            again = self.query_one("#again", Input)
            if not again.value:
                problem = "Now once more, so that no slip is in it."
            elif again.value != passphrase:
                problem = "The two are not the same."
            again.focus()
        if problem is None:
            self._empty()
            self._checks(True)
            self.post_message(self.Given(passphrase))
        self.query_one(DialogReason).say(problem or "")

    def _refuse(self, reason: str) -> None:
        """Say why it goes no further, and begin anew."""
        self._empty()
        self._checks(False)
        self.query_one(DialogReason).say(reason)

    def _empty(self) -> None:
        for field in self.query(Input):
            field.value = ""
        self.query_one("#first", Input).focus()

    def _checks(self, is_checking: bool) -> None:
        self._is_checking = is_checking
        self.query_one("#checking", Static).display = is_checking


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}{'' if reason.endswith('.') else '.'}"


def _mistake(passphrase: str, *, new: bool) -> str | None:
    if not passphrase:
        return "Write the passphrase first."
    if new and len(passphrase) < PASSPHRASE_CHARACTERS:
        return f"Take at least {PASSPHRASE_CHARACTERS} characters; a few words are good."
    return None
