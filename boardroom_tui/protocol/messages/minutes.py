"""A draft of the minutes, while the meeting runs."""

from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import Count, Identifier, Model, Timestamp
from boardroom_tui.protocol.limits import DRAFT_CHARACTERS

DraftText = Annotated[str, StringConstraints(max_length=DRAFT_CHARACTERS)]


class MinutesGet(Request):
    """Ask for the minutes as the record has them now.

    Observers are refused while the meeting is in executive session.
    """

    class Data(Model):
        meeting_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("minutes.draft",)

    type: Literal["minutes.get"] = "minutes.get"
    data: Data


class MinutesDraft(Event):
    """The minutes after `sequence` events, in Markdown, without what was done in executive session.

    `cut` says that there is more than a frame holds: `boardroom minutes` writes all of it.
    """

    class Data(Model):
        meeting_id: Identifier
        sequence: Count
        at: Timestamp
        """When the last of these events happened."""
        text: DraftText
        cut: bool

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["minutes.draft"] = "minutes.draft"
    data: Data
