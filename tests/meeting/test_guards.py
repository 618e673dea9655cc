"""Guards, not walls: what is asked once before it is done, and what is on record of it."""

from boardroom_tui.meeting.commands import CloseDecision, Join, Leave
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened
from boardroom_tui.protocol.fields import Guard, Role
from tests.meeting.room import CHAIR, YES, Room, charter, opening, prepared, voter

FOUR = tuple(voter(name) for name in ("ann", "bob", "cy", "dee"))


def closing(*confirms: Guard) -> CloseDecision:
    return CloseDecision(CHAIR, Role.FACILITATOR, "decision_1", confirms)


def test_opening_without_a_quorum_is_asked_about_once_and_recorded() -> None:
    room = Room(charter(quorum=2))
    room.join("ann")
    refusal = room.refused(opening(confirms=()))
    assert (refusal.code, refusal.reason) == ("INVALID_MESSAGE", "confirm")
    assert refusal.confirm == (Guard.NO_QUORUM,)
    assert "there is no quorum" in refusal.message
    [opened] = room.open(confirms=(Guard.NO_QUORUM,))
    assert isinstance(opened, DecisionOpened)
    assert opened.overrides == (Guard.NO_QUORUM,)


def test_with_a_quorum_nothing_is_asked_and_nothing_recorded() -> None:
    room = Room(charter(quorum=2))
    room.join("ann", "bob")
    [opened] = room.open(confirms=())
    assert isinstance(opened, DecisionOpened)
    assert opened.overrides == ()


def test_a_facilitator_with_no_vote_makes_no_quorum() -> None:
    room = Room(charter(quorum=2))
    room.join("ann")
    room.do(Join(CHAIR, Role.FACILITATOR))
    assert room.refused(opening(confirms=())).confirm == (Guard.NO_QUORUM,)


def test_three_voters_cannot_vote_in_secret_and_four_can() -> None:
    three = Room(charter(decisions=[prepared(secret=True)]))
    three.join("ann")
    assert three.refused(opening(confirms=())).confirm == (Guard.NOT_SECRET,)
    four = Room(charter(FOUR, [prepared(secret=True)]))
    four.join("ann")
    four.open(confirms=())


def test_what_was_not_confirmed_is_asked_about() -> None:
    room = Room(charter(quorum=2, decisions=[prepared(secret=True)]))
    refusal = room.refused(opening(confirms=(Guard.NO_QUORUM,)))
    assert refusal.confirm == (Guard.NOT_SECRET,)
    [opened] = room.open(confirms=(Guard.NOT_SECRET, Guard.NO_QUORUM))
    assert isinstance(opened, DecisionOpened)
    assert opened.overrides == (Guard.NO_QUORUM, Guard.NOT_SECRET)


def test_closing_while_somebody_present_has_not_voted_is_asked_about() -> None:
    room = Room()
    room.join("ann", "bob")
    room.open()
    room.vote("ann", YES)
    assert room.refused(closing()).confirm == (Guard.NOT_VOTED,)
    [closed] = room.do(closing(Guard.NOT_VOTED))
    assert isinstance(closed, DecisionClosed)
    assert closed.overrides == (Guard.NOT_VOTED,)


def test_closing_is_not_held_up_by_who_is_absent_or_has_no_vote() -> None:
    room = Room()
    room.join("ann", "bob")
    room.do(Join(CHAIR, Role.FACILITATOR))
    room.open()
    room.vote("ann", YES)
    room.do(Leave("user_bob"))
    [closed] = room.do(closing())
    assert isinstance(closed, DecisionClosed)
    assert closed.overrides == ()


def test_closing_what_would_fail_for_want_of_a_quorum_is_asked_about() -> None:
    room = Room(charter(decisions=[prepared(quorum=2)]))
    room.join("ann")
    room.open()
    room.vote("ann", YES)
    assert room.refused(closing()).confirm == (Guard.NO_QUORUM,)


def test_who_knows_of_no_guards_is_asked_nothing_and_the_record_tells_all_the_same() -> None:
    room = Room(charter(quorum=2))
    room.join("ann")
    [opened] = room.open()
    assert isinstance(opened, DecisionOpened)
    assert opened.overrides == (Guard.NO_QUORUM,)
    assert room.close().overrides == (Guard.NO_QUORUM, Guard.NOT_VOTED)
