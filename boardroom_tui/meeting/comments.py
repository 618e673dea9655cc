"""The sealed comments of a secret ballot: for a facilitator, once it is over."""

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.events import DecisionClosed
from boardroom_tui.meeting.finding import find
from boardroom_tui.meeting.standing import facilitator
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.messages.decision import SealedComment


def sealed_comments(
    state: MeetingState, user_id: str, role: Role, decision_id: str
) -> tuple[SealedComment, ...] | Refusal:
    """Each comment's copies for the devices of whoever asks; none where they cannot read it."""
    reader = facilitator(state, user_id, role)
    if isinstance(reader, Refusal):
        return reader
    match find(state, decision_id):
        case Refusal(code=ErrorCode.RESOURCE_NOT_FOUND) as unknown:
            return unknown
        case Decision(closed=DecisionClosed(comments=comments)):
            return tuple(
                tuple(copy for copy in comment if same(Kind.USER, copy.user_id, reader.id))
                for comment in comments
            )
        case Decision() | PreparedDecision():
            reason = f"{decision_id} is not closed yet."
            return Refusal(ErrorCode.RESOURCE_NOT_FOUND, reason, "not_closed")
        case Refusal():
            return ()  # withdrawn before it opened
