"""Whom to remind that a vote is open: those who are present and have not voted."""

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.counting import not_voted
from boardroom_tui.meeting.finding import closed, find, not_open
from boardroom_tui.meeting.standing import facilitator
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Method, Role

_NO_NEED = Refusal(ErrorCode.INVALID_MESSAGE, "Nobody needs to vote: silence is consent.", "nobody")


def to_be_reminded(
    state: MeetingState, user_id: str, role: Role, decision_id: str
) -> tuple[Decision, tuple[str, ...]] | Refusal:
    """The decision and the members to remind, for a facilitator who asks."""
    asker = facilitator(state, user_id, role)
    if isinstance(asker, Refusal):
        return asker
    match find(state, decision_id):
        case Refusal() as refusal:
            return refusal
        case PreparedDecision(id=prepared_id):
            return not_open(prepared_id)
        case Decision() as decision if decision.closed is not None:
            return closed(decision.opened.decision_id)
        case Decision() as decision if decision.opened.method is Method.CONSENT:
            return _NO_NEED
        case Decision() as decision:
            present, _ = not_voted(state, decision)
            return decision, tuple(present)
