"""How motions stand after what happened to them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from boardroom_tui.meeting.events import (
    DecisionOpened,
    Event,
    MotionAmended,
    MotionMade,
    MotionPostponed,
    MotionReferred,
    MotionSeconded,
    MotionWithdrawn,
)
from boardroom_tui.meeting.state import Motion, Wording
from boardroom_tui.protocol.fields import Method, MotionStatus, Result

MotionEvent = (
    MotionMade | MotionSeconded | MotionAmended | MotionWithdrawn | MotionPostponed | MotionReferred
)
"""What happens to motions before they are put to the vote."""

Motions = Mapping[str, Motion]

_RESULTS = {Result.APPROVED: MotionStatus.APPROVED, Result.REJECTED: MotionStatus.REJECTED}


def after_motion(motions: Motions, what: MotionEvent, event: Event) -> Motions:
    """The motions after one was made, or something was done with one."""
    if isinstance(what, MotionMade):
        wording = Wording(what.title, what.text, event.actor, event.at)
        made = Motion(what.motion_id, event.actor, what.item_id, (wording,))
        return {**motions, made.id: made}
    motion = motions[what.motion_id]
    return {**motions, motion.id: _changed(motion, what, event)}


def _changed(
    motion: Motion,
    what: MotionSeconded | MotionAmended | MotionWithdrawn | MotionPostponed | MotionReferred,
    event: Event,
) -> Motion:
    match what:
        case MotionSeconded():
            seconded = replace(motion.wording, seconder=event.actor)
            wordings = (*motion.wordings[:-1], seconded)
            return replace(motion, wordings=wordings, status=MotionStatus.SECONDED)
        case MotionAmended(title=title, text=text):
            wordings = (*motion.wordings, Wording(title, text, event.actor, event.at))
            return replace(motion, wordings=wordings, status=MotionStatus.MOVED)
        case MotionWithdrawn():
            return replace(motion, status=MotionStatus.WITHDRAWN)
        case MotionPostponed():
            return replace(motion, status=MotionStatus.POSTPONED)
        case MotionReferred(to=to):
            return replace(motion, status=MotionStatus.REFERRED, referred_to=to)
        case _:
            assert_never(what)


def with_question(motions: Motions, opened: DecisionOpened) -> Motions:
    """The motions once one of them was put to the vote, if one was."""
    motion = motions.get(opened.motion_id or "")
    if motion is None:
        return motions
    put = replace(motion, status=MotionStatus.VOTING, decision_id=opened.decision_id)
    return {**motions, motion.id: put}


def with_result(motions: Motions, opened: DecisionOpened, result: Result) -> Motions:
    """The motions after the vote on one; what decided nothing leaves it before the meeting.

    An objection to unanimous consent defeats nothing: the motion takes a vote.
    """
    motion = motions.get(opened.motion_id or "")
    if motion is None:
        return motions
    before = MotionStatus.MOVED if motion.seconder is None else MotionStatus.SECONDED
    objected = opened.method is Method.CONSENT and result is Result.REJECTED
    decides = opened.method is not Method.STRAW and not objected
    decided = _RESULTS.get(result) if decides else None
    return {**motions, motion.id: replace(motion, status=decided or before)}
