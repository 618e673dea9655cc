"""The meeting's life: called to order, recess, executive session, adjourned."""

from typing import Annotated, ClassVar, Literal

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import (
    Guards,
    Identifier,
    MeetingPhase,
    Model,
    Omitted,
    Timestamp,
)

Called = Literal[
    MeetingPhase.IN_SESSION, MeetingPhase.RECESS, MeetingPhase.EXECUTIVE, MeetingPhase.ADJOURNED
]
"""What a meeting can be called to: it gathers only before its first call to order."""


class PhaseSet(Request):
    """Call the meeting to order (`in_session`), or to recess, executive session or adjournment.

    While it is in executive session observers hear nothing of what is said or decided, and what
    they ask for is refused; what was said and decided then stays hidden from them. `confirms` is as
    in `decision.open`.
    """

    class Data(Model):
        meeting_id: Identifier
        phase: Called
        confirms: Annotated[Guards | None, Omitted] = None

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.FACILITATE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("meeting.phase.update",)

    type: Literal["meeting.phase.set"] = "meeting.phase.set"
    data: Data


class PhaseUpdate(Event):
    """The meeting was called to order, or to something else, by this member.

    `overrides` is what stood against it.
    """

    class Data(Model):
        meeting_id: Identifier
        phase: MeetingPhase
        since: Timestamp
        by: Identifier
        overrides: Guards = ()

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["meeting.phase.update"] = "meeting.phase.update"
    data: Data
