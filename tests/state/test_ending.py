"""That a decision has ended: because of what, and why so."""

from dataclasses import replace

import pytest

from boardroom_tui.protocol.fields import Cause, Method, Result
from boardroom_tui.state.ending import ended_in_words
from boardroom_tui.state.model import DecisionView
from tests.ui.vote_scenes import CARRIED, QUESTION

CONSENT = replace(CARRIED, question=QUESTION.model_copy(update={"method": Method.CONSENT}))
VERDICT = "Carried: 7 for, 3 against, 1 abstained. Two-thirds of 10 votes cast needs 7."


@pytest.mark.parametrize(
    ("view", "cause", "result", "words"),
    [
        (
            CARRIED,
            Cause.COMPLETE,
            Result.APPROVED,
            f"All have voted on “Approve the 2027 budget”. {VERDICT}",
        ),
        (
            CARRIED,
            Cause.DEADLINE,
            Result.APPROVED,
            f"Time is up for “Approve the 2027 budget”. {VERDICT}",
        ),
        (
            CARRIED,
            Cause.FACILITATOR,
            Result.APPROVED,
            f"The facilitator has closed “Approve the 2027 budget”. {VERDICT}",
        ),
        (
            CARRIED,
            None,
            Result.APPROVED,
            f"The vote on “Approve the 2027 budget” has ended. {VERDICT}",
        ),
        (
            CARRIED,
            Cause.WITHDRAWN,
            Result.WITHDRAWN,
            "“Approve the 2027 budget” was withdrawn before a result.",
        ),
        (
            CONSENT,
            Cause.NO_OBJECTION,
            Result.APPROVED,
            "Any objection to “Approve the 2027 budget”? Adopted: nobody objected.",
        ),
    ],
)
def test_a_decision_that_ended_says_because_of_what(
    view: DecisionView, cause: Cause | None, result: Result, words: str
) -> None:
    assert view.outcome is not None
    outcome = view.outcome.model_copy(update={"cause": cause, "result": result})
    assert ended_in_words(replace(view, outcome=outcome)) == words
