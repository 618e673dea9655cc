"""Meetings of any shape, held against a few lines that count the slow and obvious way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from boardroom_tui.meeting.commands import Join, PassDeadlines
from boardroom_tui.meeting.counting import summary
from boardroom_tui.meeting.decide import decide
from boardroom_tui.meeting.events import DecisionClosed
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.protocol.fields import Base, Result, Role, Threshold, Vote
from tests.meeting.room import (
    ABSTAIN,
    NO,
    YES,
    Room,
    as_read_back,
    ballot,
    charter,
    prepared,
    voter,
)

NAMES = ("ann", "bob", "cy", "dee", "eve", "fay")


@dataclass(frozen=True)
class Ballotage:
    """A vote to hold: everybody's weight, who is there, who votes what and in which order."""

    weights: Mapping[str, int]
    present: frozenset[str]
    cast: tuple[tuple[str, Vote], ...]
    threshold: Threshold
    base: Base
    quorum: int
    meeting_quorum: int
    secret: bool

    @property
    def last(self) -> dict[str, Vote]:
        """The vote of each that counts."""
        return dict(self.cast)


@st.composite
def ballotages(draw: st.DrawFn) -> Ballotage:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    secret = draw(st.booleans())
    weight = st.integers(1, 9)
    common = draw(weight)
    return Ballotage(
        weights={name: common if secret else draw(weight) for name in names},
        present=draw(st.frozensets(st.sampled_from(names))),
        cast=tuple(
            draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(Vote)), max_size=12))
        ),
        threshold=draw(st.sampled_from(Threshold)),
        base=draw(st.sampled_from(Base)),
        quorum=draw(st.integers(1, 4)),
        meeting_quorum=draw(st.integers(1, 4)),
        secret=secret,
    )


def hold(vote: Ballotage) -> Room:
    """The meeting at the end of the vote, not closed yet."""
    motion = prepared(
        threshold=vote.threshold,
        base=vote.base,
        quorum=vote.quorum,
        secret=vote.secret,
        auto_close=False,
    )
    members = [voter(name, weight) for name, weight in vote.weights.items()]
    room = Room(charter(members, [motion], quorum=vote.meeting_quorum))
    room.join(*sorted(vote.present))
    room.open()
    for name, choice in vote.cast:
        room.vote(name, choice)
    return room


def result(vote: Ballotage) -> DecisionClosed:
    return hold(vote).close()


def obvious_result(vote: Ballotage) -> Result:
    """The contract's rules with fractions, one voter at a time."""
    votes, weights = vote.last, vote.weights
    here = vote.present | set(votes)
    if len(votes) < vote.quorum or len(here) < vote.meeting_quorum:
        return Result.NO_QUORUM
    for_it = sum(weights[name] for name, choice in votes.items() if choice is YES)
    against = sum(weights[name] for name, choice in votes.items() if choice is NO)
    whole = {
        Base.CAST: for_it + against,
        Base.PRESENT: sum(weights[name] for name in here),
        Base.MEMBERSHIP: sum(weights.values()),
    }[vote.base]
    share = Fraction(for_it, whole) if whole else Fraction(0)
    carried = {
        Threshold.MAJORITY: share > Fraction(1, 2),
        Threshold.TWO_THIRDS: share >= Fraction(2, 3),
        Threshold.THREE_QUARTERS: share >= Fraction(3, 4),
        Threshold.UNANIMOUS: share == 1,
    }[vote.threshold]
    return Result.APPROVED if carried else Result.REJECTED


PROPERTY = settings(max_examples=150)


@PROPERTY
@given(ballotages())
def test_every_vote_ends_as_slow_counting_says(vote: Ballotage) -> None:
    closed = result(vote)
    assert closed.result is obvious_result(vote)
    votes = closed.final_votes
    assert (votes.approve, votes.reject, votes.abstain) == tuple(
        sum(vote.weights[name] for name, choice in vote.last.items() if choice is kind)
        for kind in (YES, NO, ABSTAIN)
    )
    assert closed.arithmetic.voters == len(vote.last)
    assert closed.total_weight == sum(vote.weights.values())


@PROPERTY
@given(ballotages(), st.randoms(use_true_random=False))
def test_the_order_of_votes_does_not_matter(vote: Ballotage, random: Random) -> None:
    shuffled = list(vote.last.items())
    random.shuffle(shuffled)
    assert result(replace(vote, cast=tuple(shuffled))) == result(vote)


@PROPERTY
@given(ballotages())
def test_a_weight_counts_as_so_many_votes_of_one(vote: Ballotage) -> None:
    names = {name: [f"{name}{n}" for n in range(weight)] for name, weight in vote.weights.items()}
    one_each = replace(
        vote,
        quorum=1,
        meeting_quorum=1,
        weights={unit: 1 for units in names.values() for unit in units},
        present=frozenset(unit for name in vote.present for unit in names[name]),
        cast=tuple((unit, choice) for name, choice in vote.cast for unit in names[name]),
    )
    heavy = result(replace(vote, quorum=1, meeting_quorum=1))
    light = result(one_each)
    assert light.result is heavy.result
    assert light.final_votes == heavy.final_votes
    assert (light.arithmetic.whole, light.arithmetic.needed) == (
        heavy.arithmetic.whole,
        heavy.arithmetic.needed,
    )


@PROPERTY
@given(ballotages(), st.sampled_from(NAMES))
def test_one_more_approval_never_turns_approval_into_rejection(vote: Ballotage, name: str) -> None:
    if name not in vote.weights:
        vote = replace(vote, weights={**vote.weights, name: next(iter(vote.weights.values()))})
    approving = replace(vote, cast=(*vote.cast, (name, YES)))
    if result(vote).result is Result.APPROVED:
        assert result(approving).result is Result.APPROVED


@PROPERTY
@given(ballotages())
def test_no_number_of_a_result_is_a_fraction(vote: Ballotage) -> None:
    closed = result(vote)
    numbers = {**closed.final_votes.model_dump(), **closed.arithmetic.model_dump()}
    assert all(type(number) is int for number in numbers.values())
    assert type(closed.total_weight) is int


@PROPERTY
@given(ballotages())
def test_a_decision_completes_exactly_when_everybody_has_voted(vote: Ballotage) -> None:
    room = hold(replace(vote, cast=()))
    room.open(None, title="With auto-close", auto_close=True)
    missing = set(vote.weights)
    for name, choice in vote.cast:
        room.vote(name, choice, "decision_new")
        missing.discard(name)
        votes = summary(room.decision("decision_new"))
        assert (votes.total == votes.required) == (not missing)
        assert (room.decision("decision_new").closed is not None) == (not missing)
        if not missing:
            assert room.refused(ballot(name, choice, "decision_new")).reason == "closed"
            break


@PROPERTY
@given(ballotages(), st.booleans())
def test_a_meeting_read_back_is_the_meeting_that_was(vote: Ballotage, closes: bool) -> None:
    room = hold(vote)
    if closes:
        room.close()
    assert fold(as_read_back(room.events)) == room.state


@PROPERTY
@given(ballotages())
def test_deciding_changes_nothing_by_itself(vote: Ballotage) -> None:
    room = hold(vote)
    before = fold(room.events)
    for command in (ballot(next(iter(vote.weights))), PassDeadlines(), Join("ann", Role.OBSERVER)):
        decide(room.state, command, room.now)
    assert room.state == before
