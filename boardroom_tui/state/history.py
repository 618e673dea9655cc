"""Reading back: what was said and done before the conversation begins here, page by page."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.history import ChatHistory, ChatHistoryGet
from boardroom_tui.protocol.messages.meeting import ChatLine, MeetingState
from boardroom_tui.state.backlog import Told, in_order
from boardroom_tui.state.conversation import merged
from boardroom_tui.state.model import Earlier, Entry, Meeting, SpokenLine

_ASKED_FOR = "meeting.chat.history.get"


def offered(earlier: Earlier, extensions: Collection[str]) -> Earlier:
    """What can be read back from a server that knows these extensions."""
    if _ASKED_FOR not in extensions:
        return Earlier.UNTOLD
    return Earlier.NONE if earlier is Earlier.UNTOLD else earlier


def told(meeting: Meeting, data: MeetingState.Data, done: Sequence[Told]) -> Meeting:
    """The server tells the newest lines, and what was `done`.

    What was heard before and does not reach up to them is let go: nobody knows what was said in
    between, and reading back brings all of it.
    """
    lines = list(_in_order(data.chat, done))
    known = meeting.chat
    if data.earlier_chat and not any(line.message_id in known for line in lines):
        known = KeyedLog[Entry]()
    joined = replace(meeting, chat=merged(known, lines))
    reaches_back = bool(known) and (not lines or joined.chat[0].message_id != lines[0].message_id)
    if meeting.earlier is Earlier.UNTOLD or reaches_back:
        return joined
    if data.earlier_chat:
        return replace(joined, earlier=Earlier.MORE, earlier_page=data.earlier_page)
    return joined if meeting.earlier is Earlier.READ else replace(joined, earlier=Earlier.NONE)


def question(meeting: Meeting) -> ClientMessage | None:
    """What to ask the server to read further back; None where there is nothing to ask now."""
    if meeting.earlier is not Earlier.MORE or meeting.earlier_page is None:
        return None
    data = ChatHistoryGet.Data(meeting_id=meeting.meeting_id, page=meeting.earlier_page)
    return ChatHistoryGet(data=data)


def read_back(meeting: Meeting, data: ChatHistory.Data, done: Sequence[Told]) -> Meeting:
    """The server tells what was said and `done` before the first line; no other page is wanted."""
    if meeting.earlier_page is None or data.page != meeting.earlier_page:
        return meeting
    lines = [(line.message_id, line) for line in _in_order(data.chat, done)]
    earlier = Earlier.MORE if data.earlier_page is not None else Earlier.READ
    chat = meeting.chat.preceded_by(lines)
    return replace(meeting, chat=chat, earlier=earlier, earlier_page=data.earlier_page)


def _in_order(lines: Sequence[ChatLine], done: Sequence[Told]) -> Iterator[Entry]:
    for one in in_order(lines, ((one.after_lines, one.line) for one in done)):
        yield SpokenLine.of(one) if isinstance(one, ChatLine) else one
