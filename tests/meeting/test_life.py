"""The meeting's life: called to order, recess, executive session, adjournment."""

from dataclasses import replace

import pytest

from boardroom_tui.meeting.commands import (
    AmendMotion,
    CallRoll,
    CallSpeaker,
    Command,
    LowerHand,
    MakeMotion,
    PostponeMotion,
    RaiseHand,
    ReferMotion,
    SecondMotion,
    SetPhase,
    WithdrawMotion,
    YieldFloor,
)
from boardroom_tui.meeting.events import AgendaMoved, PhaseChanged
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Guard, ItemStatus, MeetingPhase, Role
from tests.meeting.room import CHAIR, NOON, YES, Room, opening
from tests.meeting.test_agenda import move

GATHERING, IN_SESSION, RECESS, EXECUTIVE, ADJOURNED = MeetingPhase


def phase(phase: MeetingPhase, user_id: str = CHAIR, role: Role = Role.FACILITATOR) -> SetPhase:
    return SetPhase(user_id, role, phase)


def test_a_meeting_gathers_until_it_is_called_to_order_and_then_has_begun() -> None:
    room = Room()
    room.join("ann")
    assert room.state.phase is GATHERING
    assert room.state.phase_since is None
    assert room.do(phase(IN_SESSION)) == (PhaseChanged(phase=IN_SESSION),)
    assert room.state.phase is IN_SESSION
    assert room.state.phase_since == NOON
    assert room.state.started_at == NOON


@pytest.mark.parametrize("one", [IN_SESSION, RECESS, EXECUTIVE, ADJOURNED])
@pytest.mark.parametrize("other", [IN_SESSION, RECESS, EXECUTIVE, ADJOURNED])
def test_each_phase_can_follow_each_other_one_and_not_itself(
    one: MeetingPhase, other: MeetingPhase
) -> None:
    room = Room()
    room.do(phase(one))
    if one is other:
        assert room.refused(phase(other)).code is ErrorCode.INVALID_MESSAGE
        return
    room.later(minutes=5)
    room.do(phase(other))
    assert room.state.phase is other
    assert room.state.phase_since == room.now
    assert room.state.started_at == NOON


def test_no_meeting_gathers_again() -> None:
    room = Room()
    room.do(phase(IN_SESSION))
    assert room.refused(phase(GATHERING)).code is ErrorCode.INVALID_MESSAGE


def test_only_a_facilitator_calls_to_order() -> None:
    room = Room()
    assert room.refused(phase(IN_SESSION, "user_ann")).code is ErrorCode.PERMISSION_DENIED
    lowered = phase(IN_SESSION, role=Role.PARTICIPANT)
    assert room.refused(lowered).code is ErrorCode.PERMISSION_DENIED


def test_an_item_taken_up_before_the_call_to_order_begins_the_meeting_all_the_same() -> None:
    room = Room()
    room.do(move("item_1", ItemStatus.IN_PROGRESS))
    room.later(minutes=1)
    room.do(phase(IN_SESSION))
    assert room.state.started_at == NOON


def test_calling_to_order_without_a_quorum_is_asked_about_and_recorded() -> None:
    room = Room()
    refusal = room.refused(replace(phase(IN_SESSION), confirms=()))
    assert (refusal.reason, refusal.confirm) == ("confirm", (Guard.NO_QUORUM,))
    [changed] = room.do(replace(phase(IN_SESSION), confirms=(Guard.NO_QUORUM,)))
    assert changed == PhaseChanged(phase=IN_SESSION, overrides=(Guard.NO_QUORUM,))


@pytest.mark.parametrize("unasked", [RECESS, ADJOURNED])
def test_a_recess_or_adjournment_needs_no_quorum(unasked: MeetingPhase) -> None:
    room = Room()
    room.do(replace(phase(unasked), confirms=()))
    assert room.state.phase is unasked


def test_from_executive_session_to_open_session_is_no_new_beginning() -> None:
    room = Room()
    room.do(phase(EXECUTIVE))
    room.do(replace(phase(IN_SESSION), confirms=()))
    assert room.state.phase is IN_SESSION


@pytest.mark.parametrize("pause", [RECESS, ADJOURNED])
def test_a_recess_or_adjournment_with_a_vote_open_is_asked_about_and_recorded(
    pause: MeetingPhase,
) -> None:
    room = Room()
    room.open()
    assert room.refused(replace(phase(pause), confirms=())).confirm == (Guard.VOTE_OPEN,)
    [changed] = room.do(phase(pause))
    assert changed == PhaseChanged(phase=pause, overrides=(Guard.VOTE_OPEN,))
    assert room.decision().closed is None


def test_taking_up_an_item_without_a_quorum_is_asked_about_and_recorded() -> None:
    room = Room()
    taking_up = replace(move("item_1", ItemStatus.IN_PROGRESS), confirms=())
    assert room.refused(taking_up).confirm == (Guard.NO_QUORUM,)
    [moved] = room.do(move("item_1", ItemStatus.IN_PROGRESS))
    assert isinstance(moved, AgendaMoved)
    assert moved.overrides == (Guard.NO_QUORUM,)
    # Putting it off is what a meeting without a quorum can do.
    room.do(replace(move("item_1", ItemStatus.DEFERRED), confirms=()))


ANN, LEADS = ("user_ann", Role.PARTICIPANT), (CHAIR, Role.FACILITATOR)


@pytest.mark.parametrize(
    "business",
    [
        MakeMotion(*ANN, "motion_2", "That we go on."),
        SecondMotion("user_bob", Role.PARTICIPANT, "motion_1"),
        AmendMotion(*ANN, "motion_1", "That we stop."),
        WithdrawMotion(*ANN, "motion_1"),
        PostponeMotion(*LEADS, "motion_1"),
        ReferMotion(*LEADS, "motion_1", "the committee"),
        opening(None, motion="motion_1"),
        CallRoll(*LEADS),
        RaiseHand(*ANN),
        LowerHand(*ANN),
        CallSpeaker(*LEADS, "user_ann"),
        YieldFloor(*LEADS),
    ],
    ids=lambda command: type(command).__name__,
)
def test_after_the_adjournment_no_business_is_done(business: Command) -> None:
    room = Room()
    room.join("ann", "bob")
    room.do(MakeMotion(*ANN, "motion_1", "That we go on."))
    room.do(phase(ADJOURNED))
    refusal = room.refused(business)
    assert (refusal.code, refusal.reason) == (ErrorCode.INVALID_MESSAGE, "adjourned")


def test_a_vote_that_was_open_at_the_adjournment_is_cast_and_closed_after_it() -> None:
    room = Room()
    room.join("ann")
    room.open()
    room.do(phase(ADJOURNED))
    room.vote("ann", YES)
    room.close()
    assert room.decision().after_adjournment


def test_a_vote_that_was_closed_before_the_adjournment_is_not_said_to_have_ended_after_it() -> None:
    room = Room()
    room.open()
    room.close()
    room.do(phase(ADJOURNED))
    assert not room.decision().after_adjournment
