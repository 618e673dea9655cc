from datetime import timedelta
from typing import Any

import pytest

from boardroom_tui.meeting.commands import CastVote, CloseDecision, Convene, WithdrawDecision
from boardroom_tui.meeting.counting import summary, tally
from boardroom_tui.meeting.events import DecisionClosed, VoteRecorded
from boardroom_tui.protocol.fields import Result, Role
from tests.meeting.room import (
    ABSTAIN,
    CHAIR,
    NO,
    NOON,
    YES,
    Room,
    ballot,
    charter,
    prepared,
    voter,
)


def opened(**terms: Any) -> Room:
    room = Room(charter(decisions=[prepared(**terms)]))
    room.open()
    return room


def test_a_vote_is_recorded_and_counted() -> None:
    room = opened()
    command = CastVote("user_ann", Role.PARTICIPANT, "1", "vote_1", NO, "Too dear.")
    assert room.do(command) == (
        VoteRecorded(decision_id="decision_1", vote_id="vote_1", vote=NO, comment="Too dear."),
    )
    assert summary(room.decision()).model_dump() == {
        "approve": 0,
        "reject": 1,
        "abstain": 0,
        "total": 1,
        "required": 3,
    }
    assert room.decision().ballots["user_ann"].comment == "Too dear."


def test_it_takes_membership_to_vote_not_presence() -> None:
    room = opened()
    assert room.state.present == {}
    assert room.vote("ann", YES)


def test_voting_again_replaces_the_vote_and_counts_once() -> None:
    room = opened()
    room.vote("ann", YES)
    room.later(seconds=5)
    [again] = room.vote("ann", ABSTAIN)
    assert isinstance(again, VoteRecorded)
    assert again.vote_id == "vote_2"
    assert list(room.decision().ballots) == ["user_ann"]
    assert room.decision().ballots["user_ann"].at == room.now
    votes = summary(room.decision())
    assert (votes.approve, votes.abstain, votes.total) == (0, 1, 1)
    assert [e.what.vote_id for e in room.events if isinstance(e.what, VoteRecorded)] == [
        "vote_1",
        "vote_2",
    ]


def test_weights_are_what_is_summed() -> None:
    room = Room(charter(voters=[voter("ann", weight=5), voter("bob", weight=2), voter("cy")]))
    room.open()
    room.vote("ann", NO)
    room.vote("bob", YES)
    votes = summary(room.decision())
    assert (votes.approve, votes.reject, votes.total, votes.required) == (2, 5, 7, 8)


def test_the_last_vote_missing_completes_the_decision() -> None:
    room = opened()
    room.vote("ann", YES)
    room.vote("bob", NO)
    assert room.decision().closed is None
    recorded, closed = room.vote("cy", YES)
    assert isinstance(recorded, VoteRecorded)
    assert isinstance(closed, DecisionClosed)
    assert (closed.result, closed.cause, closed.ballots) == (Result.APPROVED, "complete", None)
    assert [event.actor for event in room.events[-2:]] == ["user_cy", "server"]
    assert room.decision().closed_at == NOON


def test_a_second_vote_of_one_member_is_not_the_vote_of_another() -> None:
    room = opened()
    for name in ("ann", "bob", "ann", "bob"):
        assert len(room.vote(name, YES)) == 1


def test_without_auto_close_it_stays_open_when_everybody_has_voted() -> None:
    room = opened(auto_close=False)
    for name in ("ann", "bob", "cy"):
        room.vote(name, YES)
    assert room.decision().closed is None
    assert room.vote("cy", NO)
    assert room.close().result is Result.APPROVED


def test_a_vote_after_the_close_is_refused() -> None:
    room = opened()
    room.vote("ann", YES)
    room.close()
    refusal = room.refused(ballot("bob"))
    assert (refusal.code, refusal.reason) == ("INVALID_MESSAGE", "closed")
    assert refusal.message == "decision_1 is closed."


def test_a_vote_on_a_prepared_decision_is_refused() -> None:
    refusal = Room().refused(ballot("bob"))
    assert (refusal.code, refusal.reason) == ("INVALID_MESSAGE", "not_open")


def test_a_vote_on_an_unknown_decision_is_refused() -> None:
    assert Room().refused(ballot("bob", YES, "decision_9")).code == "RESOURCE_NOT_FOUND"


@pytest.mark.parametrize("name", ["chair", "guest", "eve"])
def test_who_has_no_vote_may_not_vote(name: str) -> None:
    assert Room().refused(ballot(name)).code == "PERMISSION_DENIED"
    room = opened()
    assert room.refused(ballot(name)).code == "PERMISSION_DENIED"
    room.close()
    assert room.refused(ballot(name)).code == "PERMISSION_DENIED"
    room = Room()
    room.do(WithdrawDecision(CHAIR, Role.FACILITATOR, "decision_1"))
    assert room.refused(ballot(name)).code == "PERMISSION_DENIED"
    assert room.refused(ballot("ann")).reason == "closed"


def test_a_connection_lowered_to_observer_has_no_vote() -> None:
    lowered = CastVote("user_ann", Role.OBSERVER, "decision_1", "vote_1", YES)
    assert opened().refused(lowered).code == "PERMISSION_DENIED"


def test_up_to_the_deadline_one_may_vote_and_from_then_on_no_more() -> None:
    room = opened(deadline=timedelta(minutes=10))
    room.now = NOON + timedelta(minutes=10) - timedelta(microseconds=1)
    room.vote("ann", YES)
    room.now = NOON + timedelta(minutes=10)
    refusal = room.refused(ballot("bob"))
    assert (refusal.code, refusal.reason) == ("INVALID_MESSAGE", "closed")


def test_those_who_may_vote_are_fixed_when_it_opens() -> None:
    room = opened()
    without_bob = charter(voters=[voter("ann", weight=7), voter("dee")])
    room.do(Convene(without_bob))
    assert room.refused(ballot("dee")).code == "PERMISSION_DENIED"
    room.vote("ann", YES)
    votes = summary(room.decision())
    assert (votes.approve, votes.required) == (1, 3)


def test_a_vote_cast_before_the_file_changed_still_counts() -> None:
    room = opened()
    room.vote("bob", YES)
    room.do(Convene(charter(voters=[voter("ann")])))
    assert room.refused(ballot("bob", NO)).code == "PERMISSION_DENIED"
    assert tally(room.decision()).approve == 1
    assert room.close().result is Result.APPROVED


def test_after_the_close_the_summary_is_the_result() -> None:
    room = opened()
    room.vote("ann", YES)
    room.vote("bob", ABSTAIN)
    room.do(CloseDecision(CHAIR, Role.FACILITATOR, "decision_1"))
    votes = summary(room.decision())
    assert (votes.approve, votes.abstain, votes.total, votes.required) == (1, 1, 2, 3)


def test_the_repr_of_a_vote_tells_nobody_how() -> None:
    command = CastVote("user_ann", Role.PARTICIPANT, "1", "vote_1", NO, "because")
    assert "reject" not in repr(command)
    assert "because" not in repr(command)
