"""The panes of a meeting: where they stand, and how one goes about them.

What they show is the meeting screen's.
"""

from dataclasses import replace
from typing import Literal, assert_never, cast

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from boardroom_tui.ui.look.arrangement import (
    CLASSES,
    SIDE_BY_SIDE,
    STEP,
    Arrangement,
    Pane,
    border_at,
    divided,
    dragged,
    fitted,
    is_side_by_side,
    resized,
    too_small,
)
from boardroom_tui.ui.terminal.painted_at_once import PaintedAtOnce
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


class Panes(PaintedAtOnce[None]):
    """Agenda and people, conversation, vote: side by side, or one at a time.

    With their keys and their borders.
    """

    class Dragged(Message):
        """The mouse let go of a border that it had moved."""

    def __init__(self, chat: ChatPane, vote: VotePane) -> None:
        """What is shown in the conversation and for the vote; their ids are these names."""
        super().__init__()
        self.header = MeetingHeader(id="header")
        self.strip = RowLine(id="strip")
        self.notice = Static(id="notice", markup=False)
        self.talks = ConversationLine(id="talks")
        self.agenda = AgendaPane(id="agenda")
        self.people = PresencePane(id="people")
        self.chat = chat
        self.vote = vote
        self.composer = Composer(id="composer")
        self.keys = KeyLine(id="keys")
        self.follow_ups = FollowUps(id="follow-ups")
        self.too_small = Static(id="too-small", markup=False)
        self._left = Vertical(id="left")
        self._own_arrangement = Arrangement()
        self._had_focus: Widget | None = None
        """What had the keys before the terminal became too small."""
        self._held: tuple[Pane, Arrangement] | None = None
        """Whose border the mouse has hold of, and how the panes stood when it took it.

        The people's is the one with the agenda above.
        """

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

    @property
    def next_arrangement(self) -> Arrangement:
        """How the next start has them: it begins in the conversation, and maximises no other."""
        here, elsewhere = self._own_arrangement, ("-show-agenda", "-show-people", "-show-vote")
        return replace(here, maximised=here.maximised and not any(map(self.has_class, elsewhere)))

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

    @property
    def is_writing(self) -> bool:
        """Whether what one types is text: in the writing line, or what is searched for."""
        focused = self.focused
        writes = focused is not None and self.composer in focused.ancestors_with_self
        return writes or self.chat.is_searching

    @property
    def place_of_votes(self) -> Literal["beside", "above"] | None:
        """Where the conversation has a vote that there is news of, in more than a line."""
        # Not by the classes for it: at the beginning there are none yet.
        if not is_side_by_side(self._own_arrangement, self.size.width):
            elsewhere = self.has_class("-show-agenda") or self.has_class("-show-people")
            return None if elsewhere else "above"
        return "above" if "vote" in self._own_arrangement.hidden else "beside"

    @property
    def pane_in_use(self) -> Pane:
        """The pane that has the keys; one writes in the conversation."""
        # Not `has_focus`, which a widget learns only once it is told.
        focused = self.focused
        if focused is self.agenda:
            return "agenda"
        if focused is self.people:
            return "people"
        return "vote" if focused is self.vote else "chat"

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
                if self.focused is self.vote:
                    self.vote.action_go_on(1)
                self.set_focus(self.vote)
            case _:
                assert_never(pane)

    def write(self) -> None:
        """Give the keys to the writing line, with the conversation above it."""
        self.bring_forward("chat")
        self.composer.focus_field()

    def maximise(self) -> str | None:
        """Give all to the pane in use, or show the others again; or why that cannot be."""
        if self.size.width < SIDE_BY_SIDE:
            return ONE_AT_A_TIME
        self.bring_forward(self.pane_in_use)
        is_so = self._own_arrangement.maximised
        self.rearrange(replace(self._own_arrangement, maximised=not is_so))
        return None

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

    def get_focusable_widget_at(self, x: int, y: int) -> Widget | None:
        """What a click there gives the keys to; who takes hold of a border goes on writing."""
        return None if self._border_at(x, y) else super().get_focusable_widget_at(x, y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        pane = self._border_at(*event.screen_offset)
        if pane is not None and event.button == 1:
            self._held = pane, self._own_arrangement
            self.clear_selection()
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        x, y = event.screen_offset
        if self._held is None:
            border = self._border_at(x, y)
            across = "ns-resize" if border == "people" else "ew-resize"
            self.styles.pointer = "default" if border is None else across
        elif not event.button:
            self.release_mouse()  # let go of where this terminal did not hear of it
        else:
            wanted = self._dragged(self._held[0], x, y)
            if wanted != self._own_arrangement:
                self.rearrange(wanted)

    def on_mouse_up(self) -> None:
        self.release_mouse()

    def on_mouse_release(self) -> None:
        if self._held is not None and self._held[1] != self._own_arrangement:
            self.post_message(self.Dragged())
        self._held = None

    def on_screen_suspend(self) -> None:
        self.release_mouse()

    def on_screen_resume(self) -> None:
        if self.chat.is_mounted:
            self.chat.look()

    def bring_forward(self, pane: Pane) -> None:
        """Show a pane, where there is room for only one."""
        # A view that stands in the meeting's place, and is no dialog, gives way.
        app = cast("App[object]", self.app)  # pyright: ignore[reportUnknownMemberType]
        if app.screen is not self and not app.screen.is_modal:
            app.pop_screen()
        self.update_classes(
            {f"-show-{name}": name == pane for name in ("agenda", "people", "vote")}
        )

    def title_at(self, x: int, y: int) -> Pane | None:
        """The pane whose title, the line at its top, is there."""
        widget, region = self.get_widget_at(x, y)
        titled: dict[Widget, Pane] = {
            self.agenda: "agenda",
            self.people: "people",
            self.chat: "chat",
            self.vote: "vote",
        }
        has_title = y == region.y and bool(widget.styles.border_top[0])
        return titled.get(widget) if has_title else None

    def _fit(self, room: Size) -> None:
        """Arrange the panes for the room that there is."""
        width, height = room
        fit = fitted(self._own_arrangement, width, height)
        # All at once, for the same reason.
        self.update_classes({name: name in fit.classes for name in CLASSES})
        self._left.styles.width = fit.left
        self.agenda.styles.height = fit.agenda
        self.agenda.styles.max_height = None if fit.agenda is None else "100%"
        self.vote.styles.width = fit.right
        self.too_small.update(too_small(width, height))

    def _border_at(self, x: int, y: int) -> Pane | None:
        """A pane of the column whose border is there, and not something that stands over it.

        The people where it is their border with the agenda above them.
        """
        widget, region = self.get_widget_at(x, y)
        pane = border_at(self._own_arrangement, x, self.size.width)
        beside = (self.agenda, self.people, self.chat, self.composer, self.vote)
        if pane is not None and widget in beside and x in (region.x, region.right - 1):
            return pane
        rows: dict[Widget, int] = {self.agenda: region.bottom - 1, self.people: region.y}
        has_both = self.agenda.display and self.people.display and not self.has_class("-short")
        return "people" if has_both and rows.get(widget) == y else None

    def _dragged(self, pane: Pane, x: int, y: int) -> Arrangement:
        """With the border that the mouse has hold of where the mouse is."""
        if pane != "people":
            return dragged(self._own_arrangement, pane, x, self.size.width)
        agenda = self.agenda.region
        # Both frames are the border: the last line of one pane, and the first of the next.
        lines = y - agenda.y + (y < agenda.bottom)
        return divided(self._own_arrangement, lines, self.size.height)
