"""What a meeting has announced, for those who were not there to hear it.

What was said is in the meeting's state; this is what the meeting itself did. The newest is kept,
also through a restart: it is made of the events again.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from boardroom_tui.meeting.events import Event, Joined, Left, Said, VoteRecorded
from boardroom_tui.meeting.evolve import evolve
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import PROCEEDINGS
from boardroom_tui.protocol.messages.meeting import LastHeard, Proceeded
from boardroom_tui.server.announcements import announcements
from boardroom_tui.server.attendance import attendance_changed
from boardroom_tui.server.newest import Missed, Newest
from boardroom_tui.server.step import Step


@dataclass(frozen=True, slots=True)
class _Announced:
    message: str
    """As JSON: it is told to many, and never changes."""
    sequence: int
    chat_length: int
    """After so many messages it was announced."""
    hidden: bool
    """Whether observers heard nothing of it."""


class Backlog:
    """The newest announcements of one meeting."""

    def __init__(self, meeting_id: str) -> None:
        self._meeting_id = meeting_id
        self._announced: deque[_Announced] = deque(maxlen=PROCEEDINGS)
        self.newest = Newest()

    def fold(self, events: Iterable[Event], state: MeetingState | None = None) -> MeetingState:
        """The state after these events, from the beginning or from `state`; each is noted."""
        after = MeetingState() if state is None else state
        for event in events:
            before, after = after, evolve(after, event)
            self.note(Step(before, event, after))
        return after

    def note(self, step: Step) -> None:
        """Keep what is said of a step; what was said in it or counted is in the state."""
        self.newest.note(step)
        for message, hidden in _announced(self._meeting_id, step):
            if isinstance(message, Proceeded):
                about = Metadata(timestamp=step.event.at, sequence=step.event.sequence)
                self._announced.append(
                    _Announced(
                        message.model_copy(update={"metadata": about}).model_dump_json(),
                        step.after.sequence,
                        len(step.after.chat),
                        hidden,
                    )
                )

    def missed(self, heard: LastHeard | None, sequence: int, role: Role) -> Missed | None:
        """What somebody has missed since they heard of an event; None if all has to be told."""
        if heard is None:
            return None
        missed = self.newest.missed(heard, sequence, role)
        full = len(self._announced) == self._announced.maxlen
        if full and self._announced[0].sequence >= heard.sequence:
            return None
        return missed

    def told(
        self, sequence: int, role: Role, places: Sequence[int], first: int = 0
    ) -> Iterator[str]:
        """What was announced from event `first` up to this one, as somebody in this role may know.

        It is JSON; `places` are where in the conversation the lines stand that are told beside it.
        """
        for one in self._announced:
            told = first <= one.sequence <= sequence
            if told and not (one.hidden and role is Role.OBSERVER):
                # The last line before it stands at the place one less.
                after = bisect_right(places, one.chat_length - 1)
                yield f'{{"afterLines":{after},"message":{one.message}}}'


def _announced(meeting_id: str, step: Step) -> Iterator[tuple[ServerMessage, bool]]:
    match step.event.what:
        case Said() | VoteRecorded():
            return
        case Joined() | Left():
            for turned in attendance_changed(meeting_id, step):
                yield turned.message, turned.hidden
        case _:
            for said in announcements(step.event, meeting_id, step.after):
                yield said.message, said.hidden
