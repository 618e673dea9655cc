"""What leaving a meeting now would leave behind."""

from collections.abc import Iterator

from boardroom_tui.protocol.fields import MeetingPhase, Role
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
