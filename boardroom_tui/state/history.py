"""Reading back: what was said before the conversation begins here, as the server tells it."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import merge

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.meeting import ChatHistory, ChatHistoryGet, ChatLine
from boardroom_tui.state.backlog import Told
from boardroom_tui.state.conversation import merged
from boardroom_tui.state.model import Earlier, Entry, Meeting, SpokenLine

_ASKED_FOR = "meeting.chat.history.get"


def offered(earlier: Earlier, extensions: Collection[str]) -> Earlier:
    """What can be read back from a server that knows these extensions."""
    if _ASKED_FOR not in extensions:
        return Earlier.UNTOLD
    return Earlier.NONE if earlier is Earlier.UNTOLD else earlier


def told(
    meeting: Meeting, lines: Sequence[ChatLine], done: Sequence[Told], *, earlier: bool
) -> Meeting:
    """The server tells the newest lines and what was `done`; and whether there are `earlier` lines.

    What was heard before and does not reach up to them is let go: nobody knows what was said in
    between, and reading back brings all of it.
    """
    known = meeting.chat
    if earlier and not any(line.message_id in known for line in lines):
        known = _log(line for line in known if not isinstance(line, SpokenLine))
    joined = replace(meeting, chat=merged(known, _in_order(lines, done)))
    first = _first(joined)
    begins = [line.message_id for line in lines[:1]]
    if meeting.earlier is Earlier.UNTOLD or (first is not None and first.message_id not in begins):
        return joined
    if earlier:
        return replace(joined, earlier=Earlier.MORE)
    return joined if meeting.earlier is Earlier.READ else replace(joined, earlier=Earlier.NONE)


def question(meeting: Meeting) -> ClientMessage | None:
    """What to ask the server to read further back; None where there is nothing to ask now."""
    first = _first(meeting)
    if meeting.earlier is not Earlier.MORE or first is None:
        return None
    data = ChatHistoryGet.Data(meeting_id=meeting.meeting_id, before=first.message_id)
    return ChatHistoryGet(data=data)


def read_back(meeting: Meeting, data: ChatHistory.Data) -> Meeting:
    """The server tells what was said before the first line; of any other place it is not wanted."""
    first = _first(meeting)
    if first is None or data.before != first.message_id:
        return meeting
    earlier = Earlier.MORE if data.earlier else Earlier.READ
    chat, spoken = meeting.chat, [SpokenLine.of(line) for line in data.chat]
    if chat[0] == first:
        chat = chat.preceded_by((line.message_id, line) for line in spoken)
    else:
        # What the meeting itself said stood alone there.
        chat = _log(merge(chat, spoken, key=lambda line: line.timestamp))
    return replace(meeting, chat=chat, earlier=earlier)


def _in_order(lines: Sequence[ChatLine], done: Sequence[Told]) -> Iterator[Entry]:
    left = deque(done)
    for place, line in enumerate(lines):
        while left and left[0].after_lines <= place:
            yield left.popleft().line
        yield SpokenLine.of(line)
    yield from (one.line for one in left)


def _first(meeting: Meeting) -> SpokenLine | None:
    return next((line for line in meeting.chat if isinstance(line, SpokenLine)), None)


def _log(lines: Iterable[Entry]) -> KeyedLog[Entry]:
    return KeyedLog[Entry]().adding_all((line.message_id, line) for line in lines)
