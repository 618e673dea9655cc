from datetime import timedelta

import pytest

from boardroom_tui.meeting.commands import (
    CloseDecision,
    Join,
    Leave,
    PassDeadlines,
    WithdrawDecision,
)
from boardroom_tui.meeting.deadlines import next_deadline
from boardroom_tui.meeting.events import DecisionClosed
from boardroom_tui.protocol.fields import Base, DecisionStatus, Result, Role, Threshold
from boardroom_tui.protocol.messages.decision import FinalVotes
from tests.meeting.room import CHAIR, NO, NOON, YES, Room, charter, opening, prepared, voter


def close(decision: str = "decision_1", role: Role = Role.FACILITATOR) -> CloseDecision:
    return CloseDecision(CHAIR, role, decision)


def withdraw(decision: str = "decision_1", role: Role = Role.FACILITATOR) -> WithdrawDecision:
    return WithdrawDecision(CHAIR, role, decision)


def test_a_facilitator_closes_and_the_votes_are_counted() -> None:
    room = Room()
    room.open()
    room.vote("ann", YES)
    room.later(minutes=3)
    closed = room.close("1")
    assert (closed.decision_id, closed.result, closed.cause) == (
        "decision_1",
        Result.APPROVED,
        "facilitator",
    )
    assert closed.final_votes == FinalVotes(approve=1, reject=0, abstain=0)
    assert closed.total_weight == 3
    assert room.events[-1].actor == CHAIR
    assert room.decision().status is DecisionStatus.APPROVED
    assert room.decision().closed_at == room.now


def test_closing_with_too_few_voters_is_no_quorum() -> None:
    room = Room(charter(decisions=[prepared(quorum=2)]))
    room.open()
    room.vote("ann", YES)
    closed = room.close()
    assert closed.result is Result.NO_QUORUM
    assert (closed.arithmetic.voters, closed.arithmetic.voters_needed) == (1, 2)


def test_the_meetings_quorum_is_asked_for_at_the_close() -> None:
    room = Room(charter(quorum=3))
    room.join("ann", "bob", "cy")
    room.open()
    room.vote("ann", YES)
    room.do(Leave("user_bob"))
    closed = room.close()
    assert closed.result is Result.NO_QUORUM
    assert (closed.arithmetic.present, closed.arithmetic.present_needed) == (2, 3)


def test_who_voted_counts_as_present_after_leaving() -> None:
    room = Room(charter(quorum=2))
    room.join("ann", "bob")
    room.open()
    room.vote("ann", YES)
    room.do(Leave("user_ann"))
    assert room.close().result is Result.APPROVED


def test_who_is_present_with_no_vote_is_no_part_of_the_quorum() -> None:
    room = Room(charter(quorum=2, decisions=[prepared(base=Base.PRESENT)]))
    room.do(Join("user_ann", Role.PARTICIPANT))
    room.do(Join("user_bob", Role.OBSERVER))
    room.do(Join("user_guest", Role.OBSERVER))
    room.do(Join(CHAIR, Role.FACILITATOR))
    room.open()
    room.vote("ann", YES)
    closed = room.close()
    assert (closed.result, closed.arithmetic.present) == (Result.NO_QUORUM, 1)
    assert closed.arithmetic.whole == 1


def test_of_those_present_the_weight_counts() -> None:
    voters = [voter("ann", weight=3), voter("bob", weight=4), voter("cy", weight=10)]
    room = Room(charter(voters, [prepared(base=Base.PRESENT, threshold=Threshold.TWO_THIRDS)]))
    room.join("bob")
    room.open()
    room.vote("ann", YES)
    closed = room.close()
    assert (closed.arithmetic.whole, closed.arithmetic.needed) == (7, 5)
    assert (closed.arithmetic.voters, closed.arithmetic.present) == (1, 2)
    assert closed.total_weight == 17
    assert closed.result is Result.REJECTED


@pytest.mark.parametrize("command", [close(), withdraw()])
def test_what_is_closed_can_be_neither_closed_nor_withdrawn(
    command: CloseDecision | WithdrawDecision,
) -> None:
    room = Room()
    room.open()
    room.close()
    refusal = room.refused(command)
    assert (refusal.code, refusal.reason) == ("INVALID_MESSAGE", "closed")


def test_what_is_only_prepared_cannot_be_closed() -> None:
    refusal = Room().refused(close())
    assert (refusal.code, refusal.reason) == ("INVALID_MESSAGE", "not_open")


