"""The one screen: it hands each pane its slice of the meeting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import ClassVar, Literal, cast

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.state.model import Meeting, Outgoing
from boardroom_tui.state.private import Privacy, in_private, is_compared, others_in, why_not_to
from boardroom_tui.state.select import (
    current_item,
    decision_in_view,
    is_shut_out,
    may_facilitate,
    may_write,
    quorum,
)
from boardroom_tui.ui.command import CommandId, reason_against
from boardroom_tui.ui.commands import BY_ID, DECLARED, Commands
from boardroom_tui.ui.durations import time_of_day
from boardroom_tui.ui.interruption import interruption
from boardroom_tui.ui.key_bindings import key_bindings
from boardroom_tui.ui.link import Connection, Phase
from boardroom_tui.ui.signs import connection_sign, held_chat, notices_sign, phase_sign, quorum_sign
from boardroom_tui.ui.situation import REPLAY, Situation
from boardroom_tui.ui.widgets.agenda import AgendaPane, agenda_line, agenda_rows, item_key
from boardroom_tui.ui.widgets.audience import Audience
from boardroom_tui.ui.widgets.chat_pane import ChatPane
from boardroom_tui.ui.widgets.composer import Composer
from boardroom_tui.ui.widgets.conversation_line import PRIVATE, ConversationLine, Talk
from boardroom_tui.ui.widgets.follow_ups import FollowUps
from boardroom_tui.ui.widgets.header import HeaderSlice, MeetingHeader
from boardroom_tui.ui.widgets.key_line import KeyHint, KeyLine
from boardroom_tui.ui.widgets.presence import PresencePane, presence_rows
from boardroom_tui.ui.widgets.rows import RowLine
from boardroom_tui.ui.widgets.vote_pane import VotePane

Pane = Literal["chat", "agenda", "people", "vote"]

LEAST_WIDTH, LEAST_HEIGHT = 40, 10
WIDE, TALL = 110, 16
"""From here on all panes stand side by side, and have frames."""
HIGH = 24
"""From so many lines on toasts have room above the conversation's end."""
ROOMY = 20
"""From so many lines on the strip of an open vote has room for the rule."""

VERDICT_LASTS = timedelta(seconds=90)
"""So long a narrow screen keeps a verdict in sight."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the screen shows."""

    meeting: Meeting
    connection: Connection
    now: datetime
    dark: bool = True
    """Whether the theme is a dark one: names have colours for either."""
    privacy: Privacy = field(default_factory=Privacy)
    conversation: Conversation | None = None
    """The private conversation that is shown; None is everybody's."""
    unseen_by_all: int = 0
    """How much everybody has said meanwhile."""
    waiting: tuple[Outgoing, ...] = ()
    """What one has sent and the server has not taken, while there is no connection."""
    unread: int = 0
    """How many notices are not read yet."""

    @property
    def audience(self) -> Audience:
        """Who reads what is written now."""
        if self.conversation is None:
            return Audience()
        # A note to oneself has no others to name.
        others = others_in(self.meeting, self.conversation) or ("your other devices",)
        return Audience(others, is_compared(self.privacy, self.conversation))

    @property
    def obstacle(self) -> str | None:
        """Why nothing can be written in the private conversation now."""
        if self.conversation is None:
            return None
        return why_not_to(self.meeting, self.privacy, self.conversation)


