"""What the meeting said before one came: the same lines as those who were there have read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from heapq import merge
from typing import TypeVar

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import ChatLine, Proceeding
from boardroom_tui.protocol.messages.motion import Motion, MotionUpdate
from boardroom_tui.protocol.messages.speaker import Speakers
from boardroom_tui.state.announcing import lines_of
from boardroom_tui.state.lookup import with_entry, without_entry
from boardroom_tui.state.model import Meeting, MeetingLine

_T = TypeVar("_T")

Change = Callable[[Meeting, ServerMessage, datetime], Meeting]


@dataclass(frozen=True, slots=True)
class Told:
    """A line, and after how many of the told lines of the conversation it stands."""

    after_lines: int
    line: MeetingLine


def told(meeting: Meeting, proceedings: Sequence[Proceeding], change: Change) -> Sequence[Told]:
    """What the meeting said of these, as it stands now; `change` is what each of them does.

    They are gone through as they were heard, from how that stood which each is about.
    """
    return tuple(_told(meeting, proceedings, change))


def in_order(lines: Iterable[ChatLine], done: Iterable[tuple[int, _T]]) -> Iterator[ChatLine | _T]:
    """What was said and what was done, as it came; each deed with how many lines precede it."""
    said: Iterable[tuple[int, ChatLine]] = enumerate(lines)
    return (one for _, one in merge(done, said, key=lambda placed: placed[0]))


def motions(proceedings: Iterable[Proceeding]) -> Mapping[str, Motion]:
    """Each motion as the last of these tells of it."""
    updates = (one.message for one in proceedings)
    return {one.data.motion_id: one.data for one in updates if isinstance(one, MotionUpdate)}


def _told(meeting: Meeting, proceedings: Sequence[Proceeding], change: Change) -> Iterator[Told]:
    stands = replace(meeting, speakers=Speakers(), proxies={})
    for one in proceedings:
        message, at = one.message, happened_at(one.message)
        before = _before(stands, one)
        stands = change(before, message, at)
        for line in lines_of(before, stands, message):
            # What it says of earlier was said then, or was not to be heard.
            if line.timestamp == at:
                yield Told(one.after_lines, line)


def _before(stands: Meeting, one: Proceeding) -> Meeting:
    """The meeting with that as it stood then which is proceeded with."""
    if isinstance(one.message, PhaseUpdate):
        return replace(stands, phase=one.phase_before or MeetingPhase.GATHERING)
    if isinstance(one.message, MotionUpdate):
        motion_id = one.message.data.motion_id
        heard = without_entry(stands.motions_heard, motion_id)
        if one.motion_before is not None:
            heard = with_entry(heard, motion_id, one.motion_before)
        return replace(stands, motions_heard=heard)
    return stands


def happened_at(message: ServerMessage) -> datetime:
    """When what it tells of happened: the server always says so."""
    metadata = message.metadata
    if metadata is None or metadata.timestamp is None:
        return datetime.min.replace(tzinfo=UTC)
    return metadata.timestamp
