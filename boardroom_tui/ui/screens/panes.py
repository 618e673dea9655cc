"""The panes of a meeting and where they stand; what they show is the meeting screen's."""

from dataclasses import replace
from typing import assert_never, cast

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from boardroom_tui.ui.look.arrangement import (
    CLASSES,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    STEP,
    Arrangement,
    Pane,
    fitted,
    is_side_by_side,
    resized,
)
from boardroom_tui.ui.widgets.agenda import AgendaPane
from boardroom_tui.ui.widgets.chat.pane import ChatPane
from boardroom_tui.ui.widgets.composer import Composer
from boardroom_tui.ui.widgets.conversation_line import ConversationLine
from boardroom_tui.ui.widgets.follow_ups import FollowUps
from boardroom_tui.ui.widgets.header import MeetingHeader
from boardroom_tui.ui.widgets.key_line import KeyLine
from boardroom_tui.ui.widgets.presence import PresencePane
from boardroom_tui.ui.widgets.rows import RowLine
from boardroom_tui.ui.widgets.vote.pane import VotePane

ONE_AT_A_TIME = "One pane is shown at a time here; there is nothing beside it."


class Panes(Screen[None]):
    """Agenda and people, conversation, vote: side by side, or one at a time."""

    def __init__(self, chat: ChatPane, vote: VotePane) -> None:
        super().__init__()
        self.header = MeetingHeader(id="header")
        self.strip = RowLine(id="strip")
        self.notice = Static(id="notice", markup=False)
        self.agenda = AgendaPane(id="agenda")
        self.people = PresencePane(id="people")
        self.talks = ConversationLine(id="talks")
        self.chat = chat
        self.composer = Composer(id="composer")
        self.vote = vote
        self.keys = KeyLine(id="keys")
        self.follow_ups = FollowUps(id="follow-ups")
        self.too_small = Static(id="too-small", markup=False)
        self._left = Vertical(id="left")
        self._own_arrangement = Arrangement()

    def compose(self) -> ComposeResult:
        """The panes, in the order of the tab key."""
        # Before any is there: each change of a class has every widget below look for its rules.
        self._fit(cast("App[object]", self.app).size)  # pyright: ignore[reportUnknownMemberType]
        yield self.too_small
        yield self.header
        yield self.notice
        yield self.strip
        with Horizontal(id="columns"):
            with self._left:
                yield self.agenda
                yield self.people
            with Vertical(id="middle"):
                yield self.talks
                yield self.chat
                yield self.composer
            yield self.vote
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

    @property
    def is_writing(self) -> bool:
        """Whether what one types is text: in the writing line, or what is searched for."""
        focused = self.focused
        writes = focused is not None and self.composer in focused.ancestors_with_self
        return writes or self.chat.is_searching

    @property
    def has_vote_strip(self) -> bool:
        """Whether the vote stands right above the conversation, in more than a line."""
        if self.has_class("-narrow"):
            elsewhere = self.has_class("-show-agenda") or self.has_class("-show-people")
            return self.vote.display and not elsewhere
        return self.vote.display and self.has_class("-no-vote")

    @property
    def pane_in_use(self) -> Pane:
        """The pane that has the keys; one writes in the conversation."""
        if self.agenda.has_focus:
            return "agenda"
        if self.people.has_focus:
            return "people"
        return "vote" if self.vote.has_focus else "chat"

    def focus_pane(self, pane: Pane) -> None:
        """Show a pane, hidden or with room for only one, and give it the keys."""
        self.rearrange(self._own_arrangement.showing(pane))
        self.bring_forward(pane)
        match pane:
            case "chat":
                self.chat.focus_list()
            case "agenda":
                self.set_focus(self.agenda)
            case "people":
                self.set_focus(self.people)
            case "vote":
                # Once it has the keys, the same key goes through the open votes.
                if self.vote.has_focus:
                    self.vote.action_go_on(1)
                self.set_focus(self.vote)
            case _:
                assert_never(pane)

    def write(self) -> None:
        """Give the keys to the writing line, with the conversation above it."""
        self.bring_forward("chat")
        self.composer.focus_field()

    def maximise(self) -> None:
        """Give the whole screen to the pane in use, or show all of them again."""
        self.bring_forward(self.pane_in_use)
        is_so = self._own_arrangement.maximised
        self.rearrange(replace(self._own_arrangement, maximised=not is_so))

    def hide(self) -> str | None:
        """Hide the pane in use and go to the conversation; or the reason why that cannot be."""
        pane = self.pane_in_use
        if not is_side_by_side(self._own_arrangement, self.size.width):
            return ONE_AT_A_TIME
        if pane == "chat":
            return "The conversation stays. Go to another pane first; what one is in is hidden."
        self.rearrange(self._own_arrangement.hiding(pane))
        self.focus_pane("chat")
        return None

    def widen(self, steps: int) -> str | None:
        """Make the pane in use wider, or narrower; or the reason why that cannot be."""
        width = self.size.width
        if not is_side_by_side(self._own_arrangement, width):
            return ONE_AT_A_TIME
        wanted = resized(self._own_arrangement, self.pane_in_use, steps * STEP, width)
        if wanted == self._own_arrangement:
            return "There is no room for that."
        self.rearrange(wanted)
        return None

    def on_screen_resume(self) -> None:
        if self.chat.is_mounted:
            self.chat.look()

    def on_resize(self) -> None:
        self._fit(self.size)

    def bring_forward(self, pane: Pane) -> None:
        """Show a pane, where there is room for only one."""
        # A view that stands in the meeting's place, and is no dialog, gives way.
        app = cast("App[object]", self.app)  # pyright: ignore[reportUnknownMemberType]
        if app.screen is not self and not app.screen.is_modal:
            app.pop_screen()
        self.update_classes(
            {f"-show-{name}": name == pane for name in ("agenda", "people", "vote")}
        )

    def _fit(self, room: Size) -> None:
        """Arrange the panes for the room that there is."""
        width, height = room
        fit = fitted(self._own_arrangement, width, height)
        # All at once, for the same reason.
        self.update_classes({name: name in fit.classes for name in CLASSES})
        self._left.styles.width = fit.left
        self.vote.styles.width = fit.right
        self.too_small.update(
            f"This terminal is too small: {width} × {height}. "
            f"The meeting needs {LEAST_WIDTH} × {LEAST_HEIGHT}."
        )
