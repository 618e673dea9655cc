"""A meeting on the screen, which is drawn anew with each change.

Commands act upon the board; what the link tells is hearing.py's, and what leads to which command
the app's.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.notifications import SeverityLevel
from textual.types import CSSPathType

from boardroom_tui.clock import utc_now
from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.protocol.messages.presence import PresenceUpdate
from boardroom_tui.protocol.text import clean
from boardroom_tui.state.conversation import without_stale_typing
from boardroom_tui.state.model import Meeting, Outgoing, Progress
from boardroom_tui.state.outgoing import dismissed, posted
from boardroom_tui.state.select import newest_first, own_person
from boardroom_tui.ui.attention.attentive import Attentive
from boardroom_tui.ui.attention.notices import InConversation
from boardroom_tui.ui.attention.own_status import OwnStatus
from boardroom_tui.ui.conversations import Conversations
from boardroom_tui.ui.help_page import Help
from boardroom_tui.ui.keys.hints import WAY_OUT, hints
from boardroom_tui.ui.keys.sequence import follow_ups
from boardroom_tui.ui.link import (
    MeetingLink,
    Phase,
)
from boardroom_tui.ui.look.theme_names import DEFAULT, ThemeName
from boardroom_tui.ui.look.themes import VARIABLES, begin_with
from boardroom_tui.ui.redrawing import Redrawing
from boardroom_tui.ui.remembered import Remembered, ScreenMemory
from boardroom_tui.ui.screens.control import ControlScreen
from boardroom_tui.ui.screens.dialog_box import DialogBox
from boardroom_tui.ui.screens.following import Following
from boardroom_tui.ui.screens.help import HelpScreen
from boardroom_tui.ui.screens.meeting import MeetingScreen
from boardroom_tui.ui.screens.roster import RosterScreen
from boardroom_tui.ui.screens.scene import Scene, in_silence
from boardroom_tui.ui.settings import Settings
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.agenda import chosen_decision, chosen_item, chosen_motion
from boardroom_tui.ui.widgets.composer import Draft
from boardroom_tui.ui.widgets.presence import chosen_person
from boardroom_tui.ui.widgets.vote.open_vote_line import OpenVoteLine
from boardroom_tui.ui.writing.completion import named, offer

_FOLDER = Path(__file__).parent


class Board(Attentive):
    """A meeting in the terminal, as its commands know it.

    `run` gives None after leaving, or a line that says why the meeting could not be entered.
    """

    # The panes', too: what a screen brings along has all there is parsed again.
    CSS_PATH: ClassVar[CSSPathType | None] = [
        _FOLDER / "app.tcss",
        _FOLDER / "screens" / "panes.tcss",
    ]
    SUSPENDED_SCREEN_CLASS = "-behind"

    def __init__(
        self,
        link: MeetingLink,
        meeting_id: str,
        *,
        clock: Callable[[], datetime] = utc_now,
        zone: tzinfo | None = None,
        settings: Settings | None = None,
        server: str = "",
    ) -> None:
        """`clock` tells the time; `zone` is where times are shown, None this machine's.

        `settings` are the user's, else ours; `server` is what it is called on the way there.
        """
        self._server = server
        self.settings = settings or Settings()
        super().__init__(clock=clock, zone=zone, notify=self.settings.notify)
        self.commands = self.settings.commands
        self._memory = ScreenMemory(self.settings.memory)
        self.remembered = self._memory.read()
        begin_with(self, self.settings.look.theme or self.remembered.theme or DEFAULT)
        self.link = link
        self._heard_at: datetime | None = None
        """When the link told something last."""
        self.meeting = Meeting(meeting_id)
        self.why_gone: Callable[[], str | None] = lambda: None
        """Tells why the server does not come back, where one knows."""
        self.titled = asyncio.Event()
        """Set once the server has told what the meeting is called."""
        self.conversations = Conversations()
        self.meeting_screen = self._make_screen()
        self.meeting_screen.rearrange(self.remembered.arrangement)
        self.awaits_second_key = False
        self.own_status = OwnStatus(self.settings.presence)
        self.unsent_before = ""
        """What was not sent last time, and waits until the writing line is free for it."""
        self.each_second: Callable[[], object] = lambda: None
        """What is to be done when time has passed, beside showing it."""
        self._leaves = False
        self._hinted: tuple[Situation, bool] | None = None
        """What the keys in the footer are for."""
        self.redrawing = Redrawing(self, self._redraw, self._pass_time)

    def _make_screen(self) -> MeetingScreen:
        return MeetingScreen(self.scene(), self.commands, zone=self.zone)

    def help_screen(self, situation: Situation) -> HelpScreen:
        """The page that explains the keys and the symbols."""
        return HelpScreen(Help(situation, self.commands))

    # The meeting

    def on_mount(self) -> None:
        choosing = self.meeting_screen.composer.choosing
        choosing.offer = lambda text, cursor: offer(text, cursor, self.situation)
        choosing.named = lambda text, cursor: named(text, cursor, self.situation)
        self.push_screen(self.meeting_screen)
        self.set_interval(1.0, self.redrawing.second)

    def post(self, request: ClientMessage) -> None:
        """Send something, and show that it waits for its answer."""
        request_id = self.link.send(request)
        sent = request.model_copy(update={"id": request_id})
        self._become(posted(self.meeting, sent, self.clock()))

    def tell_status(self, status: Status) -> None:
        """Tell the others whether one is online, away or busy."""
        self.link.send(PresenceUpdate(data=PresenceUpdate.Data(status=status)))

    def say(self, said: Draft, conversation: Conversation | None) -> None:
        """Say something in the conversation that it was written in, whichever is shown by now."""
        answered = None if said.reply_to is None else said.reply_to.message_id
        if conversation is None:
            data = ChatSend.Data(
                meeting_id=self.meeting.meeting_id, message=said.text, reply_to=answered
            )
            self.post(ChatSend(data=data))
            return
        local_id = self.link.write(conversation, said.text, answered)
        self.conversations.wrote(self.meeting, conversation, local_id, said, self.clock())
        self.redrawing.soon()

    def go_to(self, conversation: Conversation | None) -> None:
        """Put a conversation on the screen; what is being written stays with its own."""
        self.meeting_screen.composer.in_turn(lambda: self._show_conversation(conversation))
        self.meeting_screen.write()

    def go_on(self) -> None:
        """Put the next conversation on the screen, one with something new first."""
        self.meeting_screen.composer.in_turn(
            lambda: self._show_conversation(self.conversations.after(self.meeting))
        )
        self.meeting_screen.write()

    def _show_conversation(self, conversation: Conversation | None) -> None:
        if conversation == self.conversations.current:
            return
        composer = self.meeting_screen.composer
        unseen = self.conversations.unseen(self.meeting, conversation)
        draft = self.conversations.go_to(conversation, composer.draft, self.meeting)
        composer.take_up(draft, conversation)
        # That somebody wrote there is seen now.
        self.clear_notifications()
        if conversation is not None:
            there = InConversation(conversation)
            self.attention.read(lambda notice: notice.news.place == there)
        self.meeting_screen.begin(self.scene(), unseen)
        self.redrawing.soon()

    def dismiss(self, request_id: str) -> None:
        """Show something that was refused no longer."""
        self.conversations.dismiss(request_id)
        self._become(dismissed(self.meeting, request_id))
        self.redrawing.soon()

    @property
    def is_let_in(self) -> bool:
        """Whether the meeting is there; until then one only waits for it."""
        return own_person(self.meeting) is not None or self.link.connection.phase is Phase.REPLAY

    @property
    def unanswered(self) -> tuple[Outgoing, ...]:
        """What was sent and may not have reached the server."""
        sent = self.meeting.outgoing.values()
        waiting = (one for one in sent if one.progress is Progress.WAITING)
        return (*waiting, *self.conversations.waiting)

    @property
    def _owes_since(self) -> datetime | None:
        """Since when an answer is due from a server that has said nothing since; None else."""
        if self._heard_at is None or self.link.connection.held:
            return None
        due = min((one.posted_at for one in self.unanswered), default=self._heard_at)
        return due if due > self._heard_at else None

    @property
    def unsent(self) -> str:
        """What was said and is not answered, and what is being written, in one line."""
        said = (one.request for one in self.unanswered)
        texts = [one.data.message for one in said if isinstance(one, ChatSend)]
        return clean(" ".join([*texts, self.meeting_screen.composer.text])).strip()

    @property
    def shown(self) -> Meeting:
        """The meeting with the conversation on the screen."""
        return self.conversations.shown(self.meeting)

    def keep_comment(self, comment: str) -> None:
        """Put the comment on a vote that was not recorded into the writing line."""
        words = "Your comment; the vote was not recorded."
        self.meeting_screen.composer.take_back(comment, words)

    def _become(self, meeting: Meeting) -> None:
        if meeting is not self.meeting:
            self.meeting = meeting
            self.redrawing.soon()

    # The screen

    def scene(self) -> Scene:
        """What the meeting's screen shows."""
        connected = self.link.connection.phase is Phase.READY
        return Scene(
            self.meeting,
            self.link.connection,
            self.clock(),
            dark=self.current_theme.dark,
            privacy=self.conversations.privacy,
            conversation=self.conversations.current,
            unseen_by_all=self.conversations.unseen_by_all(self.meeting),
            owes_since=self._owes_since,
            waiting=() if connected else self.unanswered,
            history=self.attention.history,
            server=self._server,
            why_gone=None if connected else self.why_gone(),
        )

    def _pass_time(self) -> None:
        """Each second: only the clocks are drawn, unless something else comes of it."""
        self._become(without_stale_typing(self.meeting, self.clock()))
        if self.meeting_screen.chat.at_rest:
            self.meeting.chat.settle()
        self._watch_status()
        self.each_second()
        if not self._has_screen:
            return
        scene = self.scene()
        self.meeting_screen.pass_time(scene)
        self._read_what_is_seen()
        self._redraw_what_covers_it(scene)

    def _watch_status(self) -> None:
        """Be away where no key was pressed for long, and be back with the next."""
        if self.link.connection.phase in (Phase.REPLAY, Phase.ENDED):
            return
        due = self.own_status.due(self.meeting, self.attention.idle(self.clock()))
        if due is not None:
            self.tell_status(due)

    @property
    def _has_screen(self) -> bool:
        """Whether there is a screen: it has begun, and is not over."""
        is_over = self._leaves and self.link.connection.phase is Phase.ENDED
        return self.meeting_screen.is_mounted and bool(self.screen_stack) and not is_over

    def _redraw(self) -> None:
        if not self._has_screen:
            return
        if self.meeting.title:
            self.titled.set()
        scene = self.scene()
        self.meeting_screen.show(scene)
        self._read_what_is_seen()
        # A server that knows only the reference tells of no title.
        if self.meeting.title or (self.meeting.own_id and not self.meeting.extensions):
            self.attention.show_title(self.meeting.title or self.meeting.meeting_id)
        self._show_hints()
        self.meeting_screen.follow_ups.hints = (
            follow_ups(self.situation, self.commands) if self.awaits_second_key else None
        )
        self._redraw_what_covers_it(scene)

    def _show_hints(self) -> None:
        """The keys that do something now: of what was said, it counts only that something was."""
        at = self.situation
        said = next(newest_first(at.meeting), None) is not None
        hinted = replace(at, meeting=in_silence(at.meeting)), said
        if hinted != self._hinted:
            self._hinted = hinted
            self.meeting_screen.show_hints(hints(at, self.commands) if self.is_let_in else WAY_OUT)

    def _read_what_is_seen(self) -> None:
        if self.screen is self.meeting_screen and self.conversations.current is None:
            self.attention.read_seen(self.meeting_screen.chat.has_seen, self.clock())

    def _redraw_what_covers_it(self, scene: Scene) -> None:
        """A dialog or a page keeps the open vote in sight, and may follow the meeting itself."""
        if self.screen is self.meeting_screen:
            return
        if (control := self.control) is not None:  # also behind a dialog
            control.show()
        for box in self.screen.query(DialogBox):
            box.keep_in_sight(self.meeting_screen.vote.in_few_words)
        for line in self.screen.query(OpenVoteLine):
            line.keep_in_sight(self.meeting_screen.vote.with_its_key)
        if isinstance(self.screen, Following):
            self.screen.show(scene)

    @property
    def control(self) -> ControlScreen | None:
        """The facilitator's view, also while a dialog stands over it."""
        return next((one for one in self.screen_stack if isinstance(one, ControlScreen)), None)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables, for a theme that lacks them."""
        return dict(VARIABLES)

    def show_theme(self, theme: ThemeName) -> None:
        """Have this theme from now on."""
        self.theme = theme
        self.redrawing.soon()

    def remember(self, remembered: Remembered) -> None:
        """Keep how the screen is now for the next start."""
        if remembered != self.remembered:
            self.remembered = remembered
            self._memory.keep(remembered)

    def await_second_key(self, awaited: bool = True) -> None:
        """Show what may follow Space, or no longer."""
        self.awaits_second_key = awaited
        self.redrawing.soon()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.redrawing.soon()

    @property
    def situation(self) -> Situation:
        """What a command would be about now."""
        screen, control = self.meeting_screen, self.control
        row = screen.agenda.selected if screen.agenda.has_focus else None
        if control is not None:
            row = control.acting_on
        return Situation(
            meeting=self.shown,
            typing=screen.is_writing and control is None,
            item_id=chosen_item(row),
            decision_id=chosen_decision(row),
            viewed_id=screen.vote.chosen_id,
            motion_id=chosen_motion(row),
            user_id=self._selected_person,
            phase=self.link.connection.phase,
            privacy=self.conversations.privacy,
            conversation=self.conversations.current,
            own_status=self.own_status.now(self.meeting),
            reading=screen.chat.reading,
            token_wanted=self.link.connection.token_wanted is not None,
            draft_waits=bool(self.unsent_before) and self.conversations.current is None,
        )

    @property
    def _selected_person(self) -> str | None:
        if isinstance(self.screen, RosterScreen):
            return self.screen.selected
        if self.control is not None:
            return chosen_person(self.control.acting_on)
        people = self.meeting_screen.people
        return chosen_person(people.selected) if people.has_focus else None

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

    def leave(self) -> None:
        """Close the connection, then end; what is seen of the meeting stays until then."""
        self._leaves = True
        self.run_worker(self._leave(), name="leave", group="leave", exclusive=True)

    async def _leave(self) -> None:
        if self.is_let_in:  # else nothing is on its way, and there is no end to tell of
            await self.link.close()
        self.exit()
