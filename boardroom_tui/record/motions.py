"""A motion from the floor in the minutes: who moved and seconded it, its wordings, its end."""

from collections.abc import Iterator

from boardroom_tui.meeting.state import Motion
from boardroom_tui.meeting.state import Wording as MotionWording
from boardroom_tui.protocol.fields import MotionStatus
from boardroom_tui.record.document import Block, Fact, Facts, Heading, Quote
from boardroom_tui.record.wording import Wording

_STANDS = {
    MotionStatus.MOVED: "not seconded, and not put to the vote",
    MotionStatus.SECONDED: "not put to the vote",
    MotionStatus.VOTING: "under vote",
    MotionStatus.APPROVED: "carried",
    MotionStatus.REJECTED: "lost",
    MotionStatus.WITHDRAWN: "withdrawn by its mover",
    MotionStatus.POSTPONED: "postponed to another meeting",
}


def motion_section(motion: Motion, wording: Wording) -> Iterator[Block]:
    """A motion's own section; the vote on it, if there was one, has another."""
    yield Heading(4, f"Motion: {motion.wording.title}")
    yield Quote(motion.wording.text)
    first, *amended = motion.wordings
    facts = [Fact("Moved", f"by {wording.name(motion.mover)}, {wording.time(first.at)}")]
    facts += (
        Fact(
            "Amended",
            f"by {wording.name(after.by)}, {wording.time(after.at)}; "
            f"before{_seconded(before, wording)}: {before.text}",
        )
        for before, after in zip(motion.wordings, amended, strict=False)
    )
    if motion.seconder is not None:
        facts.append(Fact("Seconded", f"by {wording.name(motion.seconder)}"))
    facts.append(Fact("Outcome", f"{_stands(motion)}."))
    yield Facts(tuple(facts))


def _seconded(before: MotionWording, wording: Wording) -> str:
    """Who seconded a wording that was amended; the second went with it."""
    if before.seconder is None:
        return ""
    return f", seconded by {wording.name(before.seconder)}"


def _stands(motion: Motion) -> str:
    if motion.status is MotionStatus.REFERRED:
        return f"referred to {motion.referred_to}"
    if motion.status.is_pending and motion.decision_id is not None:
        return "put to the meeting, and not decided"
    if motion.status is MotionStatus.MOVED and len(motion.wordings) > 1:
        return "not seconded as amended, and not put to the vote"
    return _STANDS[motion.status]
