"""The one screen: it hands each pane its slice of the meeting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from operator import attrgetter
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingsMap, BindingType
from textual.content import Content

from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.private import in_private
from boardroom_tui.state.select import current_item, decision_in_view, is_known, open_decisions
from boardroom_tui.ui.attention.notices import AtDecision, News
from boardroom_tui.ui.command import CommandId, display_of, reason_against
from boardroom_tui.ui.commands import DECLARED, Commands
from boardroom_tui.ui.keys.bindings import key_bindings
from boardroom_tui.ui.keys.hints import WAY_OUT
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.screens.panes import Panes
from boardroom_tui.ui.screens.scene import (
    Scene,
    closed_reason,
    has_news_of_votes,
    header_slice,
    in_silence,
    notice,
    talks,
)
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.agenda import agenda_line, agenda_rows, item_key
from boardroom_tui.ui.widgets.chat.pane import ChatPane
from boardroom_tui.ui.widgets.conversation_line import PRIVATE
from boardroom_tui.ui.widgets.key_line import KeyHint, KeyLine
from boardroom_tui.ui.widgets.presence import presence_rows
from boardroom_tui.ui.widgets.vote.pane import VotePane
from boardroom_tui.ui.words.signs import held_chat

_AT_ANY_TIME = datetime.min.replace(tzinfo=UTC)
_IN_CHAT = attrgetter("chat", "earlier", "outgoing", "typing", "people", "own_id")
"""What the conversation shows of a meeting."""


class MeetingScreen(Panes):
    """A meeting: each pane is handed its slice of it, and a key gives its command."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("slash", "begin_command", show=False),
        *(
            Binding(f"alt+{number}", f"go_to({number})", show=False, priority=True)
            for number in range(1, 10)
        ),
    ]

    def __init__(
        self, scene: Scene, commands: Commands = DECLARED, *, zone: tzinfo | None = None
    ) -> None:
        """`zone` is where times are shown, None this machine's."""
        vote = VotePane(
            id="vote",
            zone=zone,
            vote_key=commands.key(CommandId.APPROVE),
            object_key=commands.key(CommandId.REJECT),
            next_key=f"{commands.key(CommandId.VOTE)} →",
        )
        super().__init__(ChatPane(id="chat", zone=zone), vote)
        # A key of the screen's own goes before a command's.
        keys = BindingsMap(key_bindings(commands)).key_to_bindings
        self._bindings = BindingsMap.from_keys(keys | self._bindings.key_to_bindings)
        self.composer.answer_key = commands.key(CommandId.REPLY)
        self._commands = commands
        self._scene = scene
        self._zone = zone
        self._in_chat: tuple[object, ...] = ()
        """What the conversation was handed last: drawing it is what costs most on this screen."""
        self._beside: Scene | None = None
        """What was shown last around the conversation, without time."""
        self._minute: datetime | None = None
        """In which all was looked at last."""
        self._found_open: frozenset[str] | None = None
        """The votes that were open as the meeting was there first, and still are."""
        self.give: Callable[[CommandId], object] = lambda _: None
        """Does what a command says, as soon as it is asked for."""
        self.go_to: Callable[[int], object] = lambda _: None
        """Goes to a conversation, by its place among them."""

    def on_mount(self) -> None:
        self.vote.border_title = "Vote"
        self.keys.hints = WAY_OUT
        self.show(self._scene)
        self.composer.focus_field()

    def show(self, scene: Scene) -> None:
        """Hand each pane its slice; a pane whose slice is the same draws nothing.

        That only time has passed is no reason to look what the panes show.
        """
        self._scene = scene
        self._look_around(scene.meeting)
        self._show_conversation(scene)
        if (beside := _beside(scene)) != self._beside:
            self._beside = beside
            self._show_beside(scene)

    def pass_time(self, scene: Scene) -> None:
        """Show what counts seconds, where nothing else is new; with each minute, all there is."""
        meeting, now = scene.meeting, scene.meeting_time
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._beside = None
        if self._beside is None or replace(scene, now=self._scene.now) != self._scene:
            self.show(scene)
            return
        self._scene = scene
        self.header.slice = header_slice(scene, self._zone)
        self.strip.row = agenda_line(meeting, now)
        self.agenda.show_time(meeting, now)
        if meeting.speakers.speaking is not None:
            self._show_people(scene)
        if self.vote.is_open:
            self.vote.pass_time(now)
        elif self.has_class("-voting"):
            self._show_vote(scene)  # a verdict, for so long
        if scene.connection.held:
            self._show_conversation(scene)
        if scene.connection.phase is not Phase.READY:
            self._show_notice(scene)

    def _show_beside(self, scene: Scene) -> None:
        """What stands around the conversation."""
        meeting, now = scene.meeting, scene.meeting_time
        self.header.slice = header_slice(scene, self._zone)
        self.strip.row = agenda_line(meeting, now)
        self.agenda.rows = agenda_rows(meeting, now)
        current = current_item(meeting)
        self.agenda.preferred = None if current is None else item_key(current.id)
        self._show_people(scene)
        self._show_vote(scene)
        self._show_notice(scene)

    def _show_people(self, scene: Scene) -> None:
        here, now = scene.conversation or (), scene.meeting_time
        self.people.rows = presence_rows(scene.meeting, now, here, dark=scene.dark, zone=self._zone)

    def begin(self, scene: Scene, unseen: int) -> None:
        """Show another conversation from its end, with a mark above what came meanwhile."""
        self._in_chat = ()
        self.chat.begin(in_private(scene.meeting, scene.privacy, scene.conversation), unseen)
        self.show(scene)

    def on_descendant_focus(self) -> None:
        self._show_way_in()

    def on_descendant_blur(self) -> None:
        self._show_way_in()

    def _show_way_in(self) -> None:
        """Above the writing line: who reads what one types, or that it is commands."""
        switch = self._commands[CommandId.SWITCH]
        keys = " or ".join(display_of(key) for key in (*switch.keys, switch.letter) if key)
        self.composer.way_in = None if self.is_writing else f"Keys · {keys} writes"

    def show_hints(self, hints: tuple[KeyHint, ...]) -> None:
        """The keys that do something now."""
        self.keys.hints = hints

    def shows(self, news: News, scene: Scene) -> bool:
        """Whether it is in sight once the scene is drawn, so that no more has to be said of it."""
        if news.shown_in == "chat":
            return self.chat.display and scene.conversation is None
        view = decision_in_view(scene.meeting, self.vote.chosen_id)
        place = news.place
        if view is None or not isinstance(place, AtDecision) or news.shown_in is None:
            return False
        if not same(Kind.DECISION, view.decision_id, place.decision_id):
            return False
        self._look_around(scene.meeting)
        if self.place_of_votes == "beside":
            # What was there as one came in does not have to be pointed at.
            return news.shown_in == "vote" or view.decision_id in (self._found_open or ())
        has_strip = has_news_of_votes(scene.meeting, scene.meeting_time)
        return self.place_of_votes == "above" and has_strip

    def _look_around(self, meeting: Meeting) -> None:
        found = self._found_open
        if found or (found is None and is_known(meeting)):
            still = frozenset(view.decision_id for view in open_decisions(meeting))
            self._found_open = still if found is None else found & still

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space is text while one writes."""
        return not (action == "begin_sequence" and self.is_writing)

    def action_begin_sequence(self) -> None:
        """Wait for the key that says what to do."""
        self.give(CommandId.MORE)

    def action_command(self, command: str) -> None:
        """Ask for a command."""
        self.give(CommandId(command))

    def action_go_to(self, number: int) -> None:
        """Go to the conversation that stands there among them, everybody’s the first."""
        self.go_to(number)

    def action_begin_command(self) -> None:
        """Begin a command in the writing line, or find one where that has something else.

        What follows the slash would be said with it, to everybody.
        """
        if self.composer.text:
            self.give(CommandId.PALETTE)
            return
        self.write()
        self.composer.begin_command()

    def action_page(self, direction: int) -> None:
        """Scroll the conversation by a screenful."""
        self.chat.page(direction)

    def on_click(self, event: events.Click) -> None:
        pane = self.title_at(*event.screen_offset) if event.chain == 2 else None
        if pane is not None:
            self.clear_selection()  # a double click selects a whole pane, too
            if pane != self.pane_in_use:
                self.focus_pane(pane)
            self.give(CommandId.MAXIMISE)

    def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        event.stop()
        self.action_command(event.command)

    def _show_conversation(self, scene: Scene) -> None:
        audience = scene.audience
        self.talks.talks = talks(scene)
        self.update_classes({"-talks": bool(scene.privacy.rooms), "-private": audience.is_private})
        title = f"{PRIVATE} In private" if audience.is_private else "Conversation"
        if self.chat.border_title != title:
            # Textual draws the whole pane again for it.
            self.chat.border_title = title
        shown = in_private(scene.meeting, scene.privacy, scene.conversation)
        connected = scene.connection.phase is Phase.READY
        held = held_chat(scene.connection, scene.now)
        invites = scene.obstacle is None and closed_reason(scene) is None
        in_chat = (*_IN_CHAT(shown), connected, tuple(held), invites)
        if in_chat != self._in_chat:
            self._in_chat = in_chat
            self.chat.show(shown, connected=connected, held=held, invites=invites)
        self.composer.audience = audience
        self.composer.closed = closed_reason(scene)
        self.composer.obstacle = scene.obstacle

    def _show_vote(self, scene: Scene) -> None:
        meeting, now = scene.meeting, scene.meeting_time
        view = decision_in_view(meeting)
        is_new = has_news_of_votes(meeting, now)
        self.vote.update_classes({"-open": view is not None and view.is_open, "-now": is_new})
        self.set_class(is_new, "-voting")
        opens = self._commands[CommandId.OPEN]
        leads = reason_against(opens, Situation(meeting)) is None
        open_key = opens.shown_key if leads else None
        connected = scene.connection.phase is Phase.READY
        self.vote.show(meeting, now, open_key, scene.privacy.comments, connected=connected)

    def _show_notice(self, scene: Scene) -> None:
        words = notice(scene, self._commands, self._zone, self.size.width - 2)
        self.notice.set_class(words is not None, "-shown")
        if words is not None:
            self.notice.update(Content(words))


def _beside(scene: Scene) -> Scene:
    """What is shown around the conversation, at any time."""
    return replace(scene, meeting=in_silence(scene.meeting), now=_AT_ANY_TIME)
