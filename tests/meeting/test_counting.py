"""The counting table of CONTRACT.md, number by number."""

import ast
import inspect
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.meeting import counting
from boardroom_tui.meeting.counting import Rule, Turnout, Verdict, count
from boardroom_tui.protocol.fields import Base, Result, Threshold
from boardroom_tui.protocol.messages.decision import FinalVotes
from boardroom_tui.protocol.words import needed

MAJORITY, TWO_THIRDS, THREE_QUARTERS, UNANIMOUS = Threshold
CAST, PRESENT, MEMBERSHIP = Base

CARRIES: dict[tuple[Threshold, Base], Callable[[int, int, int, int], bool]] = {
    (MAJORITY, CAST): lambda y, n, p, e: 2 * y > y + n,
    (MAJORITY, PRESENT): lambda y, n, p, e: 2 * y > p,
    (MAJORITY, MEMBERSHIP): lambda y, n, p, e: 2 * y > e,
    (TWO_THIRDS, CAST): lambda y, n, p, e: 3 * y >= 2 * (y + n) and y > 0,
    (TWO_THIRDS, PRESENT): lambda y, n, p, e: 3 * y >= 2 * p,
    (TWO_THIRDS, MEMBERSHIP): lambda y, n, p, e: 3 * y >= 2 * e,
    (THREE_QUARTERS, CAST): lambda y, n, p, e: 4 * y >= 3 * (y + n) and y > 0,
    (THREE_QUARTERS, PRESENT): lambda y, n, p, e: 4 * y >= 3 * p,
    (THREE_QUARTERS, MEMBERSHIP): lambda y, n, p, e: 4 * y >= 3 * e,
    (UNANIMOUS, CAST): lambda y, n, p, e: y > 0 and n == 0,
    (UNANIMOUS, PRESENT): lambda y, n, p, e: y == p,
    (UNANIMOUS, MEMBERSHIP): lambda y, n, p, e: y == e,
}
"""The contract's table, letter for letter."""

RULES = sorted(CARRIES)


def verdict(
    votes: tuple[int, int, int],
    threshold: Threshold = MAJORITY,
    base: Base = CAST,
    *,
    present: int | None = None,
    members: int | None = None,
    quorum: int = 1,
    meeting_quorum: int = 1,
) -> Verdict:
    """Every member with weight 1, all who voted present, unless said otherwise."""
    voters = sum(votes)
    here = voters if present is None else present
    everybody = here if members is None else members
    return count(
        Rule(threshold, base, quorum, meeting_quorum),
        FinalVotes(approve=votes[0], reject=votes[1], abstain=votes[2]),
        Turnout(voters, here, here, everybody),
    )


@pytest.mark.parametrize(
    ("votes", "threshold", "base", "result"),
    [
        ((2, 1, 0), MAJORITY, CAST, "approved"),
        ((1, 1, 0), MAJORITY, CAST, "rejected"),
        ((1, 2, 0), MAJORITY, CAST, "rejected"),
        ((1, 0, 9), MAJORITY, CAST, "approved"),
        ((0, 0, 9), MAJORITY, CAST, "rejected"),
        ((21, 10, 2), TWO_THIRDS, CAST, "approved"),
        ((20, 11, 2), TWO_THIRDS, CAST, "rejected"),
        ((3, 2, 0), TWO_THIRDS, CAST, "rejected"),
        ((4, 1, 0), TWO_THIRDS, CAST, "approved"),
        ((2, 1, 0), TWO_THIRDS, CAST, "approved"),
        ((0, 0, 3), TWO_THIRDS, CAST, "rejected"),
        ((5, 1, 2), TWO_THIRDS, PRESENT, "rejected"),
        ((6, 1, 1), TWO_THIRDS, PRESENT, "approved"),
        ((3, 1, 0), THREE_QUARTERS, CAST, "approved"),
        ((5, 2, 0), THREE_QUARTERS, CAST, "rejected"),
        ((0, 0, 3), THREE_QUARTERS, CAST, "rejected"),
        ((3, 0, 1), THREE_QUARTERS, PRESENT, "approved"),
        ((5, 0, 2), THREE_QUARTERS, PRESENT, "rejected"),
        ((5, 0, 2), UNANIMOUS, CAST, "approved"),
        ((5, 1, 0), UNANIMOUS, CAST, "rejected"),
        ((0, 0, 5), UNANIMOUS, CAST, "rejected"),
        ((5, 0, 0), UNANIMOUS, PRESENT, "approved"),
        ((5, 0, 1), UNANIMOUS, PRESENT, "rejected"),
        ((4, 0, 4), MAJORITY, PRESENT, "rejected"),
        ((5, 0, 3), MAJORITY, PRESENT, "approved"),
    ],
)
def test_a_vote_ends_as_the_contract_says(
    votes: tuple[int, int, int], threshold: Threshold, base: Base, result: str
) -> None:
    assert verdict(votes, threshold, base).result == result


