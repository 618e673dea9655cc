"""Guards, not walls: what is asked about once, and done all the same if it is confirmed.

Whoever asks without knowing of guards is asked nothing; what applied is on record either way.
"""

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.counting import not_voted
from boardroom_tui.meeting.events import DecisionOpened
from boardroom_tui.meeting.quorum import quorum
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Guard, MeetingPhase, Result
from boardroom_tui.protocol.words import guards_in_words

FEWEST_SECRET_VOTERS = 4
"""Among three, two who talk to each other know how the third voted."""


def against_opening(state: MeetingState, opened: DecisionOpened) -> tuple[Guard, ...]:
    """What stands against opening a decision now."""
    guards: list[Guard] = []
    if not quorum(state).met:
        guards.append(Guard.NO_QUORUM)
    if opened.secret and len(opened.electors) < FEWEST_SECRET_VOTERS:
        guards.append(Guard.NOT_SECRET)
    return tuple(guards)


def against_closing(state: MeetingState, decision: Decision, result: Result) -> tuple[Guard, ...]:
    """What stands against closing a decision now, which would end in `result`."""
    guards: list[Guard] = []
    if result is Result.NO_QUORUM:
        guards.append(Guard.NO_QUORUM)
    here, _ = not_voted(state, decision)
    if here:
        guards.append(Guard.NOT_VOTED)
    return tuple(guards)


def against_phase(state: MeetingState, phase: MeetingPhase) -> tuple[Guard, ...]:
    """What stands against calling the meeting to a phase now."""
    in_session = (MeetingPhase.IN_SESSION, MeetingPhase.EXECUTIVE)
    begins = phase in in_session and state.phase not in in_session
    if begins and not quorum(state).met:
        return (Guard.NO_QUORUM,)
    votes = any(decision.closed is None for decision in state.decisions.values())
    pauses = phase in (MeetingPhase.RECESS, MeetingPhase.ADJOURNED)
    return (Guard.VOTE_OPEN,) if pauses and votes else ()


def against_taking_up(state: MeetingState) -> tuple[Guard, ...]:
    """What stands against taking up an agenda item now."""
    return () if quorum(state).met else (Guard.NO_QUORUM,)


def unconfirmed(guards: tuple[Guard, ...], confirms: tuple[Guard, ...] | None) -> Refusal | None:
    """The question to ask first; None where all is confirmed, or nothing is to be asked."""
    missing = () if confirms is None else tuple(g for g in guards if g not in confirms)
    if not missing:
        return None
    words = f"To be confirmed first: {guards_in_words(missing)}."
    return Refusal(ErrorCode.INVALID_MESSAGE, words, "confirm", missing)
