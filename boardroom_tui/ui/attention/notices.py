"""What is news enough to be told: the difference between two meetings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from textual.notifications import SeverityLevel

from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.identifiers import Kind, key_in
from boardroom_tui.protocol.messages.decision import DecisionOpened
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge, NotificationSend
from boardroom_tui.state.concern import Concern
from boardroom_tui.state.model import DecisionView, Entry, Meeting, MeetingLine, SpokenLine, Tone
from boardroom_tui.state.motions import missing_by_proxy
from boardroom_tui.state.select import may_facilitate, may_vote, message, own_person
from boardroom_tui.ui.widgets.cell_wrap import cut, one_line
from boardroom_tui.ui.widgets.chat.lines import Reader
from boardroom_tui.ui.widgets.conversation_line import PRIVATE
from boardroom_tui.ui.widgets.vote.words import standing

_NAME, _TITLE, _MESSAGE = 32, 200, 240
"""So many cells are kept of others' words, to be read in the list."""
_TOAST_TITLE, _TOAST_MESSAGE = 48, 78
"""So many are shown of them in passing, lest they hide the meeting."""

_URGENT = frozenset({"high", "urgent", "critical"})
_REMINDER = "reminder"
_OF_THE_MEETING = "meeting"
_DECISION = "/decisions/"


@dataclass(frozen=True, slots=True)
class AtMessage:
    """Where something was said to everybody."""

    message_id: str


@dataclass(frozen=True, slots=True)
class AtDecision:
    """A decision's own pane."""

    decision_id: str


@dataclass(frozen=True, slots=True)
class InConversation:
    """A private conversation."""

    conversation: Conversation


Place = AtMessage | AtDecision | InConversation
"""Where one reads on, or does something about it."""


@dataclass(frozen=True, slots=True)
class News:
    """A toast, and what is sent once it is shown."""

    message: str
    title: str
    severity: SeverityLevel = "information"
    timeout: float = 8.0
    acknowledgement: NotificationAcknowledge | None = None
    shown_in: Literal["chat", "vote", "strip"] | None = None
    """What says it too: no toast is needed where that is in sight.

    A `strip` is a vote that stands above the conversation, and not beside it.
    """
    concern: Concern | None = None
    """Why it is about oneself, where it is."""
    place: Place | None = None
    wants_vote: bool = False
    """Whether it calls for a vote, and matters no more once that is cast."""
    discreet: bool = False
    """Whether nothing of its words may leave the program."""
    is_said_by_the_meeting: bool = False
    """Whether a line of the meeting's own says the same, and is what one is told."""
    is_told_whole: bool = False
    """Whether its message is the program's own, and hardly anywhere else."""

    @property
    def in_passing(self) -> tuple[str, str]:
        """Its title and its message, as short as a toast has them."""
        title = cut(self.title, _TOAST_TITLE)
        return title, self.message if self.is_told_whole else cut(self.message, _TOAST_MESSAGE)


def news(before: Meeting, after: Meeting) -> Iterator[News]:
    """What one should be told of that has just happened."""
    if before.notifications is not after.notifications:
        known = {one.notification_id for one in before.notifications}
        for notification in after.notifications:
            if notification.notification_id not in known:
                yield _notification(after, notification)
    if before.chat is not after.chat:
        yield from _of_the_conversation(before, after)
    if before.decisions is after.decisions or not before.own_id:
        return
    for key, view in after.decisions.items():
        yield from _of_decision(before, before.decisions.get(key), view)


def of_whisper(conversation: Conversation, name: str, key: str) -> News:
    """Somebody wrote in a private conversation that is not on the screen; `key` goes there."""
    return News(
        f"{key} goes there.",
        f"{PRIVATE} {name} wrote in private",
        timeout=6.0,
        concern=Concern.PRIVATE,
        place=InConversation(conversation),
        discreet=True,
    )


def of_settings(mistakes: Sequence[str]) -> News:
    """What is wrong in the user's file of settings, and so was left out."""
    first, *others = mistakes
    more = f" (boardroom keys tells {len(others)} more)" if others else ""
    title = "! Left out of your settings"
    return News(f"{first}{more}", title, severity="warning", timeout=20.0, is_told_whole=True)


def _of_the_conversation(before: Meeting, after: Meeting) -> Iterator[News]:
    """What the meeting itself has said, as far as one should notice; who speaks to oneself."""
    # What was said before one came has called nobody.
    if not before.sequence and after.sequence > 0:
        return
    own = own_person(after)
    reader = _reader(after.own_id, "" if own is None else own.name)
    for line in _added(before, after):
        if isinstance(line, MeetingLine):
            yield from _of_the_meeting(after, line)
        elif (does := _does_to(reader, after, line)) is not None:
            yield _of_message(after, line, does)


def _added(before: Meeting, after: Meeting) -> Iterable[Entry]:
    """What is new in the conversation: mostly its end; after a reconnect it may lie between."""
    if after.chat.continues(before.chat):
        return after.chat.since(len(before.chat))
    return (line for line in after.chat if line.message_id not in before.chat)


_TITLES = {
    Concern.FLOOR: "◆ You have the floor",
    Concern.MOTION: "◆ Your motion",
    Concern.PROXY: "◆ A proxy",
}


