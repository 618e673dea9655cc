"""Every message type, in two unions: what a client sends and what a server sends.

`meeting.chat.message` exists in both directions with different payloads, so one union could not
hold them. Lookup tables and the protocol page come from here; nothing registers itself.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from boardroom_tui.protocol.messages.attendance import (
    ApologyRecord,
    ApologyUpdate,
    QuorumUpdate,
    RollCall,
    RollCalled,
)
from boardroom_tui.protocol.messages.collaboration import (
    CursorMove,
    CursorUpdate,
    Typing,
    TypingUpdate,
)
from boardroom_tui.protocol.messages.connection import (
    AuthExpiring,
    AuthRefresh,
    AuthRefreshed,
    ConnectionFailed,
    ConnectionReady,
    Ping,
    Pong,
    Refused,
)
from boardroom_tui.protocol.messages.decision import (
    DecisionClose,
    DecisionComments,
    DecisionCommentsGet,
    DecisionOpen,
    DecisionOpened,
    DecisionResult,
    DecisionWithdraw,
    OwnVoteUpdate,
    VoteCast,
    VoteNamed,
    VoteReceived,
    VoteUpdate,
)
from boardroom_tui.protocol.messages.device import (
    DeviceChanged,
    DeviceClaim,
    DeviceClaimed,
    DeviceList,
    DevicePublish,
    DevicePublished,
    DeviceQuery,
    DeviceRemove,
)
from boardroom_tui.protocol.messages.electorate import (
    DecisionRecuse,
    DecisionRecused,
    DecisionRemind,
    DecisionReminded,
)
from boardroom_tui.protocol.messages.history import ChatHistory, ChatHistoryGet
from boardroom_tui.protocol.messages.life import PhaseSet, PhaseUpdate
from boardroom_tui.protocol.messages.meeting import (
    AgendaSet,
    AgendaUpdate,
    ChatMessage,
    ChatSend,
    MeetingJoin,
    MeetingLeave,
    MeetingState,
    ParticipantJoined,
    ParticipantLeft,
)
from boardroom_tui.protocol.messages.minutes import MinutesDraft, MinutesGet
from boardroom_tui.protocol.messages.motion import (
    MotionAmend,
    MotionMake,
    MotionPostpone,
    MotionRefer,
    MotionSecond,
    MotionUpdate,
    MotionWithdraw,
)
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge, NotificationSend
from boardroom_tui.protocol.messages.presence import (
    PresenceChanged,
    PresenceList,
    PresenceSubscribe,
    PresenceUpdate,
)
from boardroom_tui.protocol.messages.private import (
    PrivateAccepted,
    PrivateMessage,
    PrivateReceived,
    PrivateSend,
)
from boardroom_tui.protocol.messages.proxy import ProxyGive, ProxyRevoke, ProxyUpdate
from boardroom_tui.protocol.messages.receipt import Receipt, ReceiptGet
from boardroom_tui.protocol.messages.record import RecordHead, RecordHeadGet
from boardroom_tui.protocol.messages.speaker import (
    SpeakerCall,
    SpeakerLower,
    SpeakerQueue,
    SpeakerRaise,
    SpeakerYield,
)
from boardroom_tui.protocol.messages.subscription import (
    Subscribe,
    SubscriptionUpdate,
    Unsubscribe,
)

ClientMessage = (
    Ping
    | AuthRefresh
    | MeetingJoin
    | MeetingLeave
    | ChatSend
    | ChatHistoryGet
    | AgendaSet
    | PhaseSet
    | RollCall
    | ApologyRecord
    | SpeakerRaise
    | SpeakerLower
    | SpeakerCall
    | SpeakerYield
    | VoteCast
    | DecisionOpen
    | DecisionClose
    | DecisionWithdraw
    | DecisionRemind
    | DecisionRecuse
    | DecisionCommentsGet
    | RecordHeadGet
    | ReceiptGet
    | MotionMake
    | MotionSecond
    | MotionAmend
    | MotionWithdraw
    | MotionPostpone
    | MotionRefer
    | ProxyGive
    | ProxyRevoke
    | MinutesGet
    | PresenceUpdate
    | PresenceSubscribe
    | NotificationAcknowledge
    | CursorMove
    | Typing
    | Subscribe
    | Unsubscribe
    | DevicePublish
    | DeviceRemove
    | DeviceQuery
    | DeviceClaim
    | PrivateSend
    | PrivateReceived
)

ServerMessage = (
    ConnectionReady
    | ConnectionFailed
    | Pong
    | AuthExpiring
    | AuthRefreshed
    | ParticipantJoined
    | ParticipantLeft
    | ChatMessage
    | ChatHistory
    | AgendaUpdate
    | PhaseUpdate
    | QuorumUpdate
    | RollCalled
    | ApologyUpdate
    | SpeakerQueue
    | MeetingState
    | VoteReceived
    | VoteUpdate
    | VoteNamed
    | OwnVoteUpdate
    | DecisionOpened
    | DecisionResult
    | DecisionReminded
    | DecisionRecused
    | DecisionComments
    | RecordHead
    | Receipt
    | MotionUpdate
    | ProxyUpdate
    | MinutesDraft
    | PresenceChanged
    | PresenceList
    | NotificationSend
    | CursorUpdate
    | TypingUpdate
    | SubscriptionUpdate
    | DevicePublished
    | DeviceChanged
    | DeviceList
    | DeviceClaimed
    | PrivateAccepted
    | PrivateMessage
    | Refused
)

CLIENT_TYPES: Mapping[str, type[ClientMessage]] = MappingProxyType(
    {kind.model_fields["type"].default: kind for kind in get_args(ClientMessage)}
)
SERVER_TYPES: Mapping[str, type[ServerMessage]] = MappingProxyType(
    {kind.model_fields["type"].default: kind for kind in get_args(ServerMessage)}
)

EXTENSIONS: tuple[str, ...] = tuple(
    sorted(name for name, kind in {**CLIENT_TYPES, **SERVER_TYPES}.items() if kind.extension)
)
"""Our own types, as `connection.ready` lists them."""
