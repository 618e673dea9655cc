"""Decisions that are no plain vote, and a tie that the chair breaks."""

from typing import Any

import pytest

from boardroom_tui.meeting.commands import CloseDecision, PassDeadlines
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened
from boardroom_tui.protocol.fields import Base, Cause, Method, Result, Role, Threshold, Vote
from tests.meeting.room import ABSTAIN, CHAIR, NO, YES, Room, charter, opening, prepared, voter

FOUR = tuple(voter(name) for name in ("ann", "bob", "cy", "dee"))


def ended(room: Room) -> DecisionClosed:
    closed = room.decision().closed
    assert closed is not None
    return closed


def consent(**terms: Any) -> Room:
    room = Room(charter(FOUR, [prepared(method=Method.CONSENT)], **terms))
    room.join("ann", "bob")
    room.open()
    return room


@pytest.mark.parametrize("method", [Method.ROLL_CALL, Method.CONSENT])
def test_what_is_taken_by_name_cannot_be_secret(method: Method) -> None:
    room = Room(charter(decisions=[prepared(method=method, secret=True)]))
    assert "taken by name" in room.refused(opening()).message


def test_silence_adopts_after_a_minute() -> None:
    room = consent()
    room.later(seconds=59)
    assert room.do(PassDeadlines()) == ()
    room.later(seconds=1)
    room.do(PassDeadlines())
    assert (ended(room).result, ended(room).cause) == (Result.APPROVED, Cause.NO_OBJECTION)


def test_one_objection_ends_it_at_once() -> None:
    room = consent()
    room.vote("ann", YES)
    room.vote("cy", NO)
    assert (ended(room).result, ended(room).cause) == (Result.REJECTED, Cause.OBJECTION)


def test_silence_adopts_nothing_without_the_meeting_s_quorum() -> None:
    room = consent(quorum=3)
    room.later(seconds=60)
    room.do(PassDeadlines())
    assert ended(room).result is Result.NO_QUORUM


def test_nobody_closes_it_before_everybody_could_object() -> None:
    room = consent()
    assert room.refused(CloseDecision(CHAIR, Role.FACILITATOR, "decision_1")).reason == "consent"


def test_a_straw_poll_has_a_result_that_says_how_it_was_taken() -> None:
    room = Room()
    [opened] = room.open(method=Method.STRAW)
    assert isinstance(opened, DecisionOpened)
    assert opened.method is Method.STRAW


def tie(**terms: Any) -> Room:
    room = Room(charter(FOUR, [prepared(**terms)], casting_vote=True))
    room.join("ann", "bob", "cy", "dee")
    room.open()
    for name, vote in (("ann", YES), ("bob", NO), ("cy", YES), ("dee", NO)):
        room.vote(name, vote)
    return room


def break_it(vote: Vote | None) -> CloseDecision:
    return CloseDecision(CHAIR, Role.FACILITATOR, "decision_1", (), vote)


@pytest.mark.parametrize(
    ("casting", "result"),
    [(YES, Result.APPROVED), (NO, Result.REJECTED), (None, Result.REJECTED)],
)
def test_a_tie_waits_for_the_chair_who_may_break_it(casting: Vote | None, result: Result) -> None:
    room = tie()
    assert room.decision().closed is None
    room.do(break_it(casting))
    closed = ended(room)
    assert (closed.result, closed.casting_vote) == (result, casting)
    assert (closed.final_votes.approve, closed.final_votes.reject) == (2, 2)


def test_at_its_deadline_a_tie_is_lost() -> None:
    room = tie()
    room.open(None, title="Timed", duration_seconds=60)
    for name, vote in (("ann", YES), ("bob", NO)):
        room.vote(name, vote, "decision_new")
    room.later(seconds=60)
    room.do(PassDeadlines())
    closed = room.decision("decision_new").closed
    assert closed is not None
    assert (closed.result, closed.casting_vote) == (Result.REJECTED, None)


def test_there_is_nothing_to_break_where_the_votes_differ() -> None:
    room = tie()
    room.vote("dee", ABSTAIN)
    assert room.decision().closed is not None
    other = Room(charter(FOUR, casting_vote=True))
    other.open()
    other.vote("ann", YES)
    assert other.refused(break_it(YES)).reason == "no_casting_vote"


@pytest.mark.parametrize(
    "terms",
    [{"secret": True}, {"threshold": Threshold.TWO_THIRDS}, {"base": Base.MEMBERSHIP}],
)
def test_only_a_plain_majority_that_is_not_secret_has_a_casting_vote(
    terms: dict[str, Any],
) -> None:
    assert tie(**terms).decision().closed is not None


def test_without_the_grant_of_the_file_a_tie_is_lost_at_once() -> None:
    room = Room(charter(FOUR))
    room.open()
    for name, vote in (("ann", YES), ("bob", NO), ("cy", YES), ("dee", NO)):
        room.vote(name, vote)
    assert ended(room).result is Result.REJECTED
