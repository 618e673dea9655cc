"""Which request a server's message answers.

Our servers say so by `correlationId`. One that knows only the reference need not: then the
message's type and what it is about must do.
"""

from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import VoteCast, VoteReceived
from boardroom_tui.protocol.messages.meeting import (
    ChatMessage,
    ChatSend,
    MeetingJoin,
    MeetingLeave,
    ParticipantJoined,
    ParticipantLeft,
)
from boardroom_tui.protocol.messages.presence import (
    PresenceChanged,
    PresenceList,
    PresenceSubscribe,
    PresenceUpdate,
)


def correlation_of(message: ServerMessage) -> str | None:
    """What a message says it answers; an error may say so in its data alone."""
    if message.metadata is not None and message.metadata.correlation_id is not None:
        return message.metadata.correlation_id
    return message.data.correlation_id if isinstance(message, Refused) else None


def of_answering_type(request: ClientMessage, message: ServerMessage) -> bool:
    """Whether a message of this type can answer the request; an error can answer anything."""
    return isinstance(message, Refused) or message.type in request.answers


def plausibly_answers(request: ClientMessage, message: ServerMessage, user_id: str) -> bool:
    """Whether an uncorrelated message is about just what the user `user_id` asked for."""
    match request, message:
        case ChatSend(data=asked), ChatMessage(data=said):
            return (
                same(Kind.USER, said.user_id, user_id)
                and same(Kind.MEETING, said.meeting_id, asked.meeting_id)
                and said.message == asked.message
            )
        case (MeetingJoin(data=asked), ParticipantJoined(data=said)) | (
            MeetingLeave(data=asked),
            ParticipantLeft(data=said),
        ):
            return same(Kind.USER, said.participant.user_id, user_id) and same(
                Kind.MEETING, said.meeting_id, asked.meeting_id
            )
        case VoteCast(data=asked), VoteReceived(data=said):
            return same(Kind.DECISION, said.decision_id, asked.decision_id)
        case PresenceUpdate(), PresenceChanged(data=said):
            return same(Kind.USER, said.user_id, user_id)
        case PresenceSubscribe(data=asked), PresenceList(data=said):
            return same(Kind.MEETING, said.room_id, asked.room_id)
        case _:
            return of_answering_type(request, message)
