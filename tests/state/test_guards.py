"""What the server wants confirmed first, as the question that is put."""

from dataclasses import replace

from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import DecisionClose
from boardroom_tui.state.guards import to_confirm
from boardroom_tui.state.model import Person
from tests.ui.vote_scenes import OPEN, VOTERS, voting

CLOSE = DecisionClose(data=DecisionClose.Data(decision_id="decision_123", confirms=()))
NOT_VOTED = Refused(
    data=Refused.Data(
        code=ErrorCode.INVALID_MESSAGE,
        message="To be confirmed first.",
        details={"reason": "confirm", "confirm": ["not_voted"]},
        retryable=False,
    )
)


def asked(here: int) -> str:
    """The question, with so many missing who are here, and two who are not."""
    members = {f"user_h{n}": Person(f"user_h{n}", f"H{n}", present=True) for n in range(here)}
    absent = {name: Person(name, name) for name in ("lars", "eva")}
    view = replace(OPEN, not_voted=(*members, *absent))
    meeting = voting(view, people={**VOTERS, **members, **absent})
    question = to_confirm(meeting, CLOSE, NOT_VOTED)
    assert question is not None
    return question.body


def test_only_those_who_are_present_count_as_missing() -> None:
    assert "Members who are present have not voted: H0, H1." in asked(2)


def test_many_are_counted_and_not_named() -> None:
    assert "Members who are present have not voted: 6." in asked(6)
