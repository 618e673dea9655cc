"""The vote everybody looks at: what is decided, by which rule, how it stands, one's own vote."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from boardroom_tui.protocol.fields import Vote
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.select import decision_in_view
from boardroom_tui.ui.widgets.vote_card import VoteScene, card, nothing, strip
from boardroom_tui.ui.widgets.vote_words import shares

_MOVING_SECONDS = 0.4
_FULL_HEIGHT = 11
"""From so many lines on there is room for the whole card."""


class VotePane(VerticalScroll):
    """The open decision, and its verdict until the next one opens.

    From 11 lines on it is a whole card, below that a strip of up to four lines.
    """

    DEFAULT_CSS = """
    VotePane {
        height: auto;
        background: $surface;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(
        self,
        *,
        zone: tzinfo | None = None,
        vote_key: str = "v",
        object_key: str = "n",
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """`zone` is where the reader's clock stands; the keys are those that the hint names."""
        super().__init__(id=id)
        self._card = VoteCard()
        self._zone = zone
        self._vote_key = vote_key
        self._object_key = object_key

    def compose(self) -> ComposeResult:
        yield self._card

    def show(
        self,
        meeting: Meeting,
        now: datetime,
        open_key: str | None = None,
        comments: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        """Show the decision in view as it stands; call it each second while time runs.

        `open_key` is the key that opens a vote, for somebody who may; `comments` are those on
        secret ballots, by decision, for somebody who may read them.
        """
        self._card.open_key = open_key
        view = decision_in_view(meeting)
        if view is None:
            self._card.scene = None
            return
        told = comments.get(view.decision_id, ())
        self._card.scene = VoteScene(
            meeting, view, now, self._zone, self._vote_key, self._object_key, told
        )

    @property
    def shown_id(self) -> str | None:
        """The decision that is shown."""
        return None if self._card.scene is None else self._card.scene.view.decision_id

    def on_resize(self) -> None:
        self._card.is_strip = self.size.height < _FULL_HEIGHT


class VoteCard(Widget):
    """The lines of a decision; its bars move to where they belong."""

    DEFAULT_CSS = """
    VoteCard { height: auto; width: 1fr; }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    scene: reactive[VoteScene | None] = reactive[VoteScene | None](None, layout=True)
    open_key: reactive[str | None] = reactive[str | None](None, layout=True)
    is_strip: reactive[bool] = reactive(False, layout=True)
    approve: reactive[float] = reactive(0.0)
    reject: reactive[float] = reactive(0.0)
    abstain: reactive[float] = reactive(0.0)

    def watch_scene(self, before: VoteScene | None, scene: VoteScene | None) -> None:
        """Let the bars move; those of another decision begin where they belong."""
        wanted = dict.fromkeys(Vote, 0.0) if scene is None else shares(scene.view)
        same = (
            before is not None
            and scene is not None
            and before.view.decision_id == scene.view.decision_id
        )
        for vote, share in wanted.items():
            if same and share != getattr(self, vote):
                self.animate(vote, share, duration=_MOVING_SECONDS)
            elif not same:
                setattr(self, vote, share)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are to say."""
        return len(self._lines(width))

    def render(self) -> RenderResult:
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        width = max(16, width)
        if self.scene is None:
            return nothing(width, self.open_key)
        moving = {
            Vote.APPROVE: self.approve,
            Vote.REJECT: self.reject,
            Vote.ABSTAIN: self.abstain,
        }
        return (strip if self.is_strip else card)(self.scene, moving, width)
