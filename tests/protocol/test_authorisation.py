"""The table of who may do what keeps to the contract."""

from boardroom_tui.protocol.authorisation import ACCESS, PERMISSIONS, Asker, Resource, membership
from boardroom_tui.protocol.catalogue import CLIENT_TYPES
from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.fields import Role


def test_each_role_may_do_what_the_lower_ones_may_and_one_thing_more() -> None:
    assert {role: set(permissions) for role, permissions in PERMISSIONS.items()} == {
        Role.OBSERVER: {Permission.READ, Permission.WRITE},
        Role.PARTICIPANT: {Permission.READ, Permission.WRITE, Permission.VOTE},
        Role.FACILITATOR: set(Permission),
    }


def test_a_user_in_no_meeting_s_file_is_told_nothing_of_what_exists() -> None:
    assert not any(access.told(Asker.STRANGER).apart for access in ACCESS.values())


def test_a_member_learns_of_other_meetings_and_decisions_only_what_the_contract_has() -> None:
    apart = {resource for resource, access in ACCESS.items() if access.told(Asker.MEMBER).apart}
    assert apart == {Resource.MEETING, Resource.DECISION}


def test_whatever_names_a_meeting_a_room_or_a_decision_needs_membership() -> None:
    named = {name: membership(kind) for name, kind in CLIENT_TYPES.items()}
    assert named["meeting.join"] is Resource.MEETING
    assert named["presence.subscribe"] is Resource.MEETING
    assert named["decision.open"] is Resource.MEETING
    assert named["decision.close"] is Resource.DECISION
    assert named["presence.update"] is None
