"""Taking no part in a decision: who recuses themselves is no elector, and the record says so."""

from dataclasses import replace
from datetime import datetime

from boardroom_tui.meeting.charter import Member, PreparedDecision
from boardroom_tui.meeting.closing import ending
from boardroom_tui.meeting.commands import Recuse, Refusal
from boardroom_tui.meeting.deadlines import is_over
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import SERVER, Recused
from boardroom_tui.meeting.finding import closed, find, missing
from boardroom_tui.meeting.standing import taking_part
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.authorisation import Resource
from boardroom_tui.protocol.errors import ErrorCode

_NO_VOTE = Refusal(ErrorCode.PERMISSION_DENIED, "You have no vote to recuse yourself from.")
_ONE = Refusal(ErrorCode.INVALID_MESSAGE, "Name either a decision or an agenda item.")
_TWICE = Refusal(
    ErrorCode.INVALID_MESSAGE, "You have recused yourself from this already.", "recused"
)


def recuse(state: MeetingState, command: Recuse, now: datetime) -> Deeds | Refusal:
    """Leave the electorate of a decision, or of all under an item; it may be the last one missing.

    Not after voting: what was counted on would be gone without a trace of how it was cast.
    """
    recuser = taking_part(state, command.user_id, command.role)
    if isinstance(recuser, Refusal):
        return recuser
    if not recuser.has_vote:
        return _NO_VOTE
    if (command.decision_id is None) == (command.item_id is None):
        return _ONE
    found = _named(state, command, now)
    if isinstance(found, Refusal):
        return found
    recused, decisions = found
    if any(
        (recusal.decision_id, recusal.item_id) == (recused.decision_id, recused.item_id)
        for recusal in state.recusals
        if recusal.user_id == recuser.id
    ):
        return _TWICE
    refusal = next(filter(None, (_already_voted(d, recuser) for d in decisions)), None)
    if refusal is not None:
        return refusal
    left = (replace(d, recused=(*d.recused, recuser.id)) for d in decisions)
    ended = (ending(state, decision) for decision in left)
    return (
        Deed(recuser.id, recused),
        *(Deed(SERVER, closing) for closing in ended if closing is not None),
    )


def _named(
    state: MeetingState, command: Recuse, now: datetime
) -> tuple[Recused, tuple[Decision, ...]] | Refusal:
    """What the recusal says, and the open decisions that it concerns."""
    if command.item_id is not None:
        item = state.item(command.item_id)
        if item is None:
            return missing(Resource.ITEM, command.item_id)
        under_it = (d for d in state.decisions.values() if d.opened.item_id == item.id)
        still_open = tuple(d for d in under_it if not is_over(d, now))
        return Recused(item_id=item.id), still_open
    match find(state, command.decision_id or ""):
        case Refusal() as refusal:
            return refusal
        case PreparedDecision(id=decision_id):
            return Recused(decision_id=decision_id), ()
        case Decision(opened=opened) as decision:
            if is_over(decision, now):
                return closed(opened.decision_id)
            return Recused(decision_id=opened.decision_id), (decision,)


def _already_voted(decision: Decision, recuser: Member) -> Refusal | None:
    if recuser.id not in decision.ballots:
        return None
    words = f"You have voted on {decision.opened.decision_id}, so you cannot recuse yourself."
    return Refusal(ErrorCode.INVALID_MESSAGE, words, "voted")
