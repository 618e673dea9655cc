"""One's own votes as the record has them, and the printed ballots of secret votes."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from boardroom_tui.heads import head_code
from boardroom_tui.protocol.fields import Vote
from boardroom_tui.state.model import DecisionView, Meeting, OwnVote
from boardroom_tui.state.receipts import looked_up, own_votes, printed
from boardroom_tui.ui.screens.following import Following
from boardroom_tui.ui.screens.framed import FramedScreen
from boardroom_tui.ui.screens.scene import Scene

_WORDS = {Vote.APPROVE: "For", Vote.REJECT: "Against", Vote.ABSTAIN: "Abstained"}
_WIDEST = max(map(len, _WORDS.values()))


class ReceiptsScreen(FramedScreen[None], Following):
    """A page to read and close."""

    DEFAULT_CSS = """
    ReceiptsScreen {
        & > VerticalScroll { width: 84; height: auto; scrollbar-size-vertical: 1; }
        & Static { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,4", "app.pop_screen", show=False)]

    def __init__(self, scene: Scene, *, zone: tzinfo | None = None) -> None:
        """`zone` is where times are shown, None this machine's."""
        super().__init__()
        self._scene = scene
        self._zone = zone
        self._page = Static(markup=False)

    def compose(self) -> ComposeResult:
        with VerticalScroll() as page:
            page.border_title = "Your votes in the record"
            page.border_subtitle = "↑ ↓ read on · Esc closes"
            yield self._page

    def on_mount(self) -> None:
        self.show(self._scene)

    def show(self, scene: Scene) -> None:
        """Show what is known by now."""
        self._page.update(Content("\n".join(receipt_lines(scene.meeting, self._zone))))


def receipt_lines(meeting: Meeting, zone: tzinfo | None) -> Iterator[str]:
    """The page, a line each: a decision, one's votes in it, its printed ballots."""
    yield "Each vote as the server finds it in the record now."
    yield "With the record itself, boardroom verify --vote ID finds it too."
    for view in looked_up(meeting):
        yield ""
        yield view.title
        for vote in own_votes(view):
            yield from _receipt(meeting, vote, zone)
        yield from _ballots(view)


def _receipt(meeting: Meeting, vote: OwnVote, zone: tzinfo | None) -> Iterator[str]:
    found = meeting.receipts.get(vote.vote_id)
    yield f"  {vote.vote_id}"
    if found is None:
        yield "    being looked up…"
        return
    what = "Secret: that you voted, not how" if found.vote is None else _WORDS[found.vote]
    counts = "it counts"
    if found.replaced_by is not None:
        counts = f"replaced by {found.replaced_by}"
    at = found.timestamp.astimezone(zone)
    yield f"    {what} · {at:%H:%M} · {counts}"
    yield f"    event and code: {head_code(found.sequence, found.hash)}"


def _ballots(view: DecisionView) -> Iterator[str]:
    ballots = printed(view)
    if not ballots:
        return
    yield "  The ballots, in an order that tells nothing:"
    for ballot in ballots:
        yield f"    {_WORDS[ballot.vote]:<{_WIDEST}}  {ballot.words or '(no words)'}"
