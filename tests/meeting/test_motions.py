"""Motions from the floor, from the moving to the vote."""

from dataclasses import replace

import pytest

from boardroom_tui.meeting.commands import (
    AmendMotion,
    Command,
    MakeMotion,
    PostponeMotion,
    ReferMotion,
    SecondMotion,
    WithdrawDecision,
    WithdrawMotion,
)
from boardroom_tui.meeting.events import DecisionOpened, MotionMade
from boardroom_tui.meeting.state import Motion
from boardroom_tui.protocol.fields import Method, MotionStatus, Result, Role
from tests.meeting.room import CHAIR, NO, YES, Room, opening

MEMBER, LEADS = Role.PARTICIPANT, Role.FACILITATOR


def moved(text: str = "That the hall be painted blue.") -> Room:
    room = Room()
    room.do(MakeMotion("user_ann", MEMBER, "motion_1", text, item_id="item_2"))
    return room


def second(name: str = "bob") -> SecondMotion:
    return SecondMotion(f"user_{name}", MEMBER, "motion_1")


def motion(room: Room) -> Motion:
    return room.state.motions["motion_1"]


def put(**terms: object) -> Command:
    return opening(None, motion="motion_1", **terms)


def test_a_motion_is_called_by_its_first_words() -> None:
    room = moved()
    made = room.events[-1].what
    assert isinstance(made, MotionMade)
    assert (made.title, made.item_id) == ("That the hall be painted blue.", "item_2")
    long = moved("word " * 40).events[-1].what
    assert isinstance(long, MotionMade)
    assert len(long.title) <= 72
    assert long.title.endswith("word…")


def test_another_member_seconds_it_and_nobody_does_twice() -> None:
    room = moved()
    assert room.refused(second("ann")).reason == "own"
    room.do(second())
    assert (motion(room).seconder, motion(room).status) == ("user_bob", MotionStatus.SECONDED)
    assert room.refused(second("cy")).reason == "seconded"


def test_only_members_with_a_vote_move_and_second() -> None:
    room = moved()
    for user_id in (CHAIR, "user_guest"):
        moving = MakeMotion(user_id, LEADS, "motion_2", "That we adjourn.")
        assert room.refused(moving).code == "PERMISSION_DENIED"
        assert room.refused(SecondMotion(user_id, LEADS, "motion_1")).code == "PERMISSION_DENIED"


def test_other_words_want_another_second_and_the_first_ones_stay_on_record() -> None:
    room = moved()
    room.do(second())
    room.do(AmendMotion("user_ann", MEMBER, "motion_1", "That the hall be painted green."))
    assert (motion(room).seconder, motion(room).status) == (None, MotionStatus.MOVED)
    assert [wording.text for wording in motion(room).wordings] == [
        "That the hall be painted blue.",
        "That the hall be painted green.",
    ]
    room.do(AmendMotion(CHAIR, LEADS, "motion_1", "That the hall be painted red."))
    by_another = AmendMotion("user_bob", MEMBER, "motion_1", "That it be white.")
    assert room.refused(by_another).code == "PERMISSION_DENIED"


def test_what_is_put_is_the_wording_with_its_mover_and_seconder() -> None:
    room = moved()
    room.do(second())
    [opened] = room.do(put())
    assert isinstance(opened, DecisionOpened)
    assert (opened.text, opened.item_id) == ("That the hall be painted blue.", "item_2")
    assert (opened.motion_id, opened.mover, opened.seconder) == (
        "motion_1",
        "user_ann",
        "user_bob",
    )
    assert motion(room).status is MotionStatus.VOTING


@pytest.mark.parametrize(
    "command",
    [
        AmendMotion("user_ann", MEMBER, "motion_1", "That it be white."),
        WithdrawMotion("user_ann", MEMBER, "motion_1"),
        PostponeMotion(CHAIR, LEADS, "motion_1"),
        second(),
        opening(None, motion="motion_1"),
    ],
)
def test_under_vote_it_is_frozen(command: Command) -> None:
    room = moved()
    room.do(put())
    assert room.refused(command).reason == "voting"


@pytest.mark.parametrize(
    ("vote", "status"), [(YES, MotionStatus.APPROVED), (NO, MotionStatus.REJECTED)]
)
def test_the_vote_decides_it(vote: object, status: MotionStatus) -> None:
    room = moved()
    room.do(put())
    for name in ("ann", "bob", "cy"):
        room.vote(name, YES if vote is YES else NO, "decision_new")
    assert motion(room).status is status
    assert room.refused(second()).reason == "closed"


def test_what_decides_nothing_leaves_it_before_the_meeting() -> None:
    room = moved()
    room.do(second())
    room.do(put())
    room.do(WithdrawDecision(CHAIR, LEADS, "decision_new"))
    assert motion(room).status is MotionStatus.SECONDED
    polled = moved()
    polled.do(put(method=Method.STRAW))
    for name in ("ann", "bob", "cy"):
        polled.vote(name, YES, "decision_new")
    assert motion(polled).status is MotionStatus.MOVED


def test_a_motion_is_withdrawn_by_its_mover_and_disposed_of_by_the_chair() -> None:
    room = moved()
    other = WithdrawMotion("user_bob", MEMBER, "motion_1")
    assert room.refused(other).code == "PERMISSION_DENIED"
    room.do(WithdrawMotion("user_ann", MEMBER, "motion_1"))
    assert motion(room).status is MotionStatus.WITHDRAWN
    postponed = moved()
    postponed.do(PostponeMotion(CHAIR, LEADS, "motion_1"))
    assert motion(postponed).status is MotionStatus.POSTPONED
    referred = moved()
    referred.do(ReferMotion(CHAIR, LEADS, "motion_1", "the house committee"))
    assert motion(referred).referred_to == "the house committee"
    assert referred.refused(ReferMotion("user_ann", MEMBER, "motion_1", "me")).code == (
        "PERMISSION_DENIED"
    )


def test_no_motion_is_put_in_other_words() -> None:
    assert "as it is worded" in moved().refused(put(title="Something else")).message
    assert moved().refused(opening(None, motion="motion_9")).code == "RESOURCE_NOT_FOUND"


def test_an_objection_to_unanimous_consent_sends_it_to_a_vote() -> None:
    room = moved()
    room.do(second())
    room.do(put(method=Method.CONSENT))
    room.vote("cy", NO, "decision_new")
    closed = room.decision("decision_new").closed
    assert closed is not None
    assert closed.result is Result.REJECTED
    assert motion(room).status is MotionStatus.SECONDED
    room.do(replace(opening(None, motion="motion_1"), new_id="decision_vote"))
    assert motion(room).status is MotionStatus.VOTING
