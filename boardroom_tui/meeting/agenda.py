"""Moving through the agenda."""

from boardroom_tui.meeting.commands import MoveAgenda, Refusal
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import AgendaMoved
from boardroom_tui.meeting.finding import missing
from boardroom_tui.meeting.guards import against_taking_up, unconfirmed
from boardroom_tui.meeting.standing import facilitator
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.authorisation import Resource
from boardroom_tui.protocol.fields import ItemStatus


def move(state: MeetingState, command: MoveAgenda) -> Deeds | Refusal:
    """Set an item's status; one that is taken up completes the one before, which comes first.

    Also the status that it has is set, and written down: whoever asks again is answered the same.
    """
    mover = facilitator(state, command.user_id, command.role)
    if isinstance(mover, Refusal):
        return mover
    item = state.item(command.item_id)
    if item is None:
        return missing(Resource.ITEM, command.item_id)
    guards = against_taking_up(state) if command.status is ItemStatus.IN_PROGRESS else ()
    question = unconfirmed(guards, command.confirms)
    if question is not None:
        return question
    moves = [AgendaMoved(item_id=item.id, status=command.status, overrides=guards)]
    if command.status is ItemStatus.IN_PROGRESS and state.current_item:
        before = state.agenda[state.current_item - 1]
        if before.id != item.id:
            moves.insert(0, AgendaMoved(item_id=before.id, status=ItemStatus.COMPLETED))
    return tuple(Deed(mover.id, what) for what in moves)
