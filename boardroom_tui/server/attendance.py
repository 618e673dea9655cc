"""What is said on the wire of who is here and who has the floor."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from boardroom_tui.meeting.events import ApologyRecorded, Event, RollCalled
from boardroom_tui.meeting.quorum import counts, quorum
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.attendance import ApologyUpdate, QuorumUpdate
from boardroom_tui.protocol.messages.attendance import RollCalled as RollCalledMessage
from boardroom_tui.protocol.messages.speaker import SpeakerQueue, Speakers, Turn
from boardroom_tui.server.step import Step


@dataclass(frozen=True, slots=True)
class Turned:
    """A message that follows from somebody's coming, going or having another role."""

    message: QuorumUpdate | SpeakerQueue
    hidden: bool
    """Whether observers hear nothing of it."""


def roll_called(meeting_id: str, event: Event, called: RollCalled) -> RollCalledMessage:
    """The roll as it was called."""
    return RollCalledMessage(
        data=RollCalledMessage.Data(
            meeting_id=meeting_id,
            present=called.present,
            absent=called.absent,
            excused=called.excused,
            have=called.have,
            need=called.need,
            at=event.at,
            by=event.actor,
        )
    )


def apology_update(meeting_id: str, event: Event, recorded: ApologyRecorded) -> ApologyUpdate:
    """Whose apologies are recorded, or taken back."""
    return ApologyUpdate(
        data=ApologyUpdate.Data(
            meeting_id=meeting_id,
            user_id=recorded.user_id,
            withdrawn=recorded.withdrawn,
            at=event.at,
        )
    )


def speakers(state: MeetingState) -> Speakers:
    """Who has the floor and who asks for it."""
    minutes = None if state.charter is None else state.charter.speaking_minutes
    has_it = state.speaking
    return Speakers(
        speaking=None if has_it is None else Turn(user_id=has_it.user_id, since=has_it.since),
        queue=tuple(Turn(user_id=who, since=since) for who, since in state.hands.items()),
        seconds_each=None if minutes is None else minutes * 60,
    )


def speaker_queue(meeting_id: str, state: MeetingState) -> SpeakerQueue:
    """The same, as everybody is told when it changes."""
    data = SpeakerQueue.Data(meeting_id=meeting_id, **dict(speakers(state)))
    return SpeakerQueue(data=data)


def attendance_changed(meeting_id: str, step: Step) -> Iterator[Turned]:
    """What coming, going or another role has done to the quorum and to the speakers."""
    for message in _turned(meeting_id, step):
        yield Turned(message, hidden=False)
    if speakers(step.before) != speakers(step.after):
        hidden = step.after.phase is MeetingPhase.EXECUTIVE
        yield Turned(speaker_queue(meeting_id, step.after), hidden)


def _turned(meeting_id: str, step: Step) -> Iterator[QuorumUpdate]:
    """That coming or going has met or lost the quorum of a meeting that is not over."""
    actor = step.event.actor
    more = counts(step.after, actor) - counts(step.before, actor)
    if not more or step.after.phase is MeetingPhase.ADJOURNED:
        return
    after = quorum(step.after)
    before = replace(after, have=after.have - more)
    if before.met is not after.met:
        yield QuorumUpdate(
            data=QuorumUpdate.Data(
                meeting_id=meeting_id,
                have=after.have,
                need=after.need,
                met=after.met,
                at=step.event.at,
            )
        )
