"""What the first screen's help says."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from boardroom_tui.ui.screens.dialog_box import Dialog, DialogBox

_TEXT = (
    (
        "To join a meeting",
        "you need an invitation: the line that begins with boardroom join. Press p and paste it. "
        "It names the server, the meeting and where your token is; the token is what shows the "
        "server that it is you. A meeting joined once stands in the list; Enter joins it again.",
    ),
    (
        "To see how it is",
        "press d: a whole board meeting on this machine, with simulated members. Nothing has to "
        "be prepared, and nothing leaves the machine.",
    ),
    (
        "To hold a meeting",
        "write its file, then press h: the server runs on this machine, the invitations are "
        "printed, and you are in the meeting as its facilitator. boardroom new prints a file to "
        "begin with.",
    ),
    (
        "The mouse",
        "works everywhere: a click chooses. The line at the bottom names the keys.",
    ),
)


class WelcomeHelp(Dialog[None]):
    """A page to read and close."""

    DEFAULT_CSS = """
    WelcomeHelp {
        & .help-heading { color: $accent; text-style: bold; }
        & .help-words { margin-bottom: 1; padding-left: 2; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,f1,question_mark,enter", "leave", show=False),
    ]

    def compose(self) -> ComposeResult:
        with DialogBox("Help") as page:
            page.can_focus = True
            for heading, words in _TEXT:
                yield Static(Content(heading), classes="help-heading")
                yield Static(Content(words), classes="help-words")
            yield Static(
                "boardroom --help lists every command. Esc closes.", classes="dialog-quiet"
            )

    def on_mount(self) -> None:
        self.set_focus(self.query_one(DialogBox))