def _of_the_meeting(meeting: Meeting, line: MeetingLine) -> Iterator[News]:
    if line.tone is Tone.QUIET and line.concern is None:
        return
    title = "◆ The meeting" if line.concern is None else _TITLES.get(line.concern, "◆ The meeting")
    yield News(
        cut(one_line(line.text), _MESSAGE),
        title,
        severity="warning" if line.tone is Tone.WARNING else "information",
        # What is about oneself is told also there, where much is said.
        shown_in=None if line.concern in _TITLES else "chat",
        concern=line.concern,
        place=AtMessage(line.message_id),
        discreet=meeting.phase is MeetingPhase.EXECUTIVE,
    )


def _does_to(reader: Reader, meeting: Meeting, line: SpokenLine) -> str | None:
    """What somebody does by saying it: call the reader by name, or answer the reader's words."""
    answered = None if line.reply_to is None else message(meeting, line.reply_to)
    if answered is not None and reader.wrote(answered) and not reader.wrote(line):
        return "answers you"
    return "mentions you" if reader.is_called(line) else None


def _of_message(meeting: Meeting, line: SpokenLine, does: str) -> News:
    return News(
        cut(one_line(line.message), _MESSAGE),
        f"@ {cut(one_line(line.user_name), _NAME)} {does}",
        shown_in="chat",
        concern=Concern.MENTION,
        place=AtMessage(line.message_id),
        discreet=meeting.phase is MeetingPhase.EXECUTIVE,
    )


@lru_cache(maxsize=4)
def _reader(user_id: str, name: str) -> Reader:
    return Reader.named(user_id, name)


def _notification(meeting: Meeting, data: NotificationSend.Data) -> News:
    urgent = data.priority.lower() in _URGENT
    acknowledged = NotificationAcknowledge.Data(notification_id=data.notification_id)
    decision_id = _decision_of(data)
    view = None
    if decision_id is not None:
        view = meeting.decisions.get(key_in(meeting.decisions, Kind.DECISION, decision_id))
    concern = Concern.VOTE if decision_id is not None and _has_part_in(meeting, view) else None
    return News(
        cut(one_line(data.message), _MESSAGE),
        cut(one_line(data.title), _TITLE),
        severity="warning" if urgent else "information",
        timeout=12.0 if urgent else 8.0,
        acknowledgement=NotificationAcknowledge(data=acknowledged),
        shown_in="strip" if decision_id is not None and _tells_of_opening(meeting, data) else None,
        wants_vote=decision_id is not None,
        concern=Concern.REMINDER if data.category == _REMINDER else concern,
        place=None if decision_id is None else AtDecision(decision_id),
        discreet=_is_discreet(meeting, view) or (decision_id is not None and view is None),
        is_said_by_the_meeting=bool(meeting.extensions) and data.category == _OF_THE_MEETING,
    )


def _decision_of(data: NotificationSend.Data) -> str | None:
    """The decision that a notification is about, as far as its links say."""
    links = (action.url or "" for action in data.actions)
    return next(
        (link.removeprefix(_DECISION) for link in links if link.startswith(_DECISION)), None
    )


def _tells_of_opening(meeting: Meeting, data: NotificationSend.Data) -> bool:
    """Whether nothing else was told of its decision: what is first is that the vote has opened."""
    about = (one for one in meeting.notifications if _decision_of(one) == _decision_of(data))
    is_first = all((one.title, one.message) == (data.title, data.message) for one in about)
    return is_first and data.category != _REMINDER


def _of_decision(
    meeting: Meeting, before: DecisionView | None, after: DecisionView
) -> Iterator[News]:
    """A vote that opened, where the server sends no notification of it; a result."""
    was_open = before is not None and before.is_open
    tells_itself = DecisionOpened.model_fields["type"].default in meeting.extensions
    title = cut(one_line(after.title), _TITLE)
    concern = Concern.VOTE if may_vote(meeting) or may_facilitate(meeting) else None
    place, discreet = AtDecision(after.decision_id), _is_discreet(meeting, after)
    if after.is_open and not was_open and not tells_itself:
        yield News(
            title,
            "◆ A vote is open",
            shown_in="strip",
            wants_vote=True,
            concern=concern,
            place=place,
            discreet=discreet,
        )
    if after.verdict is not None and was_open:
        yield News(
            after.verdict,
            f"{standing(after).symbol} {title}",
            timeout=12.0,
            is_told_whole=True,
            shown_in="vote",
            concern=concern,
            place=place,
            discreet=discreet,
        )


def _has_part_in(meeting: Meeting, view: DecisionView | None) -> bool:
    """Whether a vote is still missing that one can cast, or one leads."""
    if view is None or may_facilitate(meeting):
        return may_vote(meeting) or may_facilitate(meeting)
    recused = () if view.question is None else view.question.recused
    owes = may_vote(meeting) and view.own_vote is None and meeting.own_id not in recused
    return owes or missing_by_proxy(meeting, view) is not None


def _is_discreet(meeting: Meeting, view: DecisionView | None) -> bool:
    """Of a secret ballot nothing is said elsewhere, nor of what an executive session decides."""
    secret = view is not None and view.question is not None and view.question.secret
    return secret or meeting.phase is MeetingPhase.EXECUTIVE
