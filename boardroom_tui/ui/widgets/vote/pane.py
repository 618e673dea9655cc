"""The vote everybody looks at: what is decided, by which rule, how it stands, one's own vote."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size

from boardroom_tui.state.model import Meeting
from boardroom_tui.state.select import decision_in_view, is_known, open_decisions
from boardroom_tui.ui.widgets.plain_lines import PlainLines
from boardroom_tui.ui.widgets.vote.card import (
    VoteScene,
    before,
    card,
    condensed,
    in_few_words,
    in_one_line,
    nothing,
    strip,
    top_of_card,
    top_of_strip,
)

_STRIP_HEIGHT = 4
"""In so many lines there is room for a strip alone."""
_FULL_HEIGHT = 11
_LEAST_WIDTH = 16

Top = Callable[[VoteScene, int], Content]
"""Draws the first line of a vote in so many cells."""


class VotePane(VerticalScroll):
    """The open decision, and its verdict until the next one opens.

    It is a whole card where that fits, at need without blank lines, above what was decided before,
    else the strip above what that leaves out; in up to four lines the strip alone, or a single one.
    Of several open votes it shows the one opened last, until another is gone on to.
    """

    DEFAULT_CSS = """
    VotePane {
        height: auto;
        background: $surface;
        scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "go_on(1)", show=False),
        Binding("left", "go_on(-1)", show=False),
    ]

    def __init__(
        self,
        *,
        zone: tzinfo | None = None,
        vote_key: str = "v",
        object_key: str = "n",
        next_key: str = "→",
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """`zone` is where the reader's clock stands; the keys are those that the hints name."""
        super().__init__(id=id)
        self._card = VoteCard()
        self._zone = zone
        self._keys = (vote_key, object_key, next_key)
        self._open: tuple[str, ...] = ()
        self._scene: VoteScene | None = None
        self.chosen_id: str | None = None
        """The open decision that was gone on to; None shows the one opened last."""

    def compose(self) -> ComposeResult:
        yield self._card

    def show(
        self,
        meeting: Meeting,
        now: datetime,
        open_key: str | None = None,
        comments: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        *,
        connected: bool = True,
    ) -> None:
        """Show the decision in view as it stands; call it each second while time runs.

        `open_key` is the key that opens a vote, for somebody who may; `comments` are those on
        secret ballots, by decision, for somebody who may read them. Unless `connected` one's vote
        waits.
        """
        self._notice_opened(meeting)
        view = decision_in_view(meeting, self.chosen_id)
        self._scene = None
        if view is not None:
            vote_key, object_key, next_key = self._keys
            told = comments.get(view.decision_id, ())
            self._scene = VoteScene(
                *(meeting, view, now, self._zone, vote_key, object_key, told, next_key),
                connected=connected,
            )
        self._card.show(self._scene, open_key, is_known=is_known(meeting))

    def pass_time(self, now: datetime) -> None:
        """Show how much time is left, where nothing else is new."""
        if self._scene is not None:
            self._scene = replace(self._scene, now=now)
            self._card.pass_time(self._scene)

    @property
    def is_open(self) -> bool:
        """Whether what is shown is being voted on."""
        return self._scene is not None and self._scene.view.is_open

    @property
    def shown_id(self) -> str | None:
        """The decision that is shown."""
        return None if self._scene is None else self._scene.view.decision_id

    @property
    def in_few_words(self) -> partial[Content] | None:
        """What draws the vote that is shown in so many cells; None while none is open."""
        return partial(in_few_words, self._scene) if self._scene and self.is_open else None

    @property
    def with_its_key(self) -> Callable[[int], Content] | None:
        """The same with the key that votes."""
        drawn = self.in_few_words
        return None if drawn is None else partial(drawn, keyed=True)

    def action_go_on(self, by: int) -> None:
        """Show the next of the open votes, after the last the first again."""
        if self._scene is None or self.shown_id not in self._open:
            return
        place = self._open.index(self.shown_id) + by
        self.chosen_id = self._open[place % len(self._open)]
        self.show(self._scene.meeting, self._scene.now, connected=self._scene.connected)
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        self._card.height_given = self.size.height
        self._card.draw()
        # Where sizes change at once Textual may lay it out for the last one, and tell nobody.
        self.call_after_refresh(self._card.draw)

    def _notice_opened(self, meeting: Meeting) -> None:
        """A vote that has just opened is the one to be seen."""
        being_voted = tuple(view.decision_id for view in open_decisions(meeting))
        if self.chosen_id not in being_voted or set(being_voted) - set(self._open):
            self.chosen_id = None
        self._open = being_voted


class VoteCard(PlainLines):
    """The lines of a decision; only those are drawn anew that say something else."""

    DEFAULT_CSS = """
    VoteCard { height: auto; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.height_given = _FULL_HEIGHT
        """How many lines the pane has."""
        self._scene: VoteScene | None = None
        self._open_key: str | None = None
        self._is_known = False
        self._lines: list[Content] = []
        self._top: Top = top_of_card
        """What draws the first of them, in which the time runs."""

    def show(self, scene: VoteScene | None, open_key: str | None, *, is_known: bool) -> None:
        """Show this, or that there is nothing yet, where that is known."""
        self._scene, self._open_key, self._is_known = scene, open_key, is_known
        self.draw()

    def draw(self) -> None:
        """Draw the lines that have changed; where there are more or fewer, all."""
        self._top, lines = self._drawn(self.content_size.width)
        # Room may have been made for another height of the pane than it has by now.
        has_other_room = self.size.height not in (0, len(lines))
        if len(lines) != len(self._lines) or has_other_room:
            self._lines = lines
            self.refresh(layout=True)
            return
        for place, line in enumerate(lines):
            self._set_line(place, line)

    def pass_time(self, scene: VoteScene) -> None:
        """Draw the time that is left, where nothing else is new."""
        self._scene = scene
        if scene.others:
            self.draw()  # theirs stand further below
        elif self._lines:
            self._set_line(0, self._top(scene, max(_LEAST_WIDTH, self.content_size.width)))

    def _set_line(self, place: int, line: Content) -> None:
        if not line.is_same(self._lines[place]):
            self._lines[place] = line
            self.refresh(Region(0, place, self.content_size.width, 1))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are to say."""
        return len(self._drawn(width)[1])

    def on_resize(self) -> None:
        self.draw()

    def line(self, y: int, width: int) -> Content:
        """One of those drawn last."""
        return self._lines[y] if y < len(self._lines) else Content()

    def _drawn(self, width: int) -> tuple[Top, list[Content]]:
        width = max(_LEAST_WIDTH, width)
        if self._scene is None:
            return top_of_card, nothing(width, self._open_key) if self._is_known else []
        if self.height_given == 1:
            return in_one_line, [in_one_line(self._scene, width)]
        if self.height_given <= _STRIP_HEIGHT:
            return top_of_strip, strip(self._scene, width)
        whole = card(self._scene, width)
        room = self.height_given - len(whole)
        if room < 0:
            dense = [line for line in whole if line.plain]
            if len(dense) <= self.height_given:
                return top_of_card, dense
            return top_of_strip, condensed(self._scene, width)
        return top_of_card, [*whole, *before(self._scene, width, room)]
