"""Who is to vote on a decision: reminding those who have not, and recusing oneself."""

from typing import Annotated, ClassVar, Literal

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import (
    Count,
    Identifier,
    Model,
    Omitted,
)


class DecisionRemind(Request):
    """Remind those who are present and have not voted; not again within 30 seconds.

    Until then `details.reason` is `reminded`.
    """

    class Data(Model):
        decision_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.FACILITATE
    answers: ClassVar[tuple[str, ...]] = ("decision.reminded",)

    type: Literal["decision.remind"] = "decision.remind"
    data: Data


class DecisionReminded(Event):
    """So many were reminded."""

    class Data(Model):
        decision_id: Identifier
        reminded: Count

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["decision.reminded"] = "decision.reminded"
    data: Data


class DecisionRecuse(Request):
    """Take no part in a decision, or in none under an agenda item: not after voting."""

    class Data(Model):
        meeting_id: Identifier
        decision_id: Annotated[Identifier | None, Omitted] = None
        item_id: Annotated[Identifier | None, Omitted] = None

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.VOTE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("decision.recused",)

    type: Literal["decision.recuse"] = "decision.recuse"
    data: Data


class DecisionRecused(Event):
    """A member takes no part in a decision, or in none under an agenda item."""

    class Data(Model):
        meeting_id: Identifier
        user_id: Identifier
        decision_id: Annotated[Identifier | None, Omitted] = None
        item_id: Annotated[Identifier | None, Omitted] = None

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["decision.recused"] = "decision.recused"
    data: Data
