"""Who attends: the roll, apologies, and whether there are enough to decide."""

from typing import Annotated, ClassVar, Literal

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import Count, Identifier, Model, Omitted, Timestamp


class QuorumUpdate(Event):
    """Quorum is met now, or lost: `have` members with a vote are here, `need` must be."""

    class Data(Model):
        meeting_id: Identifier
        have: Count
        need: Count
        met: bool
        at: Timestamp

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["meeting.quorum.update"] = "meeting.quorum.update"
    data: Data


class RollCall(Request):
    """Call the roll of the members."""

    class Data(Model):
        meeting_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.FACILITATE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("meeting.roll.called",)

    type: Literal["meeting.roll.call"] = "meeting.roll.call"
    data: Data


class RollCalled(Event):
    """The roll was called: all members but observers, and the quorum by it.

    `excused` are those who are absent and have sent apologies, `absent` the others.
    """

    class Data(Model):
        meeting_id: Identifier
        present: tuple[Identifier, ...]
        absent: tuple[Identifier, ...]
        excused: tuple[Identifier, ...]
        have: Count
        need: Count
        at: Timestamp
        by: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["meeting.roll.called"] = "meeting.roll.called"
    data: Data


class ApologyRecord(Request):
    """Send apologies for one's absence, or take them back; a facilitator for any member."""

    class Data(Model):
        meeting_id: Identifier
        member_id: Annotated[Identifier | None, Omitted] = None
        withdrawn: bool = False

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.WRITE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("meeting.apology.update",)

    type: Literal["meeting.apology.record"] = "meeting.apology.record"
    data: Data


class ApologyUpdate(Event):
    """A member's apologies are recorded, or taken back."""

    class Data(Model):
        meeting_id: Identifier
        user_id: Identifier
        withdrawn: bool
        at: Timestamp

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["meeting.apology.update"] = "meeting.apology.update"
    data: Data
