"""Finding what a command names, and saying why there is none to act on."""

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.authorisation import Asker, Resource, denial
from boardroom_tui.protocol.errors import ErrorCode


def find(state: MeetingState, decision_id: str) -> Decision | PreparedDecision | Refusal:
    """A decision that was opened, or else one that may still be, or else why there is none."""
    opened = state.decision(decision_id)
    if opened is not None:
        return opened
    prepared = state.prepared(decision_id)
    if prepared is None:
        return missing(Resource.DECISION, decision_id)
    return closed(prepared.id) if prepared.id in state.withdrawn else prepared


def missing(resource: Resource, identifier: str) -> Refusal:
    """Why nothing can be done about what is not in this meeting, be it another's or nobody's."""
    return Refusal(*denial(resource, identifier, Asker.MEMBER, exists=False))


def not_open(decision_id: str) -> Refusal:
    """Why nothing can be done about a decision that is only prepared."""
    return Refusal(ErrorCode.INVALID_MESSAGE, f"{decision_id} is not open yet.", "not_open")


def closed(decision_id: str) -> Refusal:
    """Why nothing can be done about a decision that has ended."""
    return Refusal(ErrorCode.INVALID_MESSAGE, f"{decision_id} is closed.", "closed")
