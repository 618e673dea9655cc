"""Which conversation is on the screen: everybody's, or a private one; and what is in the others."""

from dataclasses import dataclass, replace
from datetime import datetime

from boardroom_tui.protocol.correspondents import Conversation, Readiness
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.meeting import ChatLine, ChatSend
from boardroom_tui.state import private
from boardroom_tui.state.model import Meeting, Outgoing, Progress, SpokenLine
from boardroom_tui.state.private import Privacy, comments_to_read, conversation_of, in_private
from boardroom_tui.state.select import shown_name
from boardroom_tui.ui.link import (
    CommentsRead,
    LetterHeard,
    LetterRefused,
    LetterSent,
    PrivateStands,
    PrivateUpdate,
)
from boardroom_tui.ui.widgets.composer import Draft


@dataclass(frozen=True, slots=True)
class Whisper:
    """Somebody has written in a conversation that is not on the screen."""

    conversation: Conversation
    name: str


@dataclass(frozen=True, slots=True)
class KeysNews:
    """That this device's keys are open now, or why they are not."""

    words: str
    is_trouble: bool = False
    is_lasting: bool = False
    """Whether it is as true at the next start, and need not be told again."""


_TO_UNLOCK = {
    Readiness.LOCKED: "Private messages are locked: /unlock opens them.",
    Readiness.UNPROTECTED: (
        "No keyring here: /unlock protects private messages with a passphrase."
    ),
}


