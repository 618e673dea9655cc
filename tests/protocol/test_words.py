"""The rule and the verdict in words: exact for every threshold, base and count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.fields import Base, Method, Result, Threshold
from boardroom_tui.protocol.messages.decision import Arithmetic, FinalVotes
from boardroom_tui.protocol.words import needed, result_in_words, rule_in_words, verdict_in_words


def votes(approve: int, reject: int, abstain: int = 0) -> FinalVotes:
    return FinalVotes(approve=approve, reject=reject, abstain=abstain)


def arithmetic(
    whole: int,
    threshold: Threshold,
    *,
    voted: tuple[int, int] = (11, 1),
    present: tuple[int, int] = (12, 1),
) -> Arithmetic:
    return Arithmetic(
        whole=whole,
        needed=needed(threshold, whole),
        voters=voted[0],
        voters_needed=voted[1],
        present=present[0],
        present_needed=present[1],
    )


@pytest.mark.parametrize(
    ("threshold", "base", "words"),
    [
        (Threshold.MAJORITY, Base.CAST, "a majority of the votes cast"),
        (Threshold.MAJORITY, Base.PRESENT, "a majority of the members present"),
        (Threshold.MAJORITY, Base.MEMBERSHIP, "a majority of all members with a vote"),
        (Threshold.TWO_THIRDS, Base.CAST, "two-thirds of the votes cast"),
        (Threshold.TWO_THIRDS, Base.PRESENT, "two-thirds of the members present"),
        (Threshold.TWO_THIRDS, Base.MEMBERSHIP, "two-thirds of all members with a vote"),
        (Threshold.THREE_QUARTERS, Base.CAST, "three-quarters of the votes cast"),
        (Threshold.THREE_QUARTERS, Base.PRESENT, "three-quarters of the members present"),
        (Threshold.THREE_QUARTERS, Base.MEMBERSHIP, "three-quarters of all members with a vote"),
        (Threshold.UNANIMOUS, Base.CAST, "every vote cast"),
        (Threshold.UNANIMOUS, Base.PRESENT, "every member present"),
        (Threshold.UNANIMOUS, Base.MEMBERSHIP, "every member with a vote"),
    ],
)
def test_every_rule_has_its_words(threshold: Threshold, base: Base, words: str) -> None:
    assert rule_in_words(threshold, base) == words


@pytest.mark.parametrize(
    ("result", "cast", "whole", "rule", "words"),
    [
        (
            Result.APPROVED,
            votes(7, 3, 1),
            10,
            (Threshold.TWO_THIRDS, Base.CAST),
            "Carried: 7 for, 3 against, 1 abstained. Two-thirds of 10 votes cast needs 7.",
        ),
        (
            Result.REJECTED,
            votes(5, 5),
            10,
            (Threshold.MAJORITY, Base.CAST),
            "Lost: 5 for, 5 against. A majority of 10 votes cast needs 6; a tie is lost.",
        ),
        (
            Result.APPROVED,
            votes(1, 0),
            1,
            (Threshold.MAJORITY, Base.CAST),
            "Carried: 1 for, 0 against. A majority of 1 vote cast needs 1.",
        ),
        (
            Result.REJECTED,
            votes(4, 2, 3),
            9,
            (Threshold.MAJORITY, Base.PRESENT),
            "Lost: 4 for, 2 against, 3 abstained. A majority of the 9 votes present needs 5.",
        ),
        (
            Result.APPROVED,
            votes(9, 1),
            12,
            (Threshold.THREE_QUARTERS, Base.MEMBERSHIP),
            "Carried: 9 for, 1 against. Three-quarters of all 12 votes needs 9.",
        ),
        (
            Result.APPROVED,
            votes(1, 0),
            1,
            (Threshold.THREE_QUARTERS, Base.MEMBERSHIP),
            "Carried: 1 for, 0 against. Three-quarters of the 1 vote needs 1.",
        ),
        (
            Result.REJECTED,
            votes(7, 1),
            8,
            (Threshold.UNANIMOUS, Base.CAST),
            "Lost: 7 for, 1 against. All 8 votes cast are needed.",
        ),
        (
            Result.APPROVED,
            votes(1, 0),
            1,
            (Threshold.UNANIMOUS, Base.PRESENT),
            "Carried: 1 for, 0 against. The only vote present is needed.",
        ),
        (
            Result.REJECTED,
            votes(8, 0),
            12,
            (Threshold.UNANIMOUS, Base.MEMBERSHIP),
            "Lost: 8 for, 0 against. All 12 votes are needed.",
        ),
        (
            Result.REJECTED,
            votes(0, 0, 3),
            0,
            (Threshold.MAJORITY, Base.CAST),
            "Lost: 0 for, 0 against, 3 abstained. Nobody voted for or against.",
        ),
        (
            Result.REJECTED,
            votes(4, 4),
            9,
            (Threshold.MAJORITY, Base.PRESENT),
            "Lost: 4 for, 4 against. A majority of the 9 votes present needs 5.",
        ),
    ],
)
def test_a_verdict_is_explained_in_arithmetic(
    result: Result, cast: FinalVotes, whole: int, rule: tuple[Threshold, Base], words: str
) -> None:
    sums = arithmetic(whole, rule[0])
    assert verdict_in_words(result, cast, sums, *rule) == words


@pytest.mark.parametrize(
    ("voted", "present", "words"),
    [
        ((2, 3), (9, 1), "No quorum: 2 voted, 3 must vote."),
        ((0, 1), (9, 1), "No quorum: nobody voted, 1 must vote."),
        ((4, 3), (4, 5), "No quorum: 4 members with a vote were present, 5 must be."),
        ((1, 1), (1, 5), "No quorum: 1 member with a vote was present, 5 must be."),
        (
            (0, 3),
            (0, 5),
            "No quorum: nobody voted, 3 must vote; nobody with a vote was present, 5 must be.",
        ),
    ],
)
def test_a_missed_quorum_says_what_was_there_and_what_must_be(
    voted: tuple[int, int], present: tuple[int, int], words: str
) -> None:
    sums = arithmetic(2, Threshold.MAJORITY, voted=voted, present=present)
    said = verdict_in_words(Result.NO_QUORUM, votes(2, 0), sums, Threshold.MAJORITY, Base.CAST)
    assert said == words


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (Result.APPROVED, "Approved: 12 for, 2 against, 1 abstained."),
        (Result.REJECTED, "Rejected: 12 for, 2 against, 1 abstained."),
        (Result.NO_QUORUM, "No quorum: 12 for, 2 against, 1 abstained."),
        (Result.WITHDRAWN, "Withdrawn before a result."),
    ],
)
def test_without_arithmetic_the_counts_stand_alone(result: Result, words: str) -> None:
    assert verdict_in_words(result, votes(12, 2, 1)) == words


def test_a_withdrawn_decision_has_no_arithmetic_to_explain() -> None:
    sums = arithmetic(10, Threshold.MAJORITY)
    said = verdict_in_words(Result.WITHDRAWN, votes(7, 3), sums, Threshold.MAJORITY, Base.CAST)
    assert said == "Withdrawn before a result."


def carries(threshold: Threshold, approve: int, whole: int) -> bool:
    """The contract's table, as it is written there."""
    match threshold:
        case Threshold.MAJORITY:
            return 2 * approve > whole
        case Threshold.TWO_THIRDS:
            return 3 * approve >= 2 * whole
        case Threshold.THREE_QUARTERS:
            return 4 * approve >= 3 * whole
        case Threshold.UNANIMOUS:
            return approve == whole


@given(st.sampled_from(Threshold), st.integers(1, 10**12))
def test_needed_is_where_the_contracts_inequality_begins_to_hold(
    threshold: Threshold, whole: int
) -> None:
    least = needed(threshold, whole)
    assert carries(threshold, least, whole)
    assert not carries(threshold, least - 1, whole)


@pytest.mark.parametrize("threshold", list(Threshold))
def test_nothing_carries_without_a_vote_for_it(threshold: Threshold) -> None:
    assert needed(threshold, 0) == 1


def test_an_objection_sends_it_to_a_vote_and_defeats_nothing() -> None:
    said = verdict_in_words(Result.REJECTED, votes(0, 1), method=Method.CONSENT)
    assert said == "Not adopted by unanimous consent: somebody objected. It takes a vote."
    assert result_in_words(Result.REJECTED, Method.CONSENT) == "Objected to"
    assert result_in_words(Result.REJECTED) == "Lost"
