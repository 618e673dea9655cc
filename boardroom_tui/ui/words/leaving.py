"""What leaving a meeting now would leave behind."""

from collections.abc import Iterator, Sequence

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import MeetingPhase, Role
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.select import may_facilitate, open_decisions


def undone(meeting: Meeting) -> Iterator[str]:
    """What a facilitator who leaves now leaves undone."""
    if not may_facilitate(meeting):
        return
    if open_decisions(meeting):
        yield "A vote is open."
    leading = [p for p in meeting.people.values() if p.present and p.role is Role.FACILITATOR]
    if len(leading) <= 1 and meeting.phase in (MeetingPhase.IN_SESSION, MeetingPhase.EXECUTIVE):
        yield "The meeting is not adjourned."


def unsent(requests: Sequence[ClientMessage]) -> str:
    """What of one's own may be lost: `Your vote and 2 messages have not reached …`."""
    votes = sum(isinstance(one, VoteCast) for one in requests)
    messages = sum(isinstance(one, ChatSend) for one in requests)
    kinds = (
        (votes, "your vote", "votes"),
        (messages, "one message", "messages"),
        (len(requests) - votes - messages, "one request", "requests"),
    )
    parts = [one if count == 1 else f"{count} {many}" for count, one, many in kinds if count]
    *others, last = parts
    what = f"{', '.join(others)} and {last}" if others else last
    has = "has" if len(requests) == 1 else "have"
    return f"{what[0].upper()}{what[1:]} {has} not reached the server yet and may be lost."
