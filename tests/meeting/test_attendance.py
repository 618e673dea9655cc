from boardroom_tui.meeting.commands import Join, Leave
from boardroom_tui.meeting.events import Joined, Left
from boardroom_tui.protocol.fields import Role
from tests.meeting.room import NOON, Room


def test_a_member_joins_in_the_role_of_the_file() -> None:
    room = Room()
    assert room.do(Join("user_ann", Role.FACILITATOR)) == (Joined(role=Role.PARTICIPANT),)
    assert room.state.present["user_ann"].role is Role.PARTICIPANT
    assert room.state.present["user_ann"].joined_at == NOON


def test_a_member_is_one_whichever_way_the_id_is_written() -> None:
    room = Room()
    room.do(Join("ann", Role.PARTICIPANT))
    assert list(room.state.present) == ["user_ann"]
    assert room.do(Join("user_ann", Role.PARTICIPANT)) == ()
    assert room.events[-1].actor == "user_ann"


def test_joining_again_in_another_role_is_told_and_keeps_since_when() -> None:
    room = Room()
    room.do(Join("user_ann", Role.PARTICIPANT))
    room.later(minutes=5)
    assert room.do(Join("user_ann", Role.OBSERVER)) == (Joined(role=Role.OBSERVER),)
    assert room.do(Join("user_ann", Role.PARTICIPANT)) == (Joined(role=Role.PARTICIPANT),)
    assert room.state.present["user_ann"].joined_at == NOON


def test_who_leaves_is_gone_and_was_last_seen_then() -> None:
    room = Room()
    room.join("ann")
    room.later(minutes=5)
    assert room.do(Leave("ann")) == (Left(),)
    assert room.state.present == {}
    assert room.state.last_seen["user_ann"] == room.now


def test_who_is_not_present_cannot_leave_and_that_is_no_error() -> None:
    assert Room().do(Leave("user_ann")) == ()


def test_a_stranger_may_not_join_or_leave() -> None:
    room = Room()
    assert room.refused(Join("user_eve", Role.OBSERVER)).code == "PERMISSION_DENIED"
    assert room.refused(Leave("user_eve")).code == "PERMISSION_DENIED"
