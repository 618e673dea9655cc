"""The field that a token is pasted into."""

from textual import events

from boardroom_tui.protocol.limits import TOKEN_CHARACTERS
from boardroom_tui.ui.widgets.keys_in_turn import LineField

_MOST_CHARACTERS = 2 * TOKEN_CHARACTERS
"""More than any token has, so that a wrong one is told and not cut."""


class TokenField(LineField):
    """Shows nothing of what it takes, and takes it whole where it came broken into lines."""

    def __init__(self) -> None:
        super().__init__(
            password=True, placeholder="Token", max_length=_MOST_CHARACTERS, compact=True
        )

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.value = "".join(event.text.splitlines())[:_MOST_CHARACTERS]
        self.action_end()
