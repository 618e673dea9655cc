"""The meeting as whoever has no screen takes part in it: updates and lines in, sentences out."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, tzinfo

from boardroom_tui.client.kept_heads import KeptHeads
from boardroom_tui.plain.aloud import receipt
from boardroom_tui.plain.connecting import connection_told
from boardroom_tui.plain.deeds import command_of, do
from boardroom_tui.plain.outcome import Outcome, Question, asked, sent
from boardroom_tui.plain.speaking import say
from boardroom_tui.plain.telling import is_in, told
from boardroom_tui.plain.words import at, listed, plain, sentence
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.correspondents import Readiness
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import VoteCast, VoteReceived
from boardroom_tui.protocol.messages.electorate import DecisionReminded
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.protocol.messages.minutes import MinutesDraft
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge
from boardroom_tui.protocol.messages.receipt import Receipt
from boardroom_tui.protocol.messages.record import RecordHead
from boardroom_tui.state.guards import Guarded, to_confirm
from boardroom_tui.state.model import Meeting, Outgoing, Progress
from boardroom_tui.state.outgoing import dismissed, posted, settled
from boardroom_tui.state.private import Privacy, others_in
from boardroom_tui.state.reduce import reduce
from boardroom_tui.state.refusals import refusal_in_words
from boardroom_tui.state.select import own_person, shown_name
from boardroom_tui.ui.commands import no_command
from boardroom_tui.ui.link import (
    ConnectionChanged,
    Elsewhere,
    Heard,
    LetterHeard,
    LetterRefused,
    LetterSent,
    MeetingLink,
    Phase,
    PrivateStands,
    PrivateUpdate,
    Settled,
    Update,
)
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.watching import watch
from boardroom_tui.ui.words.reminding import reminded_in_words
from boardroom_tui.ui.writing import slash

_LOCKED = "Private messages want a passphrase here, which only the screen client asks for."


class Room:
    """One's place in a meeting: it tells what happens, and does what is typed."""

    def __init__(
        self,
        link: MeetingLink,
        meeting_id: str,
        tell: Callable[[str], None],
        clock: Callable[[], datetime],
        *,
        zone: tzinfo | None = None,
        heads: KeptHeads | None = None,
    ) -> None:
        """`tell` is given each sentence; the rest is as for the board."""
        self.meeting = Meeting(meeting_id)
        self.left = False
        self._link = link
        self._tell = tell
        self._clock = clock
        self._zone = zone
        self._heads = heads
        self._connection = link.connection
        self._privacy = Privacy()
        self._question: Question | None = None
        self._has_arrived = False
        self._unanswered: set[str] = set()
        """The requests to which there will be an answer."""
        self._letters: set[str] = set()
        """What was written in private and is not on the server's disk yet."""

    @property
    def waiting(self) -> tuple[Outgoing, ...]:
        """What was sent and is not answered yet."""
        sent_ones = self.meeting.outgoing.values()
        return tuple(one for one in sent_ones if one.progress is Progress.WAITING)

    @property
    def takes_lines(self) -> bool:
        """Whether the next line can be done: nothing is on its way that may be asked back."""
        if self._connection.phase is not Phase.READY:
            return self._has_arrived
        return self._has_arrived and not any(
            isinstance(one.request, Guarded) for one in self.waiting
        )

    @property
    def awaits(self) -> bool:
        """Whether an answer is still to come to something that was typed."""
        return bool(self._unanswered or self._letters)

    def type(self, line: str) -> None:
        """Do what a line says: answer what was asked, give a command, or say it."""
        question, self._question = self._question, None
        text = line.strip()
        if question is not None:
            self._perform(question.answer(text))
        elif slash.is_command(text):
            name, _, rest = text.removeprefix("/").partition(" ")
            command = command_of(name)
            if command is None:
                self._tell(no_command(plain(name), "/help"))
                return
            self._perform(do(command, self._situation, rest.strip(), self._now, self._zone))
        elif text:
            self._perform(say(self._situation, slash.said(text)))

    def take(self, update: Update | PrivateUpdate | Elsewhere) -> None:
        """Tell what an update changes."""
        match update:
            case Heard(message):
                self._hear(message)
            case Settled(request, answer):
                self._settle(request, answer)
            case ConnectionChanged(connection):
                words = connection_told(self._connection, connection, self._clock())
                self._connection = connection
                if words is not None:
                    self._tell(words)
            case Elsewhere(meeting):
                self.meeting = meeting
            case _:
                self._take_private(update)

    def _hear(self, message: ServerMessage) -> None:
        before = self.meeting
        self.meeting = reduce(before, message, self._clock())
        self._watch_record(message)
        self._has_arrived = self._has_arrived or is_in(self.meeting)
        self._unanswered.discard((message.metadata and message.metadata.correlation_id) or "")
        for words in told(before, self.meeting, self._now, self._zone):
            self._tell(words)
        known = {one.notification_id for one in before.notifications}
        for one in self.meeting.notifications:
            if one.notification_id not in known:
                seen = NotificationAcknowledge.Data(notification_id=one.notification_id)
                self._link.send(NotificationAcknowledge(data=seen))

    def _watch_record(self, message: ServerMessage) -> None:
        if self._heads is None:
            return
        watched = watch(self._heads, message)
        if watched.question is not None:
            self._link.send(watched.question)
        if watched.warning is not None and self.meeting.record_warning is None:
            self.meeting = replace(self.meeting, record_warning=watched.warning)

    def _settle(self, request: ClientMessage, answer: ServerMessage) -> None:
        self.meeting = settled(self.meeting, request, answer)
        self._unanswered.discard(request.id or "")
        match answer:
            case Refused():
                self._take_refusal(request, answer)
            case VoteReceived() if isinstance(request, VoteCast):
                whose = request.data.on_behalf_of
                name = None if whose is None else plain(shown_name(self.meeting, whose))
                vote = "Your vote" if name is None else f"Your vote for {name}"
                self._tell(f"{vote}: {request.data.vote.value}. Recorded as {answer.data.vote_id}.")
            case DecisionReminded(data=data):
                self._tell(reminded_in_words(data.reminded))
            case RecordHead():
                self._watch_record(answer)
            case Receipt(data=data):
                self._tell(receipt(self.meeting, data))
            case MinutesDraft(data=data):
                for line in filter(None, map(plain, data.text.splitlines())):
                    self._tell(line)
            case _:
                pass

    def _take_refusal(self, request: ClientMessage, refused: Refused) -> None:
        wanted = to_confirm(self.meeting, request, refused)
        if wanted is not None:
            parts = filter(None, map(plain, wanted.body.splitlines()))
            words = " ".join([wanted.title, *map(sentence, parts)])
            self._perform(asked(words, "to go on", sent(wanted.request)))
            return
        words = sentence(refusal_in_words(request, refused))
        if isinstance(request, ChatSend):
            words = f"{words} You wrote: {plain(request.data.message)}"
            self.meeting = dismissed(self.meeting, request.id or "")
        self._tell(words)

    def _take_private(self, update: PrivateUpdate) -> None:
        match update:
            case PrivateStands(readiness, reason, correspondents):
                before = self._privacy.readiness
                self._privacy = replace(
                    self._privacy,
                    readiness=readiness,
                    reason=reason,
                    correspondents=correspondents,
                )
                needs_passphrase = readiness in (Readiness.LOCKED, Readiness.UNPROTECTED)
                if needs_passphrase and before is not readiness:
                    self._tell(_LOCKED)
            case LetterHeard(conversation, line, earlier=False):
                who = plain(shown_name(self.meeting, line.user_id))
                others = [one for one in others_in(self.meeting, conversation) if one != who]
                among = f" with {listed(others)}" if others else ""
                words = f"{who}, in private{among}: {plain(line.message)}"
                if not update.accepted:
                    words += " (From a device that you have not looked at.)"
                self._tell(at(line.timestamp, words, self._zone))
            case LetterSent(conversation, local_id, line):
                self._letters.discard(local_id)
                whom = listed(others_in(self.meeting, conversation))
                words = f"You, in private to {whom}: {plain(line.message)}"
                self._tell(at(line.timestamp, words, self._zone))
            case LetterRefused(local_id=local_id, reason=reason):
                self._letters.discard(local_id)
                self._tell(f"Not sent in private: {sentence(reason)}")
            case _:
                pass

    def _perform(self, outcome: Outcome) -> None:
        for words in outcome.says:
            self._tell(words)
        if outcome.asks is not None:
            self._question = outcome.asks
            self._tell(outcome.asks.words)
        for message in outcome.sends:
            request_id = self._link.send(message)
            waiting = message.model_copy(update={"id": request_id})
            self.meeting = posted(self.meeting, waiting, self._clock())
            if message.answers:
                self._unanswered.add(request_id)
        if outcome.sends and self._connection.phase is not Phase.READY:
            self._tell("Kept until there is a connection again.")
        if outcome.letter is not None:
            letter = outcome.letter
            self._letters.add(self._link.write(letter.conversation, letter.text))
        if outcome.retries:
            self._link.retry_now()
        self.left = self.left or outcome.leaves

    def last_words(self, untaken: Iterable[str]) -> bool:
        """Tell what is to be known when it is over; whether something that was typed is lost.

        `untaken` are lines that nothing came of.
        """
        if self._question is not None:
            self._tell("What was asked last was not answered, so nothing was done.")
        unanswered = [_in_words(one.request) for one in self.waiting]
        for what in unanswered:
            self._tell(f"Not known to have reached the server: {what}")
        unsent = [*filter(None, map(plain, untaken))]
        for line in unsent:
            self._tell(f"Not sent: {line}")
        self._tell("You have left the meeting.")
        return bool(unanswered or unsent)

    @property
    def _now(self) -> datetime:
        """The time in the meeting."""
        return self.meeting.time(self._clock())

    @property
    def _situation(self) -> Situation:
        own = own_person(self.meeting)
        return Situation(
            self.meeting,
            phase=self._connection.phase,
            privacy=self._privacy,
            own_status=None if own is None else own.status,
            token_wanted=self._connection.token_wanted is not None,
        )


def _in_words(request: ClientMessage) -> str:
    match request:
        case ChatSend(data=data):
            return plain(data.message)
        case VoteCast(data=data):
            return f"your vote, {data.vote.value}."
        case _:
            return f"{request.type}."
