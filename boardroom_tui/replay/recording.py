"""A meeting's record as its replay needs it: every event, and how the meeting stood after it."""

from collections.abc import Sequence

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.events import Convened, Event
from boardroom_tui.meeting.evolve import evolve
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.replay.folded import Folded


class Recording:
    """The events of one meeting, in order, without ballots; the first is its convening."""

    def __init__(self, events: Sequence[Event]) -> None:
        """Raises ValueError where there are none, or they do not begin with the meeting's file."""
        if not events or not isinstance(events[0].what, Convened):
            raise ValueError("the record does not begin with the meeting's file")
        self.events = tuple(events)
        self._states = Folded(MeetingState(), self._after)

    def state(self, place: int) -> MeetingState:
        """The meeting after so many events."""
        return self._states.at(place)

    def charter(self, place: int) -> Charter:
        """The meeting's file as it was then."""
        charter = self.state(place).charter
        if charter is None:
            raise ValueError("there is no meeting before its convening")
        return charter

    def _after(self, state: MeetingState, place: int) -> MeetingState:
        return evolve(state, self.events[place - 1])
