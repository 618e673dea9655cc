"""The meeting's quorum: how many members with a vote are present, and how many must be."""

from dataclasses import dataclass

from boardroom_tui.meeting.counting import present_to_vote
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.identifiers import Kind, bare


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
    here = present_to_vote(state)
    voters = (member for member in state.charter.members if member.has_vote)
    have = sum(bare(Kind.USER, voter.id) in here for voter in voters)
    return Quorum(have, state.charter.quorum)
