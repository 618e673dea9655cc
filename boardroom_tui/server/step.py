"""Something that happened in a meeting."""

from dataclasses import dataclass

from boardroom_tui.meeting.events import Event
from boardroom_tui.meeting.state import MeetingState


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened, and the meeting before and after it."""

    before: MeetingState
    event: Event
    after: MeetingState
    tally_follows: bool = False
    """Whether a later vote on the same decision was written with it: that tally is told."""
