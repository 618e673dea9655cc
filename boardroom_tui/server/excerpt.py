"""What was said, as it is told: the newest with the whole picture, what came before on asking."""

from collections.abc import Iterator
from dataclasses import dataclass

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.executive import outside
from boardroom_tui.meeting.finding import missing
from boardroom_tui.meeting.state import ChatEntry, MeetingState
from boardroom_tui.protocol.authorisation import Resource
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.limits import CHAT_BYTES, CHAT_LINES
from boardroom_tui.protocol.messages.meeting import ChatHistory, ChatHistoryGet, ChatLine
from boardroom_tui.server.announcements import chat_message
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.rooms import Rooms


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some of what was said, the oldest first."""

    lines: tuple[ChatLine, ...]
    earlier: bool
    """Whether more was said before."""
    places: tuple[int, ...] = ()
    """Where the lines stand in the whole conversation."""


def excerpt(
    meeting_id: str,
    state: MeetingState,
    role: Role,
    *,
    start: int = 0,
    end: int | None = None,
    limit: int = CHAT_LINES,
) -> Excerpt:
    """The last of what was said between two places, as somebody in this role may know it."""
    lines: list[ChatLine] = []
    places: list[int] = []
    size, earlier = 0, False
    for place, entry in _backwards(state, role, start, end):
        size += len(entry.text.encode())
        earlier = len(lines) == limit or size > CHAT_BYTES
        if earlier:
            break
        lines.append(chat_message(meeting_id, state, entry).data)
        places.append(place)
    return Excerpt(tuple(reversed(lines)), earlier, tuple(reversed(places)))


def tell_history(rooms: Rooms, peer: Peer, request: ChatHistoryGet) -> Refusal | None:
    """Answer a member who reads back; a message that they may not know of is not found."""
    seat = rooms.seat(peer, request.data.meeting_id)
    if isinstance(seat, Refusal):
        return seat
    state, before = seat.room.state, request.data.before
    end = None
    if before is not None:
        end = _told(state, seat.role).place(before)
        if end is None or _is_hidden(state.chat[end], seat.role):
            return missing(Resource.MESSAGE, before)
    said = excerpt(seat.room.id, state, seat.role, end=end, limit=request.data.limit)
    data = ChatHistory.Data(
        meeting_id=seat.room.id, before=before, chat=said.lines, earlier=said.earlier
    )
    peer.answer(request, ChatHistory(data=data))
    return None


def _backwards(
    state: MeetingState, role: Role, start: int, end: int | None
) -> Iterator[tuple[int, ChatEntry]]:
    chat = _told(state, role)
    for place in range((len(chat) if end is None else end) - 1, start - 1, -1):
        if not _is_hidden(chat[place], role):
            yield place, chat[place]


def _told(state: MeetingState, role: Role) -> KeyedLog[ChatEntry]:
    return (outside(state) if role is Role.OBSERVER else state).chat


def _is_hidden(entry: ChatEntry, role: Role) -> bool:
    return entry.executive and role is Role.OBSERVER
