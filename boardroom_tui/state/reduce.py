"""The one function in which a meeting changes: what the server says goes in, a new value comes out.

It works from the whole state that our server sends to a joiner, and from the events alone, for a
server that knows only the reference. Hearing the same thing twice changes nothing more.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.identifiers import Kind, same
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
    ChatLine,
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
from boardroom_tui.state import agenda, backlog, conversation, decisions, history, motions, people
from boardroom_tui.state.announcing import announced
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.outgoing import answered

NOTIFICATIONS_KEPT = 100

CLOCK_WAS_SET = timedelta(seconds=2)
"""Where the clocks have drifted apart by so much, they are compared anew."""


def reduce(meeting: Meeting, message: ServerMessage, now: datetime) -> Meeting:
    """The meeting after `message`, heard at `now`."""
    if isinstance(message, ChatMessage):
        return reduce_said(meeting, (message,))
    if not _concerns(meeting, message):
        return meeting
    sequence = message.sequence
    if sequence is not None and sequence < meeting.sequence:
        # The first answer again, to what was sent again: what it says may be so no longer.
        return answered(meeting, message)
    changed = announced(meeting, _changed(meeting, message, now), message)
    if sequence is not None and sequence > changed.sequence:
        changed = replace(changed, sequence=sequence)
    return answered(changed, message)


def reduce_said(meeting: Meeting, messages: Iterable[ChatMessage]) -> Meeting:
    """The meeting after all these messages: what it is after one and then the next, in one step."""
    heard = [one for one in messages if same(Kind.MEETING, one.data.meeting_id, meeting.meeting_id)]
    lines: list[ChatLine] = []
    newest = meeting.sequence
    for message in heard:
        sequence = message.sequence
        # What is older is the first answer again, to what was sent again.
        if sequence is None or sequence >= newest:
            lines.append(message.data)
            newest = newest if sequence is None else sequence
    changed = conversation.said(meeting, lines)
    if newest > changed.sequence:
        changed = replace(changed, sequence=newest)
    for message in heard if changed.outgoing else ():
        changed = answered(changed, message)
    return changed


def _changed(  # noqa: PLR0912  (a branch for each type is the point of it)
    meeting: Meeting, message: ServerMessage, now: datetime
) -> Meeting:
    match message:
        case ConnectionReady():
            return _ready(meeting, message.data, now)
        case Pong():
            return _compared(meeting, _sent_at(message), now)
        case AuthRefreshed():
            return replace(meeting, permissions=frozenset(message.data.permissions))
        case MeetingState():
            return _whole(meeting, message.data)
        case ParticipantJoined():
            return people.joined(meeting, message.data)
        case ParticipantLeft():
            return people.left(meeting, message.data)
        case PresenceChanged():
            return people.presence(meeting, message.data)
        case PresenceList():
            return people.presence_list(meeting, message.data)
        case ChatHistory():
            done = backlog.told(meeting, message.data.proceedings, _changed)
            return history.read_back(meeting, message.data, done)
        case TypingUpdate():
            return conversation.typing(meeting, message.data, now)
        case AgendaUpdate():
            return agenda.agenda_updated(meeting, message.data, _sent_at(message) or now)
        case PhaseUpdate():
            return _in_phase(meeting, message.data)
        case Receipt(data=data):
            return replace(meeting, receipts={**meeting.receipts, data.vote_id: data})
        case MinutesDraft():
            return replace(meeting, draft=message.data)
        case ApologyUpdate():
            return people.apologised(meeting, message.data)
        case SpeakerQueue():
            return replace(meeting, speakers=message.data)
        case DecisionOpened():
            return decisions.opened(meeting, message.data)
        case VoteUpdate():
            return decisions.counted(meeting, message.data)
        case DecisionResult():
            return decisions.ended(meeting, message.data)
        case VoteNamed():
            return decisions.named(meeting, message.data)
        case OwnVoteUpdate():
            return decisions.own_vote_told(meeting, message.data)
        case DecisionRecused():
            return decisions.recused(meeting, message.data)
        case MotionUpdate():
            return motions.moved(meeting, message.data)
        case ProxyUpdate():
            return motions.proxy_given(meeting, message.data)
        case NotificationSend():
            return _notified(meeting, message.data)
        case (
            VoteReceived()
            | Refused()
            | QuorumUpdate()
            | RollCalled()
            | ConnectionFailed()
            | AuthExpiring()
            | SubscriptionUpdate()
            | CursorUpdate()
            | DevicePublished()
            | DeviceChanged()
            | DeviceList()
            | DeviceClaimed()
            | DecisionReminded()
            | DecisionComments()
            | RecordHead()
            | PrivateAccepted()
            | PrivateMessage()
            | ChatMessage()
        ):
            # The first two answer a request and are settled with it, the last goes another way;
            # the others are the session's, for this device's own keys to read, or about documents
            # that this client does not show.
            return meeting
        case _:
            assert_never(message)


def _concerns(meeting: Meeting, message: ServerMessage) -> bool:
    """Whether a message is about this meeting, as far as it says which it is about."""
    match message:
        case (
            MeetingState()
            | ParticipantJoined()
            | ParticipantLeft()
            | ChatHistory()
            | AgendaUpdate()
            | PhaseUpdate()
            | QuorumUpdate()
            | RollCalled()
            | ApologyUpdate()
            | SpeakerQueue()
            | DecisionOpened()
            | OwnVoteUpdate()
            | DecisionRecused()
            | MotionUpdate()
            | ProxyUpdate()
            | MinutesDraft()
        ):
            return same(Kind.MEETING, message.data.meeting_id, meeting.meeting_id)
        case PresenceList() | TypingUpdate():
            return same(Kind.MEETING, message.data.room_id, meeting.meeting_id)
        case _:
            return True


def _ready(meeting: Meeting, data: ConnectionReady.Data, now: datetime) -> Meeting:
    return replace(
        meeting,
        own_id=data.user_id,
        permissions=frozenset(data.permissions),
        extensions=frozenset(data.extensions or ()),
        earlier=history.offered(meeting.earlier, data.extensions or ()),
        typing={},
        server_ahead=data.server_time - now,
    )


def _compared(meeting: Meeting, server_time: datetime | None, now: datetime) -> Meeting:
    """One of the clocks may have been set; what came late or early on its way is no such thing."""
    if server_time is None or abs(server_time - meeting.time(now)) < CLOCK_WAS_SET:
        return meeting
    return replace(meeting, server_ahead=server_time - now)


def _whole(meeting: Meeting, data: MeetingState.Data) -> Meeting:
    """Everything as the server has it; only the conversation is added to what was heard before."""
    if data.after is not None:
        return _standing(_caught_up(meeting, data), data)
    stands = _standing(meeting, data)
    done = backlog.told(stands, data.proceedings, _changed)
    return history.told(stands, data, done)


def _caught_up(meeting: Meeting, data: MeetingState.Data) -> Meeting:
    """What was missed is gone through as if it was heard now, so it says the same."""
    done = ((one.after_lines, one.message) for one in data.proceedings)
    for one in backlog.in_order(data.chat, done):
        if isinstance(one, ChatLine):
            meeting = conversation.said(meeting, (one,))
        else:
            at = backlog.happened_at(one)
            meeting = announced(meeting, _changed(meeting, one, at), one)
    return meeting


def _standing(meeting: Meeting, data: MeetingState.Data) -> Meeting:
    whole = data.after is None
    motions = {one.motion_id: one for one in data.motions}
    return replace(
        meeting,
        title=data.title,
        quorum=data.quorum,
        sequence=data.sequence,
        started_at=data.started_at,
        phase=data.phase,
        phase_since=data.phase_since,
        speakers=data.speakers,
        agenda=data.agenda,
        current_item=data.current_item,
        total_items=len(data.agenda),
        people=people.marked({entry.user_id: people.person_of(entry) for entry in data.roster}),
        decisions={
            **({} if whole else meeting.decisions),
            **{
                one.decision_id: decisions.view_of(one, meeting.decisions.get(one.decision_id))
                for one in data.decisions
            },
        },
        motions={**({} if whole else meeting.motions), **motions},
        motions_heard={**motions, **meeting.motions_heard, **backlog.motions(data.proceedings)},
        motion_order=tuple(dict.fromkeys((*meeting.motion_order, *data.motion_order, *motions))),
        proxies={one.giver: one.to for one in data.proxies if one.to is not None},
        allows_proxies=data.allows_proxies,
        casting_vote=data.casting_vote,
        record_warning=meeting.record_warning or _shorter(meeting.sequence, data.sequence),
    )


def _shorter(heard: int, told: int) -> str | None:
    """What to say of a record that ends before an event that was heard: an older one was put back.

    No server that has only lost its power tells of one: what was heard was on disk before.
    """
    if told >= heard:
        return None
    return f"The record is shorter than it was. Then event {heard}, now it ends at event {told}."


def _in_phase(meeting: Meeting, data: PhaseUpdate.Data) -> Meeting:
    began = meeting.started_at or data.since
    return replace(meeting, phase=data.phase, phase_since=data.since, started_at=began)


def _notified(meeting: Meeting, data: NotificationSend.Data) -> Meeting:
    if any(known.notification_id == data.notification_id for known in meeting.notifications):
        return meeting
    kept = (*meeting.notifications, data)[-NOTIFICATIONS_KEPT:]
    return replace(meeting, notifications=kept)


def _sent_at(message: ServerMessage) -> datetime | None:
    return None if message.metadata is None else message.metadata.timestamp
