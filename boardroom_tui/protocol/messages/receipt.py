"""Receipts: a voter finds their own vote in the record."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import Count, Identifier, Model, Omitted, Timestamp, Vote
from boardroom_tui.protocol.messages.record import Hash


class ReceiptGet(Request):
    """Look up a vote in the record by the id that its voter was given; one's own, or one's proxy's.

    Anybody else's is not found.
    """

    class Data(Model):
        decision_id: Identifier
        vote_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("decision.receipt",)

    type: Literal["decision.receipt.get"] = "decision.receipt.get"
    data: Data


class Receipt(Event):
    """What the record says of a vote; in a secret ballot not what it was.

    It counts unless it was `replacedBy` a later one.
    """

    class Data(Model):
        decision_id: Identifier
        vote_id: Identifier
        sequence: Annotated[Count, Field(ge=1)]
        """The event's number in the record."""
        hash: Hash
        timestamp: Timestamp
        vote: Annotated[Vote | None, Omitted] = None
        replaced_by: Annotated[Identifier | None, Omitted] = None

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["decision.receipt"] = "decision.receipt"
    data: Data
