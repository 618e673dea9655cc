"""Motions from the floor: moved, seconded, amended, withdrawn, postponed, referred.

Putting one to the vote is opening.py's; its wording is frozen from then on.
"""

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.commands import (
    AmendMotion,
    MakeMotion,
    PostponeMotion,
    ReferMotion,
    Refusal,
    SecondMotion,
    WithdrawMotion,
)
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import (
    MotionAmended,
    MotionMade,
    MotionPostponed,
    MotionReferred,
    MotionSeconded,
    MotionWithdrawn,
)
from boardroom_tui.meeting.finding import missing
from boardroom_tui.meeting.standing import facilitator, taking_part
from boardroom_tui.meeting.state import MeetingState, Motion
from boardroom_tui.protocol.authorisation import Resource
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import MotionStatus, Role

_TITLE_CHARACTERS = 72
"""What a motion without a title is called is cut here."""

_NO_VOTE = Refusal(
    ErrorCode.PERMISSION_DENIED, "Only members with a vote move something or second it."
)
_EMPTY = Refusal(ErrorCode.INVALID_MESSAGE, "A motion needs words.")
_OWN = Refusal(ErrorCode.INVALID_MESSAGE, "Somebody else has to second your motion.", "own")
_NOT_YOURS = Refusal(ErrorCode.PERMISSION_DENIED, "Only its mover may do this with a motion.")

_STANDS = {
    MotionStatus.VOTING: "is under vote: its wording is frozen",
    MotionStatus.APPROVED: "was carried",
    MotionStatus.REJECTED: "was lost",
    MotionStatus.WITHDRAWN: "was withdrawn",
    MotionStatus.POSTPONED: "was postponed",
    MotionStatus.REFERRED: "was referred",
}


def make(state: MeetingState, command: MakeMotion) -> Deeds | Refusal:
    """Move something: it takes a vote, not presence."""
    mover = _with_vote(state, command.user_id, command.role)
    if isinstance(mover, Refusal):
        return mover
    if command.item_id is not None and state.item(command.item_id) is None:
        return missing(Resource.ITEM, command.item_id)
    text = command.text.strip()
    if not text:
        return _EMPTY
    made = MotionMade(
        motion_id=command.motion_id,
        title=_title(command.title, text),
        text=text,
        item_id=command.item_id,
    )
    return (Deed(mover.id, made),)


def second(state: MeetingState, command: SecondMotion) -> Deeds | Refusal:
    """Second what somebody else moved."""
    seconder = _with_vote(state, command.user_id, command.role)
    if isinstance(seconder, Refusal):
        return seconder
    motion = pending(state, command.motion_id)
    if isinstance(motion, Refusal):
        return motion
    if motion.mover == seconder.id:
        return _OWN
    if motion.seconder is not None:
        return _refused(f"{motion.id} is seconded already.", "seconded")
    return (Deed(seconder.id, MotionSeconded(motion_id=motion.id)),)


def amend(state: MeetingState, command: AmendMotion) -> Deeds | Refusal:
    """Word a motion anew: its mover may, and a facilitator."""
    who = taking_part(state, command.user_id, command.role)
    if isinstance(who, Refusal):
        return who
    motion = pending(state, command.motion_id)
    if isinstance(motion, Refusal):
        return motion
    if motion.mover != who.id and isinstance(facilitator(state, who.id, command.role), Refusal):
        return _NOT_YOURS
    text = command.text.strip()
    if not text:
        return _EMPTY
    amended = MotionAmended(motion_id=motion.id, title=_title(command.title, text), text=text)
    return (Deed(who.id, amended),)


def withdraw(state: MeetingState, command: WithdrawMotion) -> Deeds | Refusal:
    """Take back what one has moved."""
    mover = taking_part(state, command.user_id, command.role)
    if isinstance(mover, Refusal):
        return mover
    motion = pending(state, command.motion_id)
    if isinstance(motion, Refusal):
        return motion
    if motion.mover != mover.id:
        return _NOT_YOURS
    return (Deed(mover.id, MotionWithdrawn(motion_id=motion.id)),)


def postpone(state: MeetingState, command: PostponeMotion) -> Deeds | Refusal:
    """Leave a motion to another meeting."""
    chair = facilitator(state, command.user_id, command.role)
    if isinstance(chair, Refusal):
        return chair
    motion = pending(state, command.motion_id)
    if isinstance(motion, Refusal):
        return motion
    return (Deed(chair.id, MotionPostponed(motion_id=motion.id)),)


def refer(state: MeetingState, command: ReferMotion) -> Deeds | Refusal:
    """Refer a motion to somebody who looks into it."""
    chair = facilitator(state, command.user_id, command.role)
    if isinstance(chair, Refusal):
        return chair
    motion = pending(state, command.motion_id)
    if isinstance(motion, Refusal):
        return motion
    to = command.to.strip()
    if not to:
        return _refused("Say to whom it is referred.")
    return (Deed(chair.id, MotionReferred(motion_id=motion.id, to=to)),)


def pending(state: MeetingState, motion_id: str) -> Motion | Refusal:
    """A motion that something can still be done with, or why nothing can."""
    motion = state.motions.get(motion_id)
    if motion is None:
        return missing(Resource.MOTION, motion_id)
    if motion.status.is_pending:
        return motion
    reason = "voting" if motion.status is MotionStatus.VOTING else "closed"
    return _refused(f"{motion.id} {_STANDS[motion.status]}.", reason)


def _with_vote(state: MeetingState, user_id: str, role: Role) -> Member | Refusal:
    found = taking_part(state, user_id, role)
    return _NO_VOTE if isinstance(found, Member) and not found.has_vote else found


def _title(given: str | None, text: str) -> str:
    """What a motion is called: its first words where nothing else is said."""
    if given is not None and given.strip():
        return given.strip()
    first = text.splitlines()[0].strip()
    if len(first) <= _TITLE_CHARACTERS:
        return first
    words = first[: _TITLE_CHARACTERS - 1].rsplit(" ", 1)[0]
    return f"{words}…"


def _refused(message: str, reason: str | None = None) -> Refusal:
    return Refusal(ErrorCode.INVALID_MESSAGE, message, reason)
