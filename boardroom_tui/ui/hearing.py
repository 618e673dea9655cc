"""What the link tells, and what becomes of it: the meeting changes, the user is told or asked."""

from collections.abc import Sequence
from dataclasses import replace

from boardroom_tui.client.kept_heads import KeptHeads
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.electorate import DecisionReminded
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend
from boardroom_tui.protocol.messages.presence import PresenceUpdate
from boardroom_tui.protocol.messages.record import RecordHead
from boardroom_tui.state.guards import to_confirm
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.outgoing import settled
from boardroom_tui.state.reduce import reduce, reduce_said
from boardroom_tui.state.refusals import refusal_in_words
from boardroom_tui.stretch import Stretch
from boardroom_tui.ui.attention.notices import News, news, of_settings, of_whisper
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.conversations import KeysNews
from boardroom_tui.ui.link import (
    ConnectionChanged,
    Elsewhere,
    Heard,
    Phase,
    PrivateStands,
    PrivateUpdate,
    Settled,
    TokenWanted,
    Update,
)
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog
from boardroom_tui.ui.screens.passphrase_dialog import PassphraseDialog
from boardroom_tui.ui.screens.token_dialog import TokenDialog
from boardroom_tui.ui.watching import watch
from boardroom_tui.ui.words.reminding import reminded_in_words


class Hearing(Board):
    """A board that takes in what the link tells, for as long as the program runs."""

    _heads: KeptHeads | None = None
    """Those of the record that were seen before; without, nothing is compared."""
    _token_asked_for = False

    def on_mount(self) -> None:
        self.run_worker(self.link.run(), name="link")
        self.run_worker(self._follow(), name="updates")
        if self.settings.mistakes:
            self._notice(of_settings(self.settings.mistakes))

    async def _follow(self) -> None:
        stretch = Stretch()
        while updates := await self.link.updates.next_few():
            self.redrawing.take(len(updates))
            self._heard_at = self.clock()
            said: list[ChatMessage] = []
            for update in updates:
                if isinstance(update, Heard) and isinstance(update.message, ChatMessage):
                    said.append(update.message)
                    continue
                self._take_said(said)
                said = []
                self._take(update)
            self._take_said(said)
            await stretch.pause_if_long()
        self.redrawing.soon()

    def _take_said(self, messages: Sequence[ChatMessage]) -> None:
        """Take in at once what was said one after the other."""
        if messages:
            before = self.meeting
            self._become(reduce_said(before, messages))
            self._tell_news(before)

    def _take(self, update: Update | PrivateUpdate | Elsewhere) -> None:
        before = self.meeting
        match update:
            case Heard(message):
                self._become(reduce(before, message, self.clock()))
                self._watch_record(message)
                self._ask_for_comments()
                self._tell_news(before)
            case Settled(request, answer):
                self._become(settled(before, request, answer))
                if isinstance(request, PresenceUpdate):
                    awaited = self.own_status.answered(request.data.status)
                    if awaited and not isinstance(answer, Refused):
                        self.tell(f"You are {request.data.status}.")
                if isinstance(answer, RecordHead):
                    self._watch_record(answer)
                if isinstance(answer, DecisionReminded):
                    self.tell(reminded_in_words(answer.data.reminded))
                if isinstance(answer, Refused) and not isinstance(request, ChatSend):
                    self._take_refusal(request, answer)
            case ConnectionChanged(connection):
                self.redrawing.soon()
                self._notice_token(connection.token_wanted)
                if connection.phase is Phase.ENDED and not before.own_id:
                    self.exit(connection.reason or "the connection has ended")
            case Elsewhere(meeting):
                self._begin_at(meeting)
            case _:
                self._take_private(update)

    def _watch_record(self, message: ServerMessage) -> None:
        """Say for as long as it is shown what the server told otherwise before of the record."""
        if self._heads is None:
            return
        watched = watch(self._heads, message)
        if watched.question is not None:
            self.link.send(watched.question)
        if watched.warning is not None and self.meeting.record_warning is None:
            self._become(replace(self.meeting, record_warning=watched.warning))

    def _begin_at(self, meeting: Meeting) -> None:
        """Show a meeting from here on that is not what came of the one before."""
        if self.meeting.title:
            self.clear_notifications()
        self._become(meeting)
        self.meeting_screen.begin(self.scene(), 0)

    def _take_refusal(self, request: ClientMessage, refused: Refused) -> None:
        """Say why, or ask what the server wants confirmed and send it again."""
        asked = to_confirm(self.meeting, request, refused)
        if isinstance(request, VoteCast) and request.data.comment is not None:
            self.keep_comment(request.data.comment)
        if asked is None:
            self.tell(refusal_in_words(request, refused), severity="error")
            return

        def go_on(confirmed: bool | None) -> None:
            if confirmed:
                self.post(asked.request)

        self.push_screen(ConfirmDialog(asked.title, asked.body, asked.deed), go_on)

    def _take_private(self, update: PrivateUpdate) -> None:
        whisper = self.conversations.take(update, self.meeting)
        told = self.conversations.keys_news()
        dialog = self.screen if isinstance(self.screen, PassphraseDialog) else None
        if dialog is not None and isinstance(update, PrivateStands):
            dialog.show(update.readiness, update.reason)
        # What goes wrong is said in the dialog, where it is open.
        if told is not None and (dialog is None or not told.is_trouble):
            self._tell_of_keys(told)
        self._ask_for_comments()
        if whisper is not None:
            key = self.commands.key(CommandId.CONVERSATION)
            self._notice(of_whisper(whisper.conversation, whisper.name, key))
        self.redrawing.soon()

    def _tell_of_keys(self, told: KeysNews) -> None:
        if told.words in self.remembered.told:
            return
        if told.is_lasting:
            self.remember(replace(self.remembered, told=self.remembered.told | {told.words}))
        self.tell(told.words, severity="warning" if told.is_trouble else "information")

    def _ask_for_comments(self) -> None:
        for decision_id in self.conversations.comments_to_ask_for(self.meeting):
            self.link.read_comments(decision_id)

    def _notice_token(self, wanted: TokenWanted | None) -> None:
        """Ask for a new token, once, when nothing goes on without it."""
        if wanted is None:
            self._token_asked_for = False
        elif wanted.ends_at is None and not self._token_asked_for:
            self._token_asked_for = True
            if not isinstance(self.screen, TokenDialog):
                self.push_screen(TokenDialog(wanted, zone=self.zone))

    def _tell_news(self, before: Meeting) -> None:
        for one in news(before, self.meeting):
            if not one.is_said_by_the_meeting:
                self._notice(one)
            if one.acknowledgement is not None:
                self.link.send(one.acknowledgement)
        if before.decisions is not self.meeting.decisions:
            self.attention.history = self.attention.history.after(self.meeting)

    def _notice(self, one: News) -> None:
        """Tell the user, and call for them where they do not look."""
        if self.link.connection.phase is not Phase.REPLAY:
            self.attention.note(one, self.meeting.title, self.clock())
        screen = self.meeting_screen
        if self.screen is not screen or not screen.shows(one, self.scene()):
            title, message = one.in_passing
            self.tell(message, title=title, severity=one.severity, timeout=one.timeout)
