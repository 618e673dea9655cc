"""Who has the floor, and who asks for it."""

from typing import Annotated, ClassVar, Literal

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import Count, Identifier, Model, Omitted, Timestamp

_ANSWERS = ("speaker.queue",)


class Turn(Model):
    """A member who asks for the floor or has it, and since when."""

    user_id: Identifier
    since: Timestamp


class Speakers(Model):
    """Who has the floor, who asks for it in this order, and how long each may speak."""

    speaking: Annotated[Turn | None, Omitted] = None
    queue: tuple[Turn, ...] = ()
    seconds_each: Annotated[Count | None, Omitted] = None


class SpeakerRaise(Request):
    """Raise one's hand."""

    class Data(Model):
        meeting_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.WRITE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = _ANSWERS

    type: Literal["speaker.raise"] = "speaker.raise"
    data: Data


class SpeakerLower(Request):
    """Lower one's hand; a facilitator anybody's."""

    class Data(Model):
        meeting_id: Identifier
        member_id: Annotated[Identifier | None, Omitted] = None

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.WRITE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = _ANSWERS

    type: Literal["speaker.lower"] = "speaker.lower"
    data: Data


class SpeakerCall(Request):
    """Give the floor to the member named, or to whoever raised their hand first."""

    class Data(Model):
        meeting_id: Identifier
        member_id: Annotated[Identifier | None, Omitted] = None

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.FACILITATE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = _ANSWERS

    type: Literal["speaker.call"] = "speaker.call"
    data: Data


class SpeakerYield(Request):
    """Give the floor back, as the one who has it or as a facilitator."""

    class Data(Model):
        meeting_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.WRITE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = _ANSWERS

    type: Literal["speaker.yield"] = "speaker.yield"
    data: Data


class SpeakerQueue(Event):
    """Who has the floor and who asks for it, as it stands now."""

    class Data(Speakers):
        meeting_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["speaker.queue"] = "speaker.queue"
    data: Data
