"""What a meeting has announced, for those who were not there to hear it.

What was said is in the meeting's state; this is what the meeting itself did. It is kept through a
restart, too: it is made of the events again.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from boardroom_tui.meeting.events import Event, Joined, Left, Said, VoteRecorded
from boardroom_tui.meeting.evolve import evolve
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import Proceeded
from boardroom_tui.protocol.messages.motion import Motion, MotionBefore, MotionUpdate
from boardroom_tui.protocol.packed_entries import ALL_IN_MEMORY, Keeping, PackedEntries
from boardroom_tui.server.announcements import announcements
from boardroom_tui.server.attendance import attendance_changed
from boardroom_tui.server.newest import Newest
from boardroom_tui.server.step import Step


@dataclass(frozen=True, slots=True)
class Announced:
    """Something that the meeting has said it did."""

    message: str
    """As JSON: it is told to many, and never changes."""
    sequence: int
    lines_before: int
    """So many messages had been said by then."""
    hidden: bool
    """Whether observers heard nothing of it."""
    before: str = ""
    """How that stood until then which it is about, as the fields that follow the message."""
    before_to_observers: str = ""
    """The same, as far as observers had heard."""


class Backlog:
    """All announcements of one meeting; but for the newest they lie packed."""

    def __init__(self, meeting_id: str, keeping: Keeping = ALL_IN_MEMORY) -> None:
        self._meeting_id = meeting_id
        self._announced = PackedEntries[Announced](keeping)
        self._motions: dict[str, str] = {}
        """Each as it was last told of, in what can change of it; the one told of first is first."""
        self._motions_to_observers: dict[str, str] = {}
        self.newest = Newest()

    def __getitem__(self, number: int) -> Announced:
        """The announcement of this number, from 0."""
        return self._announced.entry(number)

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
                self._keep(step, message, hidden=hidden)

    def _keep(self, step: Step, message: Proceeded, *, hidden: bool) -> None:
        before = before_to_observers = ""
        if isinstance(message, PhaseUpdate):
            before = before_to_observers = f',"phaseBefore":"{step.before.phase}"'
        elif isinstance(message, MotionUpdate):
            before, before_to_observers = self._heard(message.data, hidden=hidden)
        about = Metadata(timestamp=step.event.at, sequence=step.event.sequence)
        announced = Announced(
            message.model_copy(update={"metadata": about}).model_dump_json(),
            step.after.sequence,
            len(step.after.chat),
            hidden,
            before,
            before_to_observers,
        )
        self._announced.append(str(self._announced.end), announced)

    def _heard(self, told: Motion, *, hidden: bool) -> tuple[str, str]:
        """What was told of a motion before this, to members and to observers."""
        names = set(MotionBefore.model_fields)
        stands = f',"motionBefore":{told.model_dump_json(include=names)}'
        before = self._motions.get(told.motion_id, "")
        self._motions[told.motion_id] = stands
        if hidden:
            return before, ""
        to_observers = self._motions_to_observers.get(told.motion_id, "")
        self._motions_to_observers[told.motion_id] = stands
        return before, to_observers

    def motion_order(self, role: Role) -> tuple[str, ...]:
        """All motions that were told of in this role, in the order in which they first were."""
        observes = role is Role.OBSERVER
        return tuple(self._motions_to_observers if observes else self._motions)

    def count(self, sequence: int) -> int:
        """How much was announced up to this event."""
        number = self._announced.end
        while number and self[number - 1].sequence > sequence:
            number -= 1
        return number


def told(announced: Announced, role: Role, places: Sequence[int]) -> str:
    """An announcement as somebody in this role is told of it, as JSON.

    `places` are where in the conversation the lines stand that are told beside it.
    """
    after = bisect_left(places, announced.lines_before)
    before = announced.before_to_observers if role is Role.OBSERVER else announced.before
    return f'{{"afterLines":{after},"message":{announced.message}{before}}}'


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
