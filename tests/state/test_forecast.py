"""An open vote as it stands, in words; every number is held against counting one by one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardroom_tui.protocol.fields import Base, Threshold
from boardroom_tui.protocol.messages.decision import VoteSummary
from boardroom_tui.protocol.words import needed
from boardroom_tui.state.forecast import forecast
from boardroom_tui.state.model import DecisionView
from tests.ui.vote_scenes import OPEN, QUESTION, SECRET, voting

MAJORITY, TWO_THIRDS, UNANIMOUS = Threshold.MAJORITY, Threshold.TWO_THIRDS, Threshold.UNANIMOUS


def stands(
    votes: tuple[int, int, int],
    required: int,
    threshold: Threshold = MAJORITY,
    base: Base = Base.CAST,
    **rest: object,
) -> DecisionView:
    """An open vote with these votes for, against and abstained."""
    approve, reject, abstain = votes
    tally = VoteSummary(
        approve=approve, reject=reject, abstain=abstain, total=sum(votes), required=required
    )
    question = QUESTION.model_copy(update={"threshold": threshold, "base": base, "quorum": 1})
    return replace(OPEN, question=question, tally=tally, **rest)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("votes", "required", "threshold", "base", "words"),
    [
        ((0, 0, 0), 5, MAJORITY, Base.CAST, "1 more for it to carry."),
        ((2, 2, 0), 5, MAJORITY, Base.CAST, "1 more for it to carry."),
        ((2, 1, 0), 5, MAJORITY, Base.CAST, "It carries as it stands; 1 more against would defeat"),
        ((3, 0, 0), 5, MAJORITY, Base.CAST, "It carries, whatever else is voted."),
        ((0, 3, 0), 5, MAJORITY, Base.CAST, "It cannot carry any more, unless votes change."),
        ((3, 2, 0), 6, TWO_THIRDS, Base.CAST, "1 more for it to carry."),
        ((3, 2, 0), 5, TWO_THIRDS, Base.CAST, "It cannot carry any more, unless votes change."),
        ((4, 0, 0), 9, UNANIMOUS, Base.CAST, "1 more against would defeat it."),
        ((4, 1, 0), 9, MAJORITY, Base.MEMBERSHIP, "1 more for it to carry."),
        ((5, 4, 0), 9, MAJORITY, Base.MEMBERSHIP, "It has the votes that it needs."),
        ((2, 4, 0), 8, MAJORITY, Base.MEMBERSHIP, "It cannot carry any more"),
    ],
)
def test_what_is_missing_or_would_defeat_it(
    votes: tuple[int, int, int], required: int, threshold: Threshold, base: Base, words: str
) -> None:
    view = stands(votes, required, threshold, base)
    assert words in (forecast(voting(view), view) or "")


def test_how_many_must_still_vote_is_said_first() -> None:
    view = stands((1, 0, 0), 5, voters=1)
    assert view.question is not None
    asks = replace(view, question=view.question.model_copy(update={"quorum": 3}))
    assert (forecast(voting(asks), asks) or "").startswith("2 more must vote. It carries")


def test_of_a_secret_ballot_only_the_quorum_is_told() -> None:
    assert forecast(voting(SECRET), SECRET) is None
    few = replace(SECRET, voters=2)
    assert forecast(voting(few), few) == "1 more must vote."


def test_a_tie_waits_for_the_chair_where_the_meeting_grants_a_casting_vote() -> None:
    view = stands((2, 2, 0), 4)
    words = "It is a tie, which the chair’s casting vote may break."
    assert forecast(voting(view, casting_vote=True), view) == words
    assert forecast(voting(view), view) == "It cannot carry any more, unless votes change."


@settings(max_examples=100)
@given(
    votes=st.tuples(*[st.integers(0, 9)] * 3),
    left=st.integers(0, 9),
    threshold=st.sampled_from(Threshold),
)
def test_the_numbers_are_those_that_counting_one_by_one_gives(
    votes: tuple[int, int, int], left: int, threshold: Threshold
) -> None:
    view = stands(votes, sum(votes) + left, threshold)
    said = forecast(voting(view), view) or ""
    approve, reject, _ = votes

    def carries(yes: int, no: int) -> bool:
        return yes >= needed(threshold, yes + no)

    if carries(approve, reject):
        defeats = [n for n in range(1, left + 1) if not carries(approve, reject + n)]
        wanted = f"{defeats[0]} more against" if defeats else "whatever else is voted"
    else:
        enough = [n for n in range(1, left + 1) if carries(approve + n, reject)]
        wanted = f"{enough[0]} more for it to carry." if enough else "cannot carry"
    assert wanted in said