@pytest.mark.parametrize(
    ("threshold", "approvals", "result"),
    [
        (MAJORITY, 5, "rejected"),
        (MAJORITY, 6, "approved"),
        (TWO_THIRDS, 6, "rejected"),
        (TWO_THIRDS, 7, "approved"),
        (THREE_QUARTERS, 7, "rejected"),
        (THREE_QUARTERS, 8, "approved"),
        (UNANIMOUS, 9, "rejected"),
        (UNANIMOUS, 10, "approved"),
    ],
)
def test_of_the_membership_those_who_stay_away_count_too(
    threshold: Threshold, approvals: int, result: str
) -> None:
    assert verdict((approvals, 0, 0), threshold, MEMBERSHIP, members=10).result == result


@pytest.mark.parametrize(("threshold", "base"), RULES)
def test_every_small_vote_agrees_with_the_contracts_table(threshold: Threshold, base: Base) -> None:
    carries = CARRIES[threshold, base]
    for y in range(8):
        for n in range(8):
            for abstain in range(3):
                for here in range(max(1, y + n + abstain), y + n + abstain + 4):
                    for everybody in range(here, here + 4):
                        got = verdict(
                            (y, n, abstain), threshold, base, present=here, members=everybody
                        )
                        if y + n + abstain == 0:
                            assert got.result is Result.NO_QUORUM
                        else:
                            approved = got.result is Result.APPROVED
                            assert approved == carries(y, n, here, everybody)


def test_a_tie_is_lost() -> None:
    assert verdict((7, 7, 3)).result is Result.REJECTED


def test_with_no_vote_at_all_there_is_no_quorum() -> None:
    assert verdict((0, 0, 0), present=3).result is Result.NO_QUORUM


def test_too_few_voters_are_no_quorum_however_they_voted() -> None:
    assert verdict((3, 0, 0), quorum=4).result is Result.NO_QUORUM
    assert verdict((3, 0, 1), quorum=4).result is Result.APPROVED
    assert verdict((0, 3, 0), quorum=4).result is Result.NO_QUORUM


def test_too_few_present_are_no_quorum_however_they_voted() -> None:
    assert verdict((3, 0, 0), present=4, meeting_quorum=5).result is Result.NO_QUORUM
    assert verdict((3, 0, 0), present=5, meeting_quorum=5).result is Result.APPROVED


def test_the_arithmetic_holds_every_number_that_the_verdict_rests_on() -> None:
    got = verdict((7, 3, 1), TWO_THIRDS, present=12, members=15, quorum=5, meeting_quorum=6)
    assert got.arithmetic.model_dump() == {
        "whole": 10,
        "needed": 7,
        "voters": 11,
        "votersNeeded": 5,
        "present": 12,
        "presentNeeded": 6,
    }
    assert verdict((7, 3, 1), base=PRESENT, present=12).arithmetic.whole == 12
    assert verdict((7, 3, 1), base=MEMBERSHIP, members=15).arithmetic.whole == 15


@pytest.mark.parametrize(
    ("threshold", "least"),
    [
        (MAJORITY, [1, 1, 2, 2, 3, 3, 4, 4, 5]),
        (TWO_THIRDS, [1, 1, 2, 2, 3, 4, 4, 5, 6]),
        (THREE_QUARTERS, [1, 1, 2, 3, 3, 4, 5, 6, 6]),
        (UNANIMOUS, [1, 1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_the_least_that_carries(threshold: Threshold, least: list[int]) -> None:
    assert [needed(threshold, whole) for whole in range(9)] == least


weights = st.integers(min_value=0, max_value=2**51)


@given(y=weights, n=weights, away=weights, rule=st.sampled_from(RULES))
def test_huge_weights_are_counted_exactly(
    y: int, n: int, away: int, rule: tuple[Threshold, Base]
) -> None:
    here = max(1, y + n)
    got = count(
        Rule(*rule),
        FinalVotes(approve=y, reject=n, abstain=0),
        Turnout(voters=1, present=1, present_weight=here, total_weight=here + away),
    )
    assert (got.result is Result.APPROVED) == CARRIES[rule](y, n, here, here + away)
    assert all(type(number) is int for number in got.arithmetic.model_dump().values())


def test_no_fraction_is_ever_formed() -> None:
    for node in ast.walk(ast.parse(inspect.getsource(counting))):
        assert not isinstance(node, ast.Div)
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (isinstance(node, ast.Name) and node.id in {"float", "round"})