@pytest.mark.parametrize("command", [close("decision_9"), withdraw("decision_9")])
def test_an_unknown_decision_is_not_found(command: CloseDecision | WithdrawDecision) -> None:
    assert Room().refused(command).code == "RESOURCE_NOT_FOUND"


@pytest.mark.parametrize(
    "command",
    [
        close(role=Role.PARTICIPANT),
        withdraw(role=Role.PARTICIPANT),
        CloseDecision("user_ann", Role.FACILITATOR, "decision_1"),
        WithdrawDecision("user_ann", Role.FACILITATOR, "decision_1"),
        CloseDecision("user_eve", Role.FACILITATOR, "decision_1"),
        WithdrawDecision("user_eve", Role.FACILITATOR, "decision_1"),
    ],
)
def test_only_a_facilitator_closes_or_withdraws(
    command: CloseDecision | WithdrawDecision,
) -> None:
    room = Room()
    room.open()
    assert room.refused(command).code == "PERMISSION_DENIED"


def test_an_open_decision_is_withdrawn_with_its_votes_told() -> None:
    room = Room()
    room.open()
    room.vote("ann", NO)
    [withdrawn] = room.do(withdraw())
    assert isinstance(withdrawn, DecisionClosed)
    assert (withdrawn.result, withdrawn.cause) == (Result.WITHDRAWN, "withdrawn")
    assert withdrawn.final_votes == FinalVotes(approve=0, reject=1, abstain=0)
    assert room.decision().status is DecisionStatus.WITHDRAWN


def test_a_prepared_decision_is_withdrawn_before_it_opens() -> None:
    room = Room()
    [withdrawn] = room.do(withdraw("1"))
    assert isinstance(withdrawn, DecisionClosed)
    assert (withdrawn.decision_id, withdrawn.result) == ("decision_1", Result.WITHDRAWN)
    assert room.state.withdrawn == {"decision_1"}
    assert room.refused(withdraw()).reason == "closed"
    assert room.refused(close()).reason == "closed"


def test_a_deadline_closes_a_decision_when_it_has_passed_not_before() -> None:
    room = Room()
    room.open(duration_seconds=60)
    room.vote("ann", YES)
    room.later(seconds=59)
    assert room.do(PassDeadlines()) == ()
    room.later(seconds=1)
    [closed] = room.do(PassDeadlines())
    assert isinstance(closed, DecisionClosed)
    assert (closed.result, closed.cause) == (Result.APPROVED, "deadline")
    assert room.events[-1].actor == "server"
    assert room.do(PassDeadlines()) == ()


def test_deadlines_that_passed_together_close_in_their_order() -> None:
    room = Room(charter(decisions=[prepared("1"), prepared("2"), prepared("3")]))
    room.open("decision_1", duration_seconds=90)
    room.open("decision_2", duration_seconds=30)
    room.open("decision_3")
    room.later(hours=1)
    closed = room.do(PassDeadlines())
    assert [c.decision_id for c in closed if isinstance(c, DecisionClosed)] == [
        "decision_2",
        "decision_1",
    ]
    assert [event.sequence for event in room.events[-2:]] == [5, 6]


@pytest.mark.parametrize("command", [close(), withdraw()])
def test_past_its_deadline_nobody_but_the_deadline_ends_a_decision(
    command: CloseDecision | WithdrawDecision,
) -> None:
    room = Room()
    room.open(duration_seconds=60)
    room.later(seconds=60)
    refusal = room.refused(command)
    assert (refusal.code, refusal.reason) == ("INVALID_MESSAGE", "closed")


def test_the_next_deadline_is_the_earliest_of_those_that_are_open() -> None:
    room = Room(charter(decisions=[prepared("1"), prepared("2"), prepared("3")]))
    assert next_deadline(room.state) is None
    room.open("decision_1", duration_seconds=90)
    room.open("decision_2", duration_seconds=30)
    room.open("decision_3")
    assert next_deadline(room.state) == NOON + timedelta(seconds=30)
    room.close("decision_2")
    assert next_deadline(room.state) == NOON + timedelta(seconds=90)
    room.close("decision_1")
    assert next_deadline(room.state) is None


def test_a_closed_decision_does_not_open_again_for_longer() -> None:
    room = Room()
    room.open(duration_seconds=60)
    room.later(seconds=60)
    assert room.refused(opening(duration_seconds=60)).reason == "open"
    room.do(PassDeadlines())
    assert room.refused(opening(duration_seconds=60)).reason == "closed"
