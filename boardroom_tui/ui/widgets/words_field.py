"""Where a voter of a secret ballot writes the words by which they will find it in print."""

from boardroom_tui.protocol.limits import BALLOT_WORDS_CHARACTERS
from boardroom_tui.ui.widgets.keys_in_turn import LineField


class WordsField(LineField):
    """Empty at first; the right arrow takes what is suggested."""

    def __init__(self, suggestion: str) -> None:
        super().__init__(
            placeholder=f"Words of your own, if you like (→ takes “{suggestion}”)",
            max_length=BALLOT_WORDS_CHARACTERS,
            compact=True,
            id="words",
        )
        self._offered = suggestion

    @property
    def words(self) -> str | None:
        """What was written; None where there is nothing."""
        return " ".join(self.value.split()) or None

    def action_cursor_right(self, select: bool = False) -> None:
        """Take the suggestion where nothing is written; else move on as usual."""
        if self.value:
            super().action_cursor_right(select)
        else:
            self.value = self._offered
            self.action_end()
