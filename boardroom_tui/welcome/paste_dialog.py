"""An invitation, pasted: what it says is shown before anything is done, its token never."""

import shlex
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Static

from boardroom_tui.redaction import without_tokens
from boardroom_tui.ui.screens.dialog_box import Dialog, DialogBox, DialogButtons, DialogReason
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.keys_in_turn import LineField
from boardroom_tui.welcome.choice import hidden, revealed
from boardroom_tui.welcome.invitation import MOST_CHARACTERS, Fit, words_of

NO_INVITATION = "This is no invitation: expected the line that boardroom invite prints, or a URL."


class InvitationField(LineField):
    """A line that takes several at once."""

    class Pasted(Message):
        """Something was pasted into it, as it came."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

        def __rich_repr__(self) -> list[object]:
            """Nothing: what is written down of messages must not show a token."""
            return []

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(event.text))


class PasteDialog(Dialog[tuple[str, ...]]):
    """Gives the words that `boardroom join` is to be given; Escape gives None."""

    DEFAULT_CSS = """
    PasteDialog {
        & Input { margin: 1 0; }
        &.-short Input { margin: 0; }
    }
    """

    def __init__(self, fit: Fit, pasted: str = "") -> None:
        """`pasted` is what was pasted before this could be seen."""
        super().__init__()
        self._fit = fit
        self._pasted = pasted
        self._token = ""
        self._says = Static(markup=False)
        self._reason = DialogReason(has_room=True)

    def compose(self) -> ComposeResult:
        with DialogBox("Paste an invitation"):
            yield Static(
                "The line that begins with boardroom join, as it was sent to you; broken into "
                "several it will do as well.",
                markup=False,
            )
            yield InvitationField(
                placeholder="boardroom join wss://…",
                max_length=MOST_CHARACTERS,
                id="line",
                compact=True,
            )
            yield self._says
            yield self._reason
            yield DialogButtons(
                "Cancel · Esc",
                Button("Join · Enter", id="join", variant="primary", compact=True),
            )

    def on_mount(self) -> None:
        self.set_focus(self.query_one(InvitationField))
        if self._pasted:
            self._take(self._pasted)

    def on_invitation_field_pasted(self, event: InvitationField.Pasted) -> None:
        self._take(event.text)

    def _take(self, pasted: str) -> None:
        words = words_of(pasted, self._fit)
        if words is None:
            # It may be, or hold, a token.
            shown, self._token = without_tokens(one_line(pasted)), ""
        else:
            shown, self._token = hidden(shlex.join(words))
        field = self.query_one(InvitationField)
        # What is wrong with what was pasted is known now, with what is typed only in the end.
        with self.prevent(Input.Changed):
            field.value = shown
        field.action_end()
        self._tell("" if words is not None else NO_INVITATION)

    @on(Input.Changed)
    def _read_along(self) -> None:
        self._tell("")

    def _tell(self, reason: str) -> None:
        words = self._words()
        self._says.update(Content("" if words is None else in_words(words)))
        self._reason.say(reason)

    def _words(self) -> tuple[str, ...] | None:
        typed = self.query_one(InvitationField).value
        return words_of(revealed(typed, self._token), self._fit)

    @on(Input.Submitted)
    @on(Button.Pressed, "#join")
    def _join(self) -> None:
        words = self._words()
        if words is not None:
            self.dismiss(words)
        else:
            self._tell(NO_INVITATION)
            self.query_one(InvitationField).focus()


def in_words(words: Sequence[str]) -> str:
    """What an invitation says, in a line for each thing it says; the token is one of them."""
    named = dict(pairwise(words))
    url = next(word for word in words if "://" in word)
    _, token = hidden(url)
    parts = urlsplit(url)
    meeting = named.get("--meeting") or "the one that the address names"
    place = named.get("--token-file", "BOARDROOM_TOKEN, else the keyring")
    source = "in the address, not shown" if token else place
    said = (("Server", parts.netloc), ("Meeting", meeting), ("Token", source))
    return "\n".join(f"{name:<9}{one_line(what)}" for name, what in said)
