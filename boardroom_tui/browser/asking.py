"""What the page asks first: whose token it is that joins, and which meeting."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Input, Select, Static

from boardroom_tui.client.problem import Problem
from boardroom_tui.client.tokens import as_token
from boardroom_tui.ui.widgets.token_field import TokenField
from boardroom_tui.welcome.card import Card, CardApp
from boardroom_tui.welcome.choice import hidden

IDLE_SECONDS = 300.0
"""A page that gives no token for so long is closed: behind each is a process."""

_ASK = (
    "To join, paste your token: what is in the file that your invitation names. It shows the "
    "server that it is you. It is not shown, and forgotten with this page."
)
_LEFT = "You have left the meeting."
_FILE = "This names a file with the token: paste what is in that file"


class TokenApp(CardApp[tuple[str, str]]):
    """Gives a meeting's id and a token; nothing once nobody answers."""

    CSS = """
    #card {
        & Input, & Select { margin-top: 1; }
        & Button { margin: 1 1 1 1; }
    }
    .-short #card { & Input, & Select { margin-top: 0; } & Button { margin: 0 1; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q,ctrl+c", "quit", show=False)]

    def __init__(
        self, meetings: Sequence[str], notice: str = "", *, has_left: bool = False
    ) -> None:
        """`meetings` are the ids of those that this server holds."""
        super().__init__(notice)
        self._meetings = meetings
        self._words = f"{_LEFT} {_ASK}" if has_left else _ASK

    def compose(self) -> ComposeResult:
        with Card():
            yield Static(self._words, markup=False)
            yield self.notice
            yield TokenField()
            if len(self._meetings) > 1:
                choices = [(Content(one), one) for one in self._meetings]
                yield Select(choices, allow_blank=False, id="meeting")
            yield Button(Content("Join · Enter"), id="join", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.query_one(TokenField).focus()
        self.set_timer(IDLE_SECONDS, self.exit)

    @on(Input.Submitted)
    @on(Button.Pressed, "#join")
    def _take(self) -> None:
        field = self.query_one(TokenField)
        typed, field.value = field.value, ""
        field.focus()
        token = _token_in(typed)
        if isinstance(token, Problem):
            self.tell(str(token))
        else:
            self.exit((self._meeting, token))

    @property
    def _meeting(self) -> str:
        if len(self._meetings) == 1:
            return self._meetings[0]
        return str(self.query_one("#meeting", Select[str]).value)


def _token_in(typed: str) -> str | Problem:
    """The token; an address may hold it."""
    _, inside = hidden(typed)
    if not inside and "--token-file" in typed:
        return Problem(_FILE)
    return as_token(inside or typed, "what you gave")
