"""The terminal client: what the link tells changes the meeting, what the user wants is sent."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.command import Provider
from textual.filter import LineFilter
from textual.notifications import SeverityLevel

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.messages.collaboration import Typing
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.conversation import without_stale_typing
from boardroom_tui.state.model import Meeting, Outgoing, Progress
from boardroom_tui.state.outgoing import dismissed, posted, settled
from boardroom_tui.state.reduce import reduce
from boardroom_tui.state.refusals import refusal_in_words
from boardroom_tui.ui.command import CommandId, reason_against
from boardroom_tui.ui.commands import BY_ID, BY_SLASH, COMMANDS
from boardroom_tui.ui.hints import hints
from boardroom_tui.ui.line_filter import NoControls
from boardroom_tui.ui.link import ConnectionChanged, Heard, MeetingLink, Phase, Settled, Update
from boardroom_tui.ui.notices import news
from boardroom_tui.ui.palette import MeetingCommands
from boardroom_tui.ui.performing import perform
from boardroom_tui.ui.screens.meeting import MeetingScreen, Scene
from boardroom_tui.ui.screens.vote_dialog import VoteDialog
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.themes import DARK, OTHER, THEMES, VARIABLES
from boardroom_tui.ui.widgets.agenda import AgendaPane, chosen_decision, chosen_item
from boardroom_tui.ui.widgets.chat_pane import ChatPane
from boardroom_tui.ui.widgets.composer import Composer
from boardroom_tui.ui.widgets.rows import RowList


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


class BoardroomApp(App[str | None]):
    """A meeting in the terminal.

    `run` gives None after leaving, or a line that says why the meeting could not be entered.
    """

    TITLE = "Boardroom"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {MeetingCommands}

    def __init__(
        self,
        link: MeetingLink,
        meeting_id: str,
        *,
        clock: Callable[[], datetime] = utc_now,
        zone: tzinfo | None = None,
    ) -> None:
        """`clock` tells the time; `zone` is where times are shown, None this machine's."""
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name
        self.link = link
        self.meeting = Meeting(meeting_id)
        self.clock = clock
        self.meeting_screen = MeetingScreen(self._scene(), zone=zone)
        self._is_stale = False
        self._line_filter = NoControls()

    # The meeting

    def on_mount(self) -> None:
        self.meeting_screen.composer.slashes = [
            (command.slash, command.title) for command in COMMANDS
        ]
        self.push_screen(self.meeting_screen)
        self.set_interval(1.0, self._pass_time)
        self.run_worker(self.link.run(), name="link")
        self.run_worker(self._follow(), name="updates")

    def post(self, request: ClientMessage) -> None:
        """Send something, and show that it waits for its answer."""
        request_id = self.link.send(request)
        sent = request.model_copy(update={"id": request_id})
        self._become(posted(self.meeting, sent, self.clock()))

    def dismiss(self, request_id: str) -> None:
        """Show something that was refused no longer."""
        self._become(dismissed(self.meeting, request_id))

    @property
    def unanswered(self) -> tuple[Outgoing, ...]:
        """What was sent and may not have reached the server."""
        sent = self.meeting.outgoing.values()
        return tuple(one for one in sent if one.progress is Progress.WAITING)

    async def _follow(self) -> None:
        async for update in self.link.updates:
            self._take(update)
        self._redraw_soon()

    def _take(self, update: Update) -> None:
        before = self.meeting
        match update:
            case Heard(message):
                self._become(reduce(before, message, self.clock()))
                self._tell_news(before)
            case Settled(request, answer):
                self._become(settled(before, request, answer))
                if isinstance(answer, Refused) and not isinstance(request, ChatSend):
                    self.tell(refusal_in_words(request, answer), severity="error")
            case ConnectionChanged(connection):
                self._redraw_soon()
                if connection.phase is Phase.ENDED and not before.own_id:
                    self.exit(connection.reason or "the connection has ended")

    def _become(self, meeting: Meeting) -> None:
        if meeting is not self.meeting:
            self.meeting = meeting
            self._redraw_soon()

    def _tell_news(self, before: Meeting) -> None:
        strip = self.screen is self.meeting_screen and self.meeting_screen.has_vote_strip
        for one in news(before, self.meeting):
            if one.is_verdict and strip:
                continue
            self.tell(one.message, title=one.title, severity=one.severity, timeout=one.timeout)
            if one.acknowledgement is not None:
                self.link.send(one.acknowledgement)

    # The screen

    def _scene(self) -> Scene:
        return Scene(self.meeting, self.link.connection, self.clock(), dark=self.current_theme.dark)

    def _pass_time(self) -> None:
        self.meeting = without_stale_typing(self.meeting, self.clock())
        self._redraw()

    def _redraw_soon(self) -> None:
        """Draw once, however much has changed until then."""
        if not self._is_stale:
            self._is_stale = True
            self.call_later(self._redraw)

    def _redraw(self) -> None:
        self._is_stale = False
        if not self.meeting_screen.is_mounted:
            return
        self.meeting_screen.show(self._scene())
        self.meeting_screen.show_hints(hints(self.situation))
        if isinstance(self.screen, VoteDialog):
            self.screen.show(self.meeting)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and ours after them."""
        return [*super().get_line_filters(), self._line_filter]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables, for a theme that lacks them."""
        return dict(VARIABLES)

    def switch_theme(self) -> None:
        """From dark to light, or back."""
        self.theme = OTHER.get(self.theme, DARK.name)
        self._redraw_soon()

    # What the user wants

    @property
    def situation(self) -> Situation:
        """What a command would be about now."""
        screen = self.meeting_screen
        row = screen.agenda.selected if screen.agenda.has_focus else None
        return Situation(
            meeting=self.meeting,
            typing=screen.is_writing,
            item_id=chosen_item(row),
            decision_id=chosen_decision(row),
            phase=self.link.connection.phase,
        )

    def command(self, command_id: CommandId, rest: str = "") -> None:
        """Do what a command says, or say why it cannot be done."""
        command = BY_ID[command_id]
        situation = self.situation
        if rest and command.takes == "number":
            item_id = self._item_at(rest)
            if item_id is None:
                self.tell(f"There is no item {rest} on the agenda.", severity="warning")
                return
            situation = replace(situation, item_id=item_id)
        reason = reason_against(command, situation)
        if reason is None:
            perform(self, command_id, situation, rest)
        else:
            self.tell(reason, severity="warning")

    def _item_at(self, number: str) -> str | None:
        place = int(number) if number.isascii() and number.isdigit() else 0
        agenda = self.meeting.agenda
        return agenda[place - 1].id if 0 < place <= len(agenda) else None

    def on_meeting_screen_command_given(self, event: MeetingScreen.CommandGiven) -> None:
        self.command(event.command)

    def on_composer_slash(self, event: Composer.Slash) -> None:
        command = BY_SLASH.get(event.name.lower())
        if command is not None:
            self.command(command.id, event.rest)
            return
        text = f"/{event.name} {event.rest}".rstrip()
        help_key = BY_ID[CommandId.HELP].shown_key
        reason = f"There is no command /{event.name}. {help_key} lists them; // begins a text."
        self.meeting_screen.composer.refuse(text, reason)

    def on_composer_submitted(self, event: Composer.Submitted) -> None:
        data = ChatSend.Data(
            meeting_id=self.meeting.meeting_id, message=event.text, reply_to=event.reply_to
        )
        self.post(ChatSend(data=data))

    def on_composer_typing_changed(self, event: Composer.TypingChanged) -> None:
        data = Typing.Data(room_id=self.meeting.meeting_id, is_typing=event.is_typing)
        self.link.send(Typing(data=data))

    def on_chat_pane_reply_wanted(self, event: ChatPane.ReplyWanted) -> None:
        line = self.meeting.chat.find(event.message_id)
        if line is not None:
            self.meeting_screen.write()
            self.meeting_screen.composer.reply_to = line

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        if not isinstance(event.row_list, AgendaPane):
            return
        decision = self.situation.decision
        if chosen_item(event.key) is not None:
            self.command(CommandId.TAKE_UP)
        elif decision is not None and (decision.is_open or decision.outcome is not None):
            self.command(CommandId.VOTE)
        else:
            self.command(CommandId.OPEN)

    def on_descendant_focus(self) -> None:
        self._redraw_soon()

    def tell(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float = 6.0,
    ) -> None:
        """Show a toast; its text is text, whoever wrote it."""
        self.notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    # Leaving

    def leave(self) -> None:
        """Close the connection, then end."""
        self.run_worker(self._leave(), name="leave", group="leave", exclusive=True)

    async def _leave(self) -> None:
        await self.link.close()
        self.exit()

    async def action_quit(self) -> None:
        """Textual's own key for it is ours."""
        if self.screen is self.meeting_screen:
            self.command(CommandId.LEAVE)
        else:
            self.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C is for copying; say what leaves."""
        self.tell(f"{BY_ID[CommandId.LEAVE].shown_key} leaves the meeting.")
