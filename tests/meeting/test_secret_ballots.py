from dataclasses import replace
from itertools import permutations

from boardroom_tui.meeting.commands import CastVote, WithdrawDecision
from boardroom_tui.meeting.counting import summary
from boardroom_tui.meeting.events import BallotSealed, DecisionClosed, VoteRecorded
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.protocol.fields import Result, Role, Vote
from boardroom_tui.protocol.messages.decision import FinalVotes, PrintedBallot
from tests.meeting.room import (
    ABSTAIN,
    CHAIR,
    NO,
    YES,
    Room,
    as_read_back,
    ballot,
    charter,
    prepared,
)


def opened() -> Room:
    room = Room(charter(decisions=[prepared(secret=True)]))
    room.open()
    return room


def test_the_vote_goes_into_a_sealed_ballot_of_the_same_number() -> None:
    room = opened()
    command = CastVote("user_ann", Role.PARTICIPANT, "1", "vote_1", NO, "Too dear.")
    assert room.do(command) == (
        VoteRecorded(decision_id="decision_1", vote_id="vote_1", vote=None, comment=None),
        BallotSealed(decision_id="decision_1", vote=NO),
    )
    recorded, sealed = room.events[-2:]
    assert recorded.sequence == sealed.sequence == room.state.sequence
    assert (recorded.actor, sealed.actor) == ("user_ann", "user_ann")
    assert room.decision().ballots["user_ann"].vote is NO
    assert room.decision().ballots["user_ann"].comment is None


def worded(name: str, vote: Vote, words: str | None) -> CastVote:
    command = ballot(name, vote, vote_id=f"vote_{name}")
    return replace(command, words=words)


def test_ballots_are_printed_under_the_words_that_their_voters_chose() -> None:
    room = opened()
    for name, vote, words in (
        ("cy", NO, "red fox"),
        ("ann", YES, "zebra"),
        ("bob", NO, "blue\x1b[2J\n  owl\u202e"),
    ):
        room.do(worded(name, vote, words))
    closed = room.decision().closed
    assert closed is not None
    assert closed.printed == (
        PrintedBallot(vote=YES, words="zebra"),
        PrintedBallot(vote=NO, words="blue[2J owl"),
        PrintedBallot(vote=NO, words="red fox"),
    )
    assert all(ballot.words is None for ballot in room.decision().ballots.values())
    sealed = [event.what for event in room.events if isinstance(event.what, BallotSealed)]
    assert not any("fox" in repr(one) or "zebra" in repr(one) for one in sealed)


def test_the_order_of_printed_ballots_tells_nothing_of_the_order_of_votes() -> None:
    cast = (("ann", YES, "zebra"), ("bob", NO, None), ("cy", YES, "ant"))
    ends: set[object] = set()
    for order in permutations(cast):
        room = opened()
        for name, vote, words in order:
            room.do(worded(name, vote, words))
        closed = room.decision().closed
        assert closed is not None
        ends.add(closed.printed)
    assert len(ends) == 1


def test_who_votes_again_without_words_has_none_and_where_nobody_has_nothing_is_printed() -> None:
    room = opened()
    room.do(worded("ann", YES, "zebra"))
    room.do(worded("ann", YES, None))
    room.do(worded("bob", NO, " \u200b "))
    assert room.close().printed == ()


def test_only_a_secret_ballot_takes_words() -> None:
    room = Room()
    room.open()
    refusal = room.refused(worded("ann", YES, "zebra"))
    assert (refusal.code, refusal.reason) == ("INVALID_MESSAGE", "not_secret")


def test_the_next_event_after_a_sealed_ballot_has_the_next_number() -> None:
    room = opened()
    room.vote("ann", NO)
    room.vote("bob", NO)
    assert [event.sequence for event in room.events[-4:]] == [3, 3, 4, 4]


def test_until_the_result_only_the_total_moves() -> None:
    room = opened()
    room.vote("ann", YES)
    room.vote("bob", NO)
    votes = summary(room.decision())
    assert (votes.approve, votes.reject, votes.abstain) == (0, 0, 0)
    assert (votes.total, votes.required) == (2, 3)


def test_the_result_tells_how_many_and_nothing_tells_who() -> None:
    room = opened()
    for name, vote in [("ann", NO), ("bob", YES), ("cy", YES)]:
        room.vote(name, vote)
    closed = room.decision().closed
    assert closed is not None
    assert (closed.result, closed.cause) == (Result.APPROVED, "complete")
    assert closed.final_votes == FinalVotes(approve=2, reject=1, abstain=0)
    assert set(room.decision().ballots) == {"user_ann", "user_bob", "user_cy"}
    assert all(ballot.vote is None for ballot in room.decision().ballots.values())
    assert summary(room.decision()).approve == 2


def test_the_ballots_stand_in_one_order_whatever_the_order_of_voting() -> None:
    seen: set[tuple[Vote, ...] | None] = set()
    for order in permutations([("ann", YES), ("bob", NO), ("cy", ABSTAIN)]):
        room = opened()
        for name, vote in order:
            room.vote(name, vote)
        closed = room.decision().closed
        assert closed is not None
        seen.add(closed.ballots)
    assert seen == {(YES, NO, ABSTAIN)}


def test_a_second_ballot_replaces_the_first() -> None:
    room = opened()
    room.vote("ann", YES)
    room.vote("ann", NO)
    assert summary(room.decision()).total == 1
    closed = room.close()
    assert closed.ballots == (NO,)
    assert closed.final_votes == FinalVotes(approve=0, reject=1, abstain=0)


def test_what_is_withdrawn_keeps_its_secret() -> None:
    room = opened()
    room.vote("ann", NO)
    [withdrawn] = room.do(WithdrawDecision(CHAIR, Role.FACILITATOR, "1"))
    assert isinstance(withdrawn, DecisionClosed)
    assert withdrawn.final_votes == FinalVotes(approve=0, reject=0, abstain=0)
    assert withdrawn.ballots is None
    assert withdrawn.arithmetic.whole == 0
    assert room.decision().ballots["user_ann"].vote is None


def test_a_meeting_read_back_is_as_it_was_sealed_ballots_included() -> None:
    room = opened()
    room.vote("ann", YES)
    room.vote("bob", NO)
    room.vote("ann", NO)
    assert fold(as_read_back(room.events)) == room.state
    assert len(as_read_back(room.events)) < len(room.events)
    room.vote("cy", NO)
    assert room.decision().closed is not None
    assert fold(as_read_back(room.events)) == room.state


def test_the_repr_of_a_sealed_ballot_does_not_tell_the_vote() -> None:
    assert "approve" not in repr(BallotSealed(decision_id="decision_1", vote=YES))
