"""The meeting's life: called to order, recess, executive session, adjournment."""

import pytest

from boardroom_tui.meeting.commands import SetPhase
from boardroom_tui.meeting.events import PhaseChanged
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Role
from tests.meeting.room import CHAIR, NOON, Room
from tests.meeting.test_agenda import move

GATHERING, IN_SESSION, RECESS, EXECUTIVE, ADJOURNED = MeetingPhase


def phase(phase: MeetingPhase, user_id: str = CHAIR, role: Role = Role.FACILITATOR) -> SetPhase:
    return SetPhase(user_id, role, phase)


def test_a_meeting_gathers_until_it_is_called_to_order_and_then_has_begun() -> None:
    room = Room()
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