class MeetingScreen(Screen[None]):
    """Agenda and people, conversation, vote: side by side, or one at a time."""

    CSS_PATH = Path(__file__).with_name("meeting.tcss")
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("slash", "begin_command", show=False),
    ]

    def __init__(
        self, scene: Scene, commands: Commands = DECLARED, *, zone: tzinfo | None = None
    ) -> None:
        """`zone` is where times are shown, None this machine's."""
        super().__init__()
        # A key of the screen's own goes before a command's.
        keys = BindingsMap(key_bindings(commands)).key_to_bindings
        self._bindings = BindingsMap.from_keys(keys | self._bindings.key_to_bindings)
        self._commands = commands
        self._scene = scene
        self._zone = zone
        self.give: Callable[[CommandId], object] = lambda _: None
        """Does what a command says, as soon as it is asked for."""
        self.header = MeetingHeader(id="header")
        self.strip = RowLine(id="strip")
        self.notice = Static(id="notice", markup=False)
        self.agenda = AgendaPane(id="agenda")
        self.people = PresencePane(id="people")
        self.talks = ConversationLine(id="talks")
        self.chat = ChatPane(id="chat", zone=zone)
        self.composer = Composer(id="composer")
        self.vote = VotePane(
            id="vote",
            zone=zone,
            vote_key=commands.key(CommandId.APPROVE),
            object_key=commands.key(CommandId.REJECT),
            next_key=f"{commands.key(CommandId.VOTE)} →",
        )
        self.keys = KeyLine(id="keys")
        self.follow_ups = FollowUps(id="follow-ups")
        self._is_maximised = False
        self.too_small = Static(id="too-small", markup=False)

    def compose(self) -> ComposeResult:
        """The panes, in the order of the tab key."""
        yield self.too_small
        yield self.header
        yield self.notice
        yield self.strip
        with Horizontal(id="columns"):
            with Vertical(id="left"):
                yield self.agenda
                yield self.people
            with Vertical(id="middle"):
                yield self.talks
                yield self.chat
                yield self.composer
            yield self.vote
        yield self.keys
        yield self.follow_ups

    def on_mount(self) -> None:
        self.vote.border_title = "Vote"
        self.show(self._scene)
        self.composer.focus_field()

    def show(self, scene: Scene) -> None:
        """Hand each pane its slice; a pane whose slice is the same draws nothing."""
        self._scene = scene
        meeting, now = scene.meeting, scene.now
        self.header.slice = header_slice(scene, self._zone)
        self.strip.row = agenda_line(meeting, now)
        self.agenda.rows = agenda_rows(meeting, now)
        current = current_item(meeting)
        self.agenda.preferred = None if current is None else item_key(current.id)
        self.people.rows = presence_rows(
            meeting, now, scene.conversation or (), dark=scene.dark, zone=self._zone
        )
        self._show_conversation(scene)
        self._show_vote(scene)
        self._show_notice(scene)

    def begin(self, scene: Scene, unseen: int) -> None:
        """Show another conversation from its end, with a mark above what came meanwhile."""
        self.chat.begin(in_private(scene.meeting, scene.privacy, scene.conversation), unseen)
        self.show(scene)

    def show_hints(self, hints: tuple[KeyHint, ...]) -> None:
        """The keys that do something now."""
        self.keys.hints = hints

    @property
    def is_writing(self) -> bool:
        """Whether what one types is text: in the writing line, or what is searched for."""
        focused = self.focused
        writes = focused is not None and self.composer in focused.ancestors_with_self
        return writes or self.chat.is_searching

    @property
    def has_vote_strip(self) -> bool:
        """Whether the vote stands right above the conversation."""
        elsewhere = self.has_class("-show-agenda") or self.has_class("-show-people")
        return self.has_class("-narrow") and self.vote.display and not elsewhere

    def shows(self, pane: Pane | None) -> bool:
        """Whether what happens there is in sight, so that nothing more has to be said of it."""
        match pane:
            case "vote":
                return self.has_vote_strip
            case "chat":
                return self.chat.display and self._scene.conversation is None
            case _:
                return False

    def focus_pane(self, pane: Pane) -> None:
        """Show a pane, where there is room for only one, and give it the keys."""
        self.bring_forward(pane)
        match pane:
            case "chat":
                self.chat.focus_list()
            case "agenda":
                self.agenda.focus()
            case "people":
                self.people.focus()
            case "vote":
                # Once it has the keys, the same key goes through the open votes.
                if self.vote.has_focus:
                    self.vote.action_go_on(1)
                self.vote.focus()

    def write(self) -> None:
        """Give the keys to the writing line, with the conversation above it."""
        self.bring_forward("chat")
        self.composer.focus_field()

    def bring_forward(self, pane: Pane) -> None:
        """Show a pane, where there is room for only one."""
        # A view that stands in the meeting's place, and is no dialog, gives way.
        app = cast("App[object]", self.app)  # pyright: ignore[reportUnknownMemberType]
        if app.screen is not self and not app.screen.is_modal:
            app.pop_screen()
        for name in ("agenda", "people", "vote"):
            self.set_class(name == pane, f"-show-{name}")

    def maximise(self) -> None:
        """Give the whole screen to the pane in use, or show all of them again."""
        self._is_maximised = not self._is_maximised
        self.bring_forward(self.pane_in_use)
        self._fit()

    @property
    def pane_in_use(self) -> Pane:
        """The pane that has the keys; one writes in the conversation."""
        if self.agenda.has_focus:
            return "agenda"
        if self.people.has_focus:
            return "people"
        return "vote" if self.vote.has_focus else "chat"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space is text while one writes."""
        return not (action == "begin_sequence" and self.is_writing)

    def action_begin_sequence(self) -> None:
        """Wait for the key that says what to do."""
        self.give(CommandId.MORE)

    def action_command(self, command: str) -> None:
        """Ask for a command."""
        self.give(CommandId(command))

    def action_begin_command(self) -> None:
        """Go to the writing line, with the slash where nothing is written there yet."""
        self.write()
        self.composer.begin_command()

    def action_page(self, direction: int) -> None:
        """Scroll the conversation by a screenful."""
        self.chat.page(direction)

    def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        event.stop()
        self.action_command(event.command)

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Arrange the panes for the room that there is."""
        width, height = self.size
        self.set_class(width < WIDE or self._is_maximised, "-narrow")
        self.set_class(height < TALL, "-short")
        self.set_class(height < HIGH, "-low")
        self.set_class(height >= ROOMY, "-roomy")
        self.set_class(width < LEAST_WIDTH or height < LEAST_HEIGHT, "-too-small")
        self.too_small.update(
            f"This terminal is too small: {width} × {height}. "
            f"The meeting needs {LEAST_WIDTH} × {LEAST_HEIGHT}."
        )

    def _show_conversation(self, scene: Scene) -> None:
        audience = scene.audience
        self.talks.talks = talks(scene)
        self.set_class(bool(scene.privacy.rooms), "-talks")
        self.set_class(audience.is_private, "-private")
        title = f"{PRIVATE} In private" if audience.is_private else "Conversation"
        self.chat.border_title = title
        shown = in_private(scene.meeting, scene.privacy, scene.conversation)
        self.chat.show(
            shown,
            connected=scene.connection.phase is Phase.READY,
            held=held_chat(scene.connection, scene.now),
            invites=scene.obstacle is None and closed_reason(scene) is None,
        )
        self.composer.audience = audience
        self.composer.closed = closed_reason(scene)
        self.composer.obstacle = scene.obstacle

    def _show_vote(self, scene: Scene) -> None:
        meeting, now = scene.meeting, scene.now
        view = decision_in_view(meeting)
        ended = None if view is None or view.outcome is None else view.outcome.completed_at
        is_open = view is not None and view.is_open
        self.vote.set_class(is_open, "-open")
        self.vote.set_class(is_open or (ended is not None and now - ended < VERDICT_LASTS), "-now")
        opens = self._commands[CommandId.OPEN]
        leads = reason_against(opens, Situation(meeting)) is None
        open_key = opens.shown_key if leads else None
        self.vote.show(meeting, now, open_key, scene.privacy.comments)

    def _show_notice(self, scene: Scene) -> None:
        words = notice(scene, self._commands, self._zone)
        self.notice.set_class(words is not None, "-shown")
        if words is not None:
            self.notice.update(Content(words))


