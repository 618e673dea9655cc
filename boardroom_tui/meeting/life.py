"""The meeting's life: called to order, recess, executive session, adjournment."""

from boardroom_tui.meeting.commands import Refusal, SetPhase
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import PhaseChanged
from boardroom_tui.meeting.guards import against_phase, unconfirmed
from boardroom_tui.meeting.standing import facilitator
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.words import phase_in_words


def set_phase(state: MeetingState, command: SetPhase) -> Deeds | Refusal:
    """Change the phase: from any to any other, for a slip of the hand must not end a meeting."""
    chair = facilitator(state, command.user_id, command.role)
    if isinstance(chair, Refusal):
        return chair
    if command.phase in (state.phase, MeetingPhase.GATHERING):
        words = f"The meeting is {phase_in_words(state.phase)} already."
        return Refusal(ErrorCode.INVALID_MESSAGE, words, "phase")
    guards = against_phase(state, command.phase)
    question = unconfirmed(guards, command.confirms)
    if question is not None:
        return question
    return (Deed(chair.id, PhaseChanged(phase=command.phase, overrides=guards)),)
