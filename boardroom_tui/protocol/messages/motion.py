"""Motions from the floor: moved, seconded, amended, withdrawn, postponed, referred."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import (
    Count,
    Identifier,
    Model,
    MotionStatus,
    Omitted,
    Text,
    Timestamp,
    Title,
)


class MotionBefore(Model):
    """How a motion stood, in what changes of it beside its wording."""

    seconder: Annotated[Identifier | None, Omitted] = None
    status: MotionStatus
    amendments: Count


class Motion(MotionBefore):
    """A motion as it stands; `amendments` are the wordings that it had before."""

    meeting_id: Identifier
    motion_id: Identifier
    item_id: Annotated[Identifier | None, Omitted] = None
    title: Title
    text: Text
    mover: Identifier
    moved_at: Timestamp
    referred_to: Annotated[Title | None, Omitted] = None
    decision_id: Annotated[Identifier | None, Omitted] = None
    """The decision that put it to the vote."""


class MotionRequest(Request):
    """What is asked about motions is answered with the motion as it stands then."""

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.VOTE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("motion.update",)


Words = Annotated[Text, Field(min_length=1)]


class MotionMake(MotionRequest):
    """Move something; without a title it is called by its first words."""

    class Data(Model):
        meeting_id: Identifier
        text: Words
        title: Annotated[Title | None, Omitted] = None
        item_id: Annotated[Identifier | None, Omitted] = None

    type: Literal["motion.make"] = "motion.make"
    data: Data


class MotionSecond(MotionRequest):
    """Second what another member moved."""

    class Data(Model):
        meeting_id: Identifier
        motion_id: Identifier

    type: Literal["motion.second"] = "motion.second"
    data: Data


class MotionAmend(MotionRequest):
    """Word a motion anew, before it is put to the vote: its mover may, and a facilitator.

    Whoever seconded it seconded other words, so it wants a second again.
    """

    class Data(Model):
        meeting_id: Identifier
        motion_id: Identifier
        text: Words
        title: Annotated[Title | None, Omitted] = None

    type: Literal["motion.amend"] = "motion.amend"
    data: Data


class MotionWithdraw(MotionRequest):
    """Take back what one has moved."""

    class Data(Model):
        meeting_id: Identifier
        motion_id: Identifier

    type: Literal["motion.withdraw"] = "motion.withdraw"
    data: Data


class MotionPostpone(MotionRequest):
    """Leave a motion to another meeting."""

    class Data(Model):
        meeting_id: Identifier
        motion_id: Identifier

    permission: ClassVar[Permission] = Permission.FACILITATE

    type: Literal["motion.postpone"] = "motion.postpone"
    data: Data


class MotionRefer(MotionRequest):
    """Refer a motion to somebody who looks into it, a committee, say."""

    class Data(Model):
        meeting_id: Identifier
        motion_id: Identifier
        to: Annotated[Title, Field(min_length=1)]

    permission: ClassVar[Permission] = Permission.FACILITATE

    type: Literal["motion.refer"] = "motion.refer"
    data: Data


class MotionUpdate(Event):
    """A motion was made, or stands differently now: the whole of it."""

    class Data(Motion):
        pass

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["motion.update"] = "motion.update"
    data: Data