def header_slice(scene: Scene, zone: tzinfo | None) -> HeaderSlice:
    """The header's words; the meeting's phase is left out last where it is no matter of course."""
    meeting = scene.meeting
    phase = phase_sign(meeting, scene.now, zone)
    needs = None if meeting.phase is MeetingPhase.ADJOURNED else quorum_sign(quorum(meeting))
    of_course = meeting.phase in (MeetingPhase.GATHERING, MeetingPhase.IN_SESSION)
    first = (phase, needs) if of_course else (needs, phase)
    unread = notices_sign(scene.unread)
    signs = (*first, unread, connection_sign(scene.connection, scene.now))
    title = meeting.title or meeting.meeting_id
    return HeaderSlice(title, tuple(sign for sign in signs if sign is not None))


def notice(scene: Scene, commands: Commands, zone: tzinfo | None) -> str | None:
    """What one has to know or to do so that the meeting goes on here."""
    connection = scene.connection
    if connection.phase is Phase.ENDED:
        key = commands.key(CommandId.LEAVE)
        reason = connection.reason or "the connection has ended"
        return f"✗ The meeting cannot go on here: {reason}. {key} leaves."
    if scene.meeting.record_warning is not None:
        return f"✗ {scene.meeting.record_warning}"
    wanted, slash = connection.token_wanted, BY_ID[CommandId.RENEW].slash
    if wanted is None:
        lost = interruption(connection, scene.waiting, scene.now, zone)
        return lost or concern(scene.meeting)
    if wanted.ends_at is None:
        return f"! Your token has run out. /{slash} takes a new one; what you write is kept."
    ends = time_of_day(wanted.ends_at, scene.now, zone)
    return f"! Your token runs out at {ends}. /{slash} takes a new one."


def concern(meeting: Meeting) -> str | None:
    """What the meeting lacks to go on in good order, and what can be done about it."""
    leads, here = may_facilitate(meeting), quorum(meeting)
    going_on = meeting.phase in (MeetingPhase.IN_SESSION, MeetingPhase.EXECUTIVE)
    if going_on and here is not None and not here.met:
        slash = "/" if leads else ""
        recess, adjourn = (BY_ID[one].slash for one in (CommandId.RECESS, CommandId.ADJOURN))
        ways = f"wait, {slash}{recess} or {slash}{adjourn}"
        return f"! No quorum: {ways}; a vote now would fail."
    if leads and reason_against(BY_ID[CommandId.ORDER], Situation(meeting)) is None:
        order = BY_ID[CommandId.ORDER].slash
        if meeting.phase is MeetingPhase.GATHERING and meeting.started_at is not None:
            return f"! The meeting has not been called to order: /{order} calls it."
    return None


def closed_reason(scene: Scene) -> str | None:
    """Why one cannot write to the meeting; None where one can."""
    if scene.connection.phase is Phase.ENDED:
        return "The connection has ended."
    if scene.connection.phase is Phase.REPLAY:
        return REPLAY
    if is_shut_out(scene.meeting):
        return "The meeting is in executive session."
    return None if may_write(scene.meeting) else "Your role in this meeting is to listen."


def talks(scene: Scene) -> tuple[Talk, ...]:
    """The conversations there are; none are listed while there is only everybody's."""
    if not scene.privacy.rooms:
        return ()
    current = scene.conversation is None
    everybody = Talk(None, ("Everybody",), scene.unseen_by_all, current=current)
    private = (
        Talk(
            conversation,
            others_in(scene.meeting, conversation) or ("Yourself",),
            room.unseen,
            current=conversation == scene.conversation,
        )
        for conversation, room in scene.privacy.rooms.items()
    )
    return (everybody, *private)
