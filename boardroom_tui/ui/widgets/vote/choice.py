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


class VoteChoice(Widget, can_focus=True):
    """Three lines, among which the arrows choose.

    All letters are the comment: one that begins with "Yes, but" changes no vote.
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
        Binding("enter", "go_on", "Go on", show=False),
    ]

    class GoneOn(Message):
        """Enter was pressed."""

    chosen: reactive[Vote] = reactive(Vote.APPROVE)

    def __init__(
        self, chosen: Vote, write: Callable[[str], None], keys: Mapping[Vote, str]
    ) -> None:
        """`write` takes what is typed; `keys` choose anywhere."""
        super().__init__()
        self.set_reactive(VoteChoice.chosen, chosen)
        self._write = write
        self._keys = keys

    def on_key(self, event: events.Key) -> None:
        """A letter begins the comment."""
        has_gone_on = self.screen.focused is not self  # what was typed at once is still in order
        begins = has_gone_on or event.character != " "
        if event.is_printable and event.character is not None and begins:
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
        """Choose the one above or below."""
        votes = tuple(Vote)
        place = votes.index(self.chosen) + by
        self.chosen = votes[max(0, min(len(votes) - 1, place))]

    def action_go_on(self) -> None:
        """Enter: what was chosen is meant."""
        self.post_message(self.GoneOn())
