"""The three ways to vote, one of them chosen."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from boardroom_tui.protocol.fields import Vote
from boardroom_tui.ui.widgets.vote.tally_bars import FACES

_LETTERS = {Vote.APPROVE: "y", Vote.REJECT: "n", Vote.ABSTAIN: "b"}
"""The letters that choose, the same as outside of the dialog."""

_INITIALS = {Vote.APPROVE: "a", Vote.REJECT: "r"}
"""What a hand may try as well."""


class VoteChoice(Widget, can_focus=True):
    """Three lines, none of them chosen until somebody chooses.

    A letter chooses only where nothing is chosen. From then on letters are the comment, all of
    them, and the arrows choose: a comment that begins with "Yes, but" changes no vote.
    """

    DEFAULT_CSS = """
    VoteChoice {
        height: 3;
        padding: 0 1;
        &:focus { background: $primary 12%; }
    }
    """
    ALLOW_SELECT: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "step(-1)", "Up", show=False),
        Binding("down,right", "step(1)", "Down", show=False),
        *(
            Binding(key, f"choose('{vote}')", vote.capitalize(), show=False)
            for vote, key in (*_LETTERS.items(), *_INITIALS.items())
        ),
        Binding("enter", "go_on", "Go on", show=False),
    ]

    class GoneOn(Message):
        """Enter was pressed."""

    chosen: reactive[Vote | None] = reactive[Vote | None](None)

    def __init__(self, write: Callable[[str], None], keys: Mapping[Vote, str]) -> None:
        """`write` takes what is typed and chooses nothing; `keys` choose anywhere."""
        super().__init__()
        self._write = write
        self._keys = keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter chooses once."""
        return not (action == "choose" and self.chosen is not None)

    def on_key(self, event: events.Key) -> None:
        """A letter that chooses nothing begins the comment."""
        has_gone_on = self.screen.focused is not self  # what was typed at once is still in order
        chooses = self.chosen is None and event.key in self._bindings.key_to_bindings
        is_free = not chooses and event.character != " "
        if event.is_printable and event.character is not None and (has_gone_on or is_free):
            event.stop()
            self._write(event.character)

    def render(self) -> RenderResult:
        return Content("\n").join(self._line(vote) for vote in FACES)

    def _line(self, vote: Vote) -> Content:
        face = FACES[vote]
        if vote is self.chosen:
            words = f"▸ ● {face.symbol} {face.word:<10}"
            return Content.assemble((words, f"bold {face.style}"), (self._keys[vote], "bold"))
        return Content.assemble(
            "  ○ ", (f"{face.symbol} {face.word:<10}", face.style), (self._keys[vote], "bold")
        )

    def action_step(self, by: int) -> None:
        """Choose the one above or below; the first time, the first or the last."""
        votes = tuple(Vote)
        if self.chosen is None:
            self.chosen = votes[0] if by > 0 else votes[-1]
        else:
            place = votes.index(self.chosen) + by
            self.chosen = votes[max(0, min(len(votes) - 1, place))]

    def action_choose(self, vote: str) -> None:
        """Choose by letter."""
        self.chosen = Vote(vote)

    def action_go_on(self) -> None:
        """Enter: what was chosen is meant."""
        self.post_message(self.GoneOn())
