"""Votes and rules with the right result for each, as the books on rules of order have them."""

from typing import Any

import pytest

from boardroom_tui.protocol.fields import Base, Result, Threshold
from tests.meeting.room import ABSTAIN, NO, YES, Room, charter, prepared, voter

MAJORITY, TWO_THIRDS, UNANIMOUS = Threshold.MAJORITY, Threshold.TWO_THIRDS, Threshold.UNANIMOUS
CAST, PRESENT, MEMBERSHIP = Base.CAST, Base.PRESENT, Base.MEMBERSHIP
CARRIED, LOST, NO_QUORUM = Result.APPROVED, Result.REJECTED, Result.NO_QUORUM


@pytest.mark.parametrize(
    ("votes", "silent", "threshold", "base", "result"),
    [
        ((21, 10, 2), 0, TWO_THIRDS, CAST, CARRIED),
        ((20, 11, 2), 0, TWO_THIRDS, CAST, LOST),
        ((5, 1, 2), 0, TWO_THIRDS, PRESENT, LOST),
        ((5, 1, 2), 0, TWO_THIRDS, CAST, CARRIED),
        ((3, 2, 0), 0, TWO_THIRDS, CAST, LOST),
        ((4, 1, 0), 0, TWO_THIRDS, CAST, CARRIED),
        ((4, 2, 0), 0, TWO_THIRDS, CAST, CARRIED),
        ((3, 3, 4), 0, MAJORITY, CAST, LOST),
        ((4, 3, 4), 0, MAJORITY, CAST, CARRIED),
        ((1, 0, 9), 0, MAJORITY, CAST, CARRIED),
        ((0, 0, 9), 0, MAJORITY, CAST, LOST),
        ((5, 0, 0), 5, MAJORITY, PRESENT, LOST),
        ((6, 0, 0), 5, MAJORITY, PRESENT, CARRIED),
        ((5, 4, 0), 1, MAJORITY, MEMBERSHIP, LOST),
        ((6, 4, 0), 1, MAJORITY, MEMBERSHIP, CARRIED),
        ((9, 0, 3), 0, UNANIMOUS, CAST, CARRIED),
        ((9, 1, 0), 0, UNANIMOUS, CAST, LOST),
        ((9, 0, 0), 1, UNANIMOUS, PRESENT, LOST),
    ],
)
def test_a_vote_ends_as_the_rules_of_order_have_it(
    votes: tuple[int, int, int], silent: int, threshold: Threshold, base: Base, result: Result
) -> None:
    assert held(votes, silent, threshold=threshold, base=base) is result


@pytest.mark.parametrize(
    ("voters_needed", "present_needed", "result"),
    [(5, 1, CARRIED), (6, 1, NO_QUORUM), (1, 7, CARRIED), (1, 8, NO_QUORUM)],
)
def test_without_a_quorum_no_majority_decides(
    voters_needed: int, present_needed: int, result: Result
) -> None:
    """Five voted, abstentions included; two more were present."""
    votes = (3, 1, 1)
    assert held(votes, 2, present_needed=present_needed, quorum=voters_needed) is result


def held(
    votes: tuple[int, int, int], silent: int, *, present_needed: int = 1, **terms: Any
) -> Result:
    """How a vote ends in which so many vote for, against and abstain, and so many stay silent."""
    cast = [YES] * votes[0] + [NO] * votes[1] + [ABSTAIN] * votes[2]
    names = [f"m{number}" for number in range(len(cast) + silent)]
    question = prepared("1", auto_close=False, **terms)
    room = Room(charter([voter(name) for name in names], [question], quorum=present_needed))
    room.join(*names)
    room.open()
    for name, vote in zip(names, cast, strict=False):
        room.vote(name, vote)
    return room.close().result
