"""What the meeting said before one came: the same lines as those who were there have read."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.meeting import ChatLine, Proceeded, Proceeding
from boardroom_tui.protocol.messages.motion import Motion, MotionUpdate
from boardroom_tui.protocol.messages.speaker import Speakers
from boardroom_tui.state.announcing import lines_of
from boardroom_tui.state.model import Meeting, MeetingLine

Change = Callable[[Meeting, ServerMessage, datetime], Meeting]


@dataclass(frozen=True, slots=True)
class Told:
    """A line, and after how many of the told lines of the conversation it stands."""

    after_lines: int
    line: MeetingLine


def told(meeting: Meeting, proceedings: Sequence[Proceeding], change: Change) -> Sequence[Told]:
    """What the meeting said of these, as it stands now; `change` is what each of them does.

    They are gone through as they were heard: from a meeting of which nobody had heard anything.
    Where the server has let go of the oldest, nothing is said of what began with those.
    """
    if not proceedings:
        return ()
    return tuple(_told(meeting, proceedings, change))


def in_order(
    lines: Sequence[ChatLine], proceedings: Iterable[Proceeding]
) -> Iterator[ChatLine | Proceeded]:
    """What was said and what was done, as it came."""
    left = deque(proceedings)
    for place, line in enumerate(lines):
        while left and left[0].after_lines <= place:
            yield left.popleft().message
        yield line
    yield from (one.message for one in left)


def motions(proceedings: Iterable[Proceeding]) -> Mapping[str, Motion]:
    """Each motion as the last of these tells of it."""
    updates = (one.message for one in proceedings)
    return {one.data.motion_id: one.data for one in updates if isinstance(one, MotionUpdate)}


def motion_order(
    known: Iterable[str], stand: Iterable[Motion], proceedings: Sequence[Proceeding]
) -> tuple[str, ...]:
    """All motions in the order in which one heard of them: those known before, then the others.

    Of one that was moved in executive session observers first hear when it is put to the vote.
    """
    made = sorted(stand, key=lambda one: (one.moved_at, one.motion_id))
    begins = happened_at(proceedings[0].message) if proceedings else None
    older = (one.motion_id for one in made if begins is None or one.moved_at < begins)
    rest = (one.motion_id for one in made)
    return tuple(dict.fromkeys((*known, *older, *motions(proceedings), *rest)))


def _told(meeting: Meeting, proceedings: Sequence[Proceeding], change: Change) -> Iterator[Told]:
    begins = happened_at(proceedings[0].message)
    older = {key: one for key, one in meeting.motions.items() if one.moved_at < begins}
    stands = replace(
        meeting,
        phase=MeetingPhase.GATHERING,
        speakers=Speakers(),
        motions=older,
        motions_heard=older,
        proxies={},
    )
    for one in proceedings:
        message = one.message
        if isinstance(message, MotionUpdate) and message.data.motion_id in older:
            continue
        at = happened_at(message)
        before, stands = stands, change(stands, message, at)
        for line in lines_of(before, stands, message):
            # What it says of earlier was said then, or was not to be heard.
            if line.timestamp == at:
                yield Told(one.after_lines, line)


def happened_at(message: ServerMessage) -> datetime:
    """When what it tells of happened: the server always says so."""
    metadata = message.metadata
    if metadata is None or metadata.timestamp is None:
        return datetime.min.replace(tzinfo=UTC)
    return metadata.timestamp
