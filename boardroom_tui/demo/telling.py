"""The meeting in plain words, a line an event, for `boardroom demo --headless`."""

from typing import assert_never

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import ItemStatus, Status
from boardroom_tui.protocol.messages.attendance import ApologyUpdate, QuorumUpdate, RollCalled
from boardroom_tui.protocol.messages.collaboration import CursorUpdate, TypingUpdate
from boardroom_tui.protocol.messages.connection import (
    AuthExpiring,
    AuthRefreshed,
    ConnectionFailed,
    ConnectionReady,
    Pong,
    Refused,
)
from boardroom_tui.protocol.messages.decision import (
    DecisionComments,
    DecisionOpened,
    DecisionResult,
    OwnVoteUpdate,
    VoteNamed,
    VoteReceived,
    VoteUpdate,
)
from boardroom_tui.protocol.messages.device import (
    DeviceChanged,
    DeviceClaimed,
    DeviceList,
    DevicePublished,
)
from boardroom_tui.protocol.messages.electorate import DecisionRecused, DecisionReminded
from boardroom_tui.protocol.messages.history import ChatHistory
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import (
    AgendaUpdate,
    ChatMessage,
    MeetingState,
    ParticipantJoined,
    ParticipantLeft,
)
from boardroom_tui.protocol.messages.minutes import MinutesDraft
from boardroom_tui.protocol.messages.motion import MotionUpdate
from boardroom_tui.protocol.messages.notification import NotificationSend
from boardroom_tui.protocol.messages.presence import PresenceChanged, PresenceList
from boardroom_tui.protocol.messages.private import PrivateAccepted, PrivateMessage
from boardroom_tui.protocol.messages.proxy import ProxyUpdate
from boardroom_tui.protocol.messages.receipt import Receipt
from boardroom_tui.protocol.messages.record import RecordHead
from boardroom_tui.protocol.messages.speaker import SpeakerQueue
from boardroom_tui.protocol.messages.subscription import SubscriptionUpdate
from boardroom_tui.protocol.words import rule_in_words
from boardroom_tui.state.decisions import known
from boardroom_tui.state.model import DecisionView, Meeting, MeetingLine
from boardroom_tui.state.select import message as said_under

_AGENDA_WORDS = {
    ItemStatus.PENDING: "is put back",
    ItemStatus.IN_PROGRESS: "is taken up",
    ItemStatus.COMPLETED: "is done",
    ItemStatus.DEFERRED: "is deferred",
}


def told(message: ServerMessage, before: Meeting, meeting: Meeting) -> str | None:
    """What happened, or None for what nobody would tell; `meeting` is as it is afterwards."""
    match message:
        case ParticipantJoined():
            name = message.data.participant.name
            return f"{name} joins ({message.data.total_participants} here)"
        case ParticipantLeft():
            name = message.data.participant.name
            return f"{name} has left ({message.data.total_participants} here)"
        case PresenceChanged():
            return _moved(message, before)
        case ChatMessage():
            return _said(message, meeting)
        case AgendaUpdate():
            item = message.data.item_details
            place = next((n for n, one in enumerate(meeting.agenda, 1) if one.id == item.id), 0)
            return f"Item {place}, {item.title}, {_AGENDA_WORDS[item.status]}"
        case DecisionOpened() | VoteUpdate() | DecisionResult():
            return _voted(message, meeting)
        case NotificationSend():
            return f"Notice: {message.data.title}. {message.data.message}"
        case (
            PhaseUpdate()
            | QuorumUpdate()
            | RollCalled()
            | ApologyUpdate()
            | SpeakerQueue()
            | DecisionRecused()
            | MotionUpdate()
            | ProxyUpdate()
        ):
            return _announced(before, meeting)
        case (
            ConnectionReady()
            | ConnectionFailed()
            | Pong()
            | AuthExpiring()
            | AuthRefreshed()
            | MeetingState()
            | VoteReceived()
            | ChatHistory()
            | PresenceList()
            | CursorUpdate()
            | TypingUpdate()
            | SubscriptionUpdate()
            | VoteNamed()
            | OwnVoteUpdate()
            | DecisionReminded()
            | DecisionComments()
            | RecordHead()
            | Receipt()
            | MinutesDraft()
            | DevicePublished()
            | DeviceChanged()
            | DeviceList()
            | DeviceClaimed()
            | PrivateAccepted()
            | PrivateMessage()
            | Refused()
        ):
            return None
        case _:
            assert_never(message)


def result(view: DecisionView) -> str:
    """What was decided, and the verdict with its arithmetic."""
    return f"{view.title}: {view.verdict or 'Not decided.'}"


def _announced(before: Meeting, meeting: Meeting) -> str | None:
    """What the meeting itself says of it."""
    new = (line for line in meeting.chat[len(before.chat) :] if isinstance(line, MeetingLine))
    return next((line.text for line in new), None)


def _moved(message: PresenceChanged, before: Meeting) -> str | None:
    """Who is away or back; who comes and goes is told by joining and leaving."""
    someone = before.people.get(message.data.user_id)
    now = message.data.status
    if someone is None or now is Status.OFFLINE or now is someone.status:
        return None
    if now is Status.ONLINE:
        away = someone.status in (Status.AWAY, Status.BUSY)
        return f"{someone.name} is back" if away else None
    return f"{someone.name} is {now}"


def _said(message: ChatMessage, meeting: Meeting) -> str:
    line = message.data
    answered = None if line.reply_to is None else said_under(meeting, line.reply_to)
    to = "" if answered is None else f" (to {answered.user_name})"
    return f"{line.user_name}{to}: {line.message}"


def _voted(message: DecisionOpened | VoteUpdate | DecisionResult, meeting: Meeting) -> str | None:
    match message:
        case DecisionOpened():
            data = message.data
            secret = ", by secret ballot" if data.secret else ""
            return f"Vote opened: {data.title} ({rule_in_words(data.threshold, data.base)}{secret})"
        case VoteUpdate():
            votes = message.data.vote_summary
            view = known(meeting, message.data.decision_id)
            if view.outcome is not None or votes.total == 0:
                return None
            question = view.question
            counted = f"{votes.total} of {votes.required} have voted"
            if question is not None and question.secret:
                return f"Tally: {counted}"
            sums = f"{votes.approve} for, {votes.reject} against, {votes.abstain} abstained"
            return f"Tally: {sums}; {counted}"
        case DecisionResult():
            view = known(meeting, message.data.decision_id)
            return f"Result: {view.title}. {view.verdict}"
        case _:
            assert_never(message)
