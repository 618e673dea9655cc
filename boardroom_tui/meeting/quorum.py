"""The meeting's quorum: how many members with a vote are present, and how many must be."""

from dataclasses import dataclass

from boardroom_tui.meeting.counting import present_to_vote, votes
from boardroom_tui.meeting.state import MeetingState


@dataclass(frozen=True, slots=True)
class Quorum:
    """Head counts of members with a vote."""

    have: int
    need: int

    @property
    def met(self) -> bool:
        """Whether enough are present to decide."""
        return self.have >= self.need


def quorum(state: MeetingState) -> Quorum:
    """The quorum as it stands; a meeting without its file needs nobody."""
    if state.charter is None:
        return Quorum(0, 0)
    return Quorum(len(present_to_vote(state) & state.charter.voters), state.charter.quorum)


def counts(state: MeetingState, user_id: str) -> bool:
    """Whether somebody is one of those who are present with a vote."""
    member, attendance = state.member(user_id), state.present.get(user_id)
    return member is not None and member.has_vote and attendance is not None and votes(attendance)
