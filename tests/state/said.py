"""What a server says, in short, for scripts of a meeting."""

from datetime import UTC, datetime, timedelta
from functools import reduce as fold

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.fields import ItemStatus, Role, Status
from boardroom_tui.protocol.messages.collaboration import TypingUpdate
from boardroom_tui.protocol.messages.connection import ConnectionReady
from boardroom_tui.protocol.messages.decision import VoteSummary, VoteUpdate
from boardroom_tui.protocol.messages.meeting import (
    AgendaUpdate,
    ChatMessage,
    ItemDetails,
    ParticipantJoined,
    ParticipantLeft,
)
from boardroom_tui.protocol.messages.presence import PresenceChanged
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce

MEETING = "meeting_123"
START = datetime(2027, 1, 15, 10, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=minutes)


def after(*messages: ServerMessage, meeting: Meeting | None = None) -> Meeting:
    """The meeting after these, heard one after the other at the start."""
    first = Meeting(MEETING) if meeting is None else meeting
    return fold(lambda known, message: reduce(known, message, START), messages, first)


def ready(*permissions: str, extensions: tuple[str, ...] | None = None) -> ConnectionReady:
    """`connection.ready` for user_1."""
    return ConnectionReady(
        data=ConnectionReady.Data(
            session_id="session_1",
            user_id="user_1",
            permissions=permissions or ("read", "write"),
            server_time=START,
            extensions=extensions,
        )
    )


def joined(
    user_id: str, name: str, role: Role = Role.PARTICIPANT, meeting_id: str = MEETING
) -> ParticipantJoined:
    """Somebody is here."""
    return ParticipantJoined(
        data=ParticipantJoined.Data(
            meeting_id=meeting_id,
            participant=ParticipantJoined.Participant(
                user_id=user_id, name=name, role=role, joined_at=START
            ),
            total_participants=1,
        )
    )


def left(user_id: str, name: str, minutes: float = 5) -> ParticipantLeft:
    """Somebody has left."""
    return ParticipantLeft(
        data=ParticipantLeft.Data(
            meeting_id=MEETING,
            participant=ParticipantLeft.Participant(
                user_id=user_id, name=name, left_at=at(minutes)
            ),
            total_participants=0,
        )
    )


def changed(user_id: str, status: Status) -> PresenceChanged:
    """Somebody's status changed."""
    data = PresenceChanged.Data(user_id=user_id, status=status, last_seen=at(1))
    return PresenceChanged(data=data)


def chat(
    number: int, user_id: str, text: str, name: str = "John Doe", correlation: str | None = None
) -> ChatMessage:
    """Message `number`, a minute after the one before."""
    return ChatMessage(
        metadata=None if correlation is None else Metadata(correlation_id=correlation),
        data=ChatMessage.Data(
            meeting_id=MEETING,
            message_id=f"msg_{number}",
            user_id=user_id,
            user_name=name,
            message=text,
            timestamp=at(number),
        ),
    )


def typing(user_id: str, name: str, *, is_typing: bool = True) -> TypingUpdate:
    """Somebody begins or stops to type."""
    return TypingUpdate(
        data=TypingUpdate.Data(
            room_id=MEETING, user_id=user_id, user_name=name, is_typing=is_typing
        )
    )


def agenda(
    item_id: str, status: ItemStatus, current: int, minutes: float | None = None
) -> AgendaUpdate:
    """An item's status, on an agenda of five."""
    return AgendaUpdate(
        metadata=Metadata(timestamp=at(minutes or 0)),
        data=AgendaUpdate.Data(
            meeting_id=MEETING,
            current_item=current,
            total_items=5,
            item_details=ItemDetails(
                id=item_id,
                title=f"About {item_id}",
                status=status,
                started_at=at(minutes) if minutes is not None else None,
            ),
        ),
    )


def tally(
    approve: int,
    reject: int,
    *,
    decision_id: str = "decision_123",
    status: str = "voting",
    required: int = 15,
) -> VoteUpdate:
    """How a vote stands."""
    return VoteUpdate(
        data=VoteUpdate.Data(
            decision_id=decision_id,
            vote_summary=VoteSummary(
                approve=approve,
                reject=reject,
                abstain=0,
                total=approve + reject,
                required=required,
            ),
            status=status,
            deadline=at(30),
        )
    )
