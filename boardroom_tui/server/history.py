"""What was said before that which is told with the whole picture, on asking."""

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.executive import known_to
from boardroom_tui.meeting.finding import missing
from boardroom_tui.protocol.authorisation import Resource
from boardroom_tui.protocol.messages.history import ChatHistory, ChatHistoryGet
from boardroom_tui.server.backlog import told as announcement
from boardroom_tui.server.excerpt import chat_line, excerpt, is_hidden
from boardroom_tui.server.page import Bookmark, page
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.rooms import Rooms, Seat


def tell_history(rooms: Rooms, peer: Peer, request: ChatHistoryGet) -> Refusal | None:
    """Answer a member who reads back; a message that they may not know of is not found."""
    seat = rooms.seat(peer, request.data.meeting_id)
    if isinstance(seat, Refusal):
        return seat
    if request.data.page is not None:
        return _tell_page(peer, request, seat, request.data.page)
    state, before = seat.room.state, request.data.before
    end = None
    if before is not None:
        end = known_to(state, seat.role).chat.place(before)
        if end is None or is_hidden(state.chat[end], seat.role):
            return missing(Resource.MESSAGE, before)
    said = excerpt(state, seat.role, end=end, limit=request.data.limit)
    data = ChatHistory.Data(
        meeting_id=seat.room.id,
        before=before,
        chat=tuple(chat_line(seat.room.id, state, entry) for entry in said.entries),
        earlier=said.earlier,
    )
    peer.answer(request, ChatHistory(data=data))
    return None


def _tell_page(peer: Peer, request: ChatHistoryGet, seat: Seat, wanted: str) -> Refusal | None:
    """Answer with what was said and done before that which a member was told last."""
    room, end = seat.room, Bookmark.parse(wanted)
    if end is None:
        return missing(Resource.MESSAGE, wanted)
    state = known_to(room.state, seat.role)
    some = page(state, room.backlog, seat.role, end=end, limit=request.data.limit)
    data = ChatHistory.Data(
        meeting_id=room.id,
        page=wanted,
        chat=tuple(chat_line(room.id, state, entry) for entry in some.entries),
        earlier=some.earlier is not None,
        earlier_page=None if some.earlier is None else str(some.earlier),
    )
    proceedings = (announcement(one, seat.role, some.places) for one in some.announced)
    peer.answer(request, ChatHistory(data=data), ready={"proceedings": proceedings})
    return None