class Conversations:
    """The private conversations, the one on the screen, and what is being written in each."""

    def __init__(self) -> None:
        self.privacy = Privacy()
        self.current: Conversation | None = None
        """None is everybody's."""
        self._drafts: dict[Conversation | None, Draft] = {}
        self._asked_for: set[str] = set()
        self._heard_by_all: str | None = None
        """What everybody had heard last when their conversation was last on the screen."""
        self._told = self.privacy
        """How the keys stood when their news was last asked for."""
        self._told_to_unlock = False

    def shown(self, meeting: Meeting) -> Meeting:
        """The meeting with the conversation on the screen."""
        return in_private(meeting, self.privacy, self.current)

    def unseen_by_all(self, meeting: Meeting) -> int:
        """How many messages everybody heard while a private conversation was on the screen."""
        if self.current is None:
            return 0
        # From the end: what was said before may be read back meanwhile.
        heard = meeting.chat.place(self._heard_by_all or "")
        return len(meeting.chat) - (0 if heard is None else heard + 1)

    def unseen(self, meeting: Meeting, conversation: Conversation | None) -> int:
        """How many messages of a conversation came while it was not on the screen."""
        if conversation is None:
            return self.unseen_by_all(meeting)
        room = self.privacy.rooms.get(conversation)
        return 0 if room is None else room.unseen

    @property
    def in_order(self) -> tuple[Conversation | None, ...]:
        """All of them as they are listed, everybody's first."""
        return (None, *self.privacy.rooms)

    def after(self, meeting: Meeting) -> Conversation | None:
        """Where to go next: to what is new, else to the next one; everybody's comes first."""
        order = self.in_order
        place = order.index(self.current) if self.current in order else 0
        following = [*order[place + 1 :], *order[: place + 1]]
        new = (one for one in following if self.unseen(meeting, one))
        return next(new, following[0])

    def go_to(self, conversation: Conversation | None, draft: Draft, meeting: Meeting) -> Draft:
        """Put a conversation on the screen and `draft` aside; the draft that waits there."""
        self._drafts[self.current] = draft
        if self.current is None:
            self._heard_by_all = meeting.chat[-1].message_id if meeting.chat else None
        self.current = conversation
        if conversation is not None:
            self.privacy = private.opened(self.privacy, conversation)
        return self._drafts.pop(conversation, Draft())

    def for_everybody(self, draft: Draft) -> Draft:
        """What is being written to everybody, where `draft` is what is on the screen."""
        return draft if self.current is None else self._drafts.get(None, Draft())

    def wrote(
        self,
        meeting: Meeting,
        conversation: Conversation,
        local_id: str,
        said: Draft,
        now: datetime,
    ) -> None:
        """One has written something; it waits."""
        answered = None if said.reply_to is None else said.reply_to.message_id
        data = ChatSend.Data(meeting_id=meeting.meeting_id, message=said.text, reply_to=answered)
        request = ChatSend(data=data)
        self.privacy = private.written(self.privacy, conversation, local_id, request, now)

    def dismiss(self, local_id: str) -> None:
        """Something that was refused is shown no longer."""
        if self.current is not None:
            self.privacy = private.dismissed(self.privacy, self.current, local_id)

    @property
    def waiting(self) -> tuple[Outgoing, ...]:
        """What one has written and the server has not taken yet."""
        return tuple(
            one
            for room in self.privacy.rooms.values()
            for one in room.outgoing.values()
            if one.progress is Progress.WAITING
        )

    def comments_to_ask_for(self, meeting: Meeting) -> tuple[str, ...]:
        """The secret ballots whose comments are to be asked for now, each once."""
        wanted = comments_to_read(meeting, self.privacy)
        new = tuple(one for one in wanted if one not in self._asked_for)
        self._asked_for.update(new)
        return new

    def keys_news(self) -> KeysNews | None:
        """What one should be told of one's keys since this was last asked; mostly nothing."""
        before, self._told = self._told, self.privacy
        after = self.privacy
        if after.readiness is Readiness.READY and before.readiness in _TO_UNLOCK:
            return KeysNews("Your private messages are open.")
        fails = after.readiness in _TO_UNLOCK or before.readiness is Readiness.READY
        if fails and after.reason is not None and after is not before:
            return KeysNews(f"{after.reason[:1].upper()}{after.reason[1:]}.", is_trouble=True)
        if after.readiness in _TO_UNLOCK and not self._told_to_unlock:
            self._told_to_unlock = True
            is_lasting = after.readiness is Readiness.UNPROTECTED
            return KeysNews(_TO_UNLOCK[after.readiness], is_lasting=is_lasting)
        return None

    def take(self, update: PrivateUpdate, meeting: Meeting) -> Whisper | None:
        """What the correspondence tells; a whisper where somebody should hear of it."""
        match update:
            case PrivateStands():
                self.privacy = replace(
                    self.privacy,
                    readiness=update.readiness,
                    reason=update.reason,
                    correspondents=update.correspondents,
                )
            case LetterSent(conversation, local_id, line):
                line = _named(meeting, line)
                self.privacy = private.sent(self.privacy, conversation, local_id, line)
            case LetterRefused(conversation, local_id, reason):
                self.privacy = private.refused(self.privacy, conversation, local_id, reason)
            case CommentsRead(decision_id, comments):
                known = {**self.privacy.comments, decision_id: comments}
                self.privacy = replace(self.privacy, comments=known)
            case LetterHeard():
                return self._hear(update, meeting)
        return None

    def _hear(self, heard: LetterHeard, meeting: Meeting) -> Whisper | None:
        line = _named(meeting, heard.line)
        own = conversation_of(meeting, line.user_id) == conversation_of(meeting)
        seen = heard.earlier or own or heard.conversation == self.current
        self.privacy = private.heard(
            self.privacy, heard.conversation, line, accepted=heard.accepted, seen=seen
        )
        return None if seen else Whisper(heard.conversation, line.user_name)


def _named(meeting: Meeting, line: ChatLine) -> SpokenLine:
    """The line under its author's name, as the meeting has it."""
    author = shown_name(meeting, line.user_id)
    said = SpokenLine.of(line)
    return said._replace(user_name=author, user_id=_full_id(meeting, line.user_id))


def _full_id(meeting: Meeting, user_id: str) -> str:
    """A user's id as the roster writes it, by which a name has its colour."""
    wanted = bare(Kind.USER, user_id)
    return next((one for one in meeting.people if bare(Kind.USER, one) == wanted), user_id)
