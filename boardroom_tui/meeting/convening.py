"""Taking the meeting's file, at the first start and whenever it changed."""

from datetime import datetime

from boardroom_tui.meeting.commands import Convene, Refusal
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import SERVER, Convened
from boardroom_tui.meeting.opening import put
from boardroom_tui.meeting.state import MeetingState


def convene(state: MeetingState, command: Convene, now: datetime) -> Deeds | Refusal:
    """Take the file if it differs from the last one, and open what it says is open from the start.

    Refused whole if one of those decisions cannot open.
    """
    charter = command.charter
    if charter == state.charter:
        return ()
    deeds = [Deed(SERVER, Convened(charter=charter))]
    for question in charter.decisions:
        known = state.decision(question.id) is not None or question.id in state.withdrawn
        if question.status != "voting" or known:
            continue
        opened = put(state, charter, question, now)
        if isinstance(opened, Refusal):
            return opened
        deeds.append(Deed(SERVER, opened))
    return tuple(deeds)
