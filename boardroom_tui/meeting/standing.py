"""Who may ask what: membership, and the role that is in force."""

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.authorisation import NOT_A_MEMBER, may
from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, same


def lower(one: Role, other: Role) -> Role:
    """The role with the fewer powers: the one in force where two are given."""
    return min(one, other, key=lambda role: role.power)


def member(state: MeetingState, user_id: str) -> Member | Refusal:
    """The member of this id; anybody else may do nothing here."""
    found = state.member(user_id)
    if found is None:
        return Refusal(ErrorCode.PERMISSION_DENIED, NOT_A_MEMBER)
    return found


def taking_part(state: MeetingState, user_id: str, role: Role) -> Member | Refusal:
    """The member of this id if their role, by the file and on this connection, takes part."""
    found = member(state, user_id)
    if isinstance(found, Member) and not may(lower(found.role, role), Permission.VOTE):
        return Refusal(ErrorCode.PERMISSION_DENIED, "Observers only listen and speak.")
    return found


def on_behalf_of(
    state: MeetingState, user_id: str, role: Role, member_id: str | None
) -> tuple[Member, Member] | Refusal:
    """Who acts and for whom: a member for themselves, a facilitator for any member."""
    actor = member(state, user_id)
    if isinstance(actor, Refusal):
        return actor
    if member_id is None or same(Kind.USER, member_id, user_id):
        return actor, actor
    leader = facilitator(state, user_id, role)
    if isinstance(leader, Refusal):
        return leader
    whose = state.member(member_id)
    if whose is None:
        return Refusal(ErrorCode.RESOURCE_NOT_FOUND, f"There is no member {member_id}.")
    return leader, whose


def facilitator(state: MeetingState, user_id: str, role: Role) -> Member | Refusal:
    """The member of this id if they act as a facilitator, by the file and on this connection."""
    found = member(state, user_id)
    if isinstance(found, Member) and not may(lower(found.role, role), Permission.FACILITATE):
        return Refusal(ErrorCode.PERMISSION_DENIED, "Only a facilitator may do this.")
    return found
