"""The roll of the members, and the apologies of those who are absent."""

from boardroom_tui.meeting.commands import CallRoll, RecordApology, Refusal
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import ApologyRecorded, RollCalled
from boardroom_tui.meeting.quorum import quorum
from boardroom_tui.meeting.standing import facilitator, on_behalf_of
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role


def call_roll(state: MeetingState, command: CallRoll) -> Deeds | Refusal:
    """Who is present now, of the members that the meeting's file has, observers apart."""
    chair = facilitator(state, command.user_id, command.role)
    if isinstance(chair, Refusal):
        return chair
    members = () if state.charter is None else state.charter.members
    listed = [member.id for member in members if member.role is not Role.OBSERVER]
    missing = [member_id for member_id in listed if member_id not in state.present]
    here = quorum(state)
    called = RollCalled(
        present=tuple(one for one in listed if one in state.present),
        absent=tuple(one for one in missing if one not in state.apologies),
        excused=tuple(one for one in missing if one in state.apologies),
        have=here.have,
        need=here.need,
    )
    return (Deed(chair.id, called),)


def record_apology(state: MeetingState, command: RecordApology) -> Deeds | Refusal:
    """Record or take back apologies; once more is written down and changes nothing.

    Whoever is here sends their own, to leave early; nobody else excuses them.
    """
    acting = on_behalf_of(state, command.user_id, command.role, command.member_id)
    if isinstance(acting, Refusal):
        return acting
    actor, whose = acting
    if whose.id != actor.id and whose.id in state.present and not command.withdrawn:
        return Refusal(ErrorCode.INVALID_MESSAGE, f"{whose.name} is here.", "present")
    recorded = ApologyRecorded(user_id=whose.id, withdrawn=command.withdrawn)
    return (Deed(actor.id, recorded),)
