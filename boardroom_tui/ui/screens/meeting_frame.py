"""Where the panes of a meeting stand, whatever is in them: the same before anything is there."""

from pathlib import Path
from typing import cast

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from boardroom_tui.ui.look.arrangement import CLASSES, Arrangement, fitted, too_small
from boardroom_tui.ui.widgets.composer import Composer
from boardroom_tui.ui.widgets.conversation_line import ConversationLine
from boardroom_tui.ui.widgets.follow_ups import FollowUps
from boardroom_tui.ui.widgets.header import MeetingHeader
from boardroom_tui.ui.widgets.key_line import KeyLine
from boardroom_tui.ui.widgets.rows import RowLine


class MeetingFrame(Screen[None]):
    """Agenda and people, conversation, vote: side by side, or one at a time."""

    CSS_PATH = Path(__file__).with_name("meeting.tcss")

    def __init__(self, *, agenda: Widget, people: Widget, chat: Widget, vote: Widget) -> None:
        """The panes have these names for their ids."""
        super().__init__()
        self.header = MeetingHeader(id="header")
        self.strip = RowLine(id="strip")
        self.notice = Static(id="notice", markup=False)
        self.talks = ConversationLine(id="talks")
        self.composer = Composer(id="composer")
        self.keys = KeyLine(id="keys")
        self.follow_ups = FollowUps(id="follow-ups")
        self.too_small = Static(id="too-small", markup=False)
        self._panes = agenda, people, chat, vote
        self._left = Vertical(id="left")
        self._own_arrangement = Arrangement()
        self._had_focus: Widget | None = None
        """What had the keys before the terminal became too small."""

    def compose(self) -> ComposeResult:
        """The panes, in the order of the tab key."""
        # Before any is there: each change of a class has every widget below look for its rules.
        self._fit(cast("App[object]", self.app).size)  # pyright: ignore[reportUnknownMemberType]
        agenda, people, chat, vote = self._panes
        yield self.too_small
        yield self.header
        yield self.notice
        yield self.strip
        with Horizontal(id="columns"):
            with self._left:
                yield agenda
                yield people
            with Vertical(id="middle"):
                yield self.talks
                yield chat
                yield self.composer
            yield vote
        yield self.keys
        yield self.follow_ups

    @property
    def arrangement(self) -> Arrangement:
        """How the user has the panes."""
        return self._own_arrangement

    def rearrange(self, arrangement: Arrangement) -> None:
        """Have them like this."""
        self._own_arrangement = arrangement
        if self.is_mounted:
            self._fit(self.size)

    def on_resize(self) -> None:
        was_too_small, focused = self.has_class("-too-small"), self.focused
        self._fit(self.size)
        is_too_small = self.has_class("-too-small")
        if is_too_small and not was_too_small:
            self._had_focus = focused
        if was_too_small and not is_too_small and self._had_focus is not None:
            # What is hidden loses the keys, and what one goes on writing would be commands.
            self.call_after_refresh(self.set_focus, self._had_focus)

    def _fit(self, room: Size) -> None:
        """Arrange the panes for the room that there is."""
        width, height = room
        fit = fitted(self._own_arrangement, width, height)
        # All at once, for the same reason.
        self.update_classes({name: name in fit.classes for name in CLASSES})
        self._left.styles.width = fit.left
        agenda, *_, vote = self._panes
        agenda.styles.height = fit.agenda
        agenda.styles.max_height = None if fit.agenda is None else "100%"
        vote.styles.width = fit.right
        self.too_small.update(too_small(width, height))
