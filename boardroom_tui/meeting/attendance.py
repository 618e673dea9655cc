"""Joining and leaving."""

from boardroom_tui.meeting.commands import Join, Leave, Refusal
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import Joined, Left
from boardroom_tui.meeting.standing import lower, member
from boardroom_tui.meeting.state import MeetingState


def join(state: MeetingState, command: Join) -> Deeds | Refusal:
    """Be present; again only in another role, which the file's role caps."""
    joiner = member(state, command.user_id)
    if isinstance(joiner, Refusal):
        return joiner
    role = lower(joiner.role, command.role)
    attendance = state.present.get(joiner.id)
    if attendance is not None and attendance.role is role:
        return ()
    return (Deed(joiner.id, Joined(role=role)),)


def leave(state: MeetingState, command: Leave) -> Deeds | Refusal:
    """Be present no longer; nothing happens to somebody who is not."""
    leaver = member(state, command.user_id)
    if isinstance(leaver, Refusal):
        return leaver
    return (Deed(leaver.id, Left()),) if leaver.id in state.present else ()
