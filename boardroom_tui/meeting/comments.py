"""The sealed comments of a secret ballot: for facilitators, once it is over."""

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened
from boardroom_tui.meeting.finding import find
from boardroom_tui.meeting.standing import facilitator
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.authorisation import may
from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.messages.decision import SealedComment, SealedCopy

_NOT_SECRET = Refusal(
    ErrorCode.INVALID_MESSAGE,
    "Only a secret ballot takes a sealedComment: in an open one, write a comment.",
    "not_secret",
)
_READERS = Refusal(
    ErrorCode.INVALID_MESSAGE,
    "A sealedComment holds one copy for each device, and only for facilitators' devices.",
    "readers",
)


def as_kept(
    state: MeetingState, opened: DecisionOpened, comment: SealedComment | None
) -> SealedComment | Refusal | None:
    """A voter's sealed comment with its readers as the meeting's file writes them.

    However its author's client wrote them must not tell one comment from another.
    """
    if not comment:
        return None
    if not opened.secret:
        return _NOT_SECRET
    copies: dict[tuple[str, str], SealedCopy] = {}
    for copy in comment:
        reader = state.member(copy.user_id)
        if reader is None or not may(reader.role, Permission.FACILITATE):
            return _READERS
        copies[reader.id, copy.device_id] = copy.model_copy(update={"user_id": reader.id})
    return tuple(copies.values()) if len(copies) == len(comment) else _READERS


def sorted_comments(decision: Decision) -> tuple[SealedCopy, ...]:
    """All copies by their reader and by what is random in them: nothing tells whose they were."""
    copies = (copy for ballot in decision.ballots.values() for copy in ballot.sealed_comment or ())
    return tuple(sorted(copies, key=lambda copy: (copy.user_id, copy.device_id, copy.sealed)))


def sealed_comments(
    state: MeetingState, user_id: str, role: Role, decision_id: str
) -> tuple[SealedCopy, ...] | Refusal:
    """The copies for the devices of a facilitator who asks, of a decision that is over."""
    reader = facilitator(state, user_id, role)
    if isinstance(reader, Refusal):
        return reader
    match find(state, decision_id):
        case Refusal(code=ErrorCode.RESOURCE_NOT_FOUND) as unknown:
            return unknown
        case Decision(closed=DecisionClosed(comments=copies)):
            return tuple(copy for copy in copies if same(Kind.USER, copy.user_id, reader.id))
        case Decision() | PreparedDecision():
            reason = f"{decision_id} is not closed yet."
            return Refusal(ErrorCode.RESOURCE_NOT_FOUND, reason, "not_closed")
        case Refusal():
            return ()  # withdrawn before it opened
