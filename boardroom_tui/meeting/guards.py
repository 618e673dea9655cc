"""Guards, not walls: what is asked about once, and done all the same if it is confirmed.

Whoever asks without knowing of guards is asked nothing; what applied is on record either way.
"""

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.counting import present_to_vote
from boardroom_tui.meeting.events import DecisionOpened
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Guard, Result
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.words import guards_in_words

FEWEST_SECRET_VOTERS = 4
"""Among three, two who talk to each other know how the third voted."""


def against_opening(state: MeetingState, opened: DecisionOpened) -> tuple[Guard, ...]:
    """What stands against opening a decision now."""
    guards: list[Guard] = []
    if not has_quorum(state):
        guards.append(Guard.NO_QUORUM)
    if opened.secret and len(opened.electors) < FEWEST_SECRET_VOTERS:
        guards.append(Guard.NOT_SECRET)
    return tuple(guards)


def against_closing(state: MeetingState, decision: Decision, result: Result) -> tuple[Guard, ...]:
    """What stands against closing a decision now, which would end in `result`."""
    guards: list[Guard] = []
    if result is Result.NO_QUORUM:
        guards.append(Guard.NO_QUORUM)
    here = present_to_vote(state)
    if any(
        bare(Kind.USER, elector.user_id) in here and elector.user_id not in decision.ballots
        for elector in decision.opened.electors
    ):
        guards.append(Guard.NOT_VOTED)
    return tuple(guards)


def has_quorum(state: MeetingState) -> bool:
    """Whether enough members with a vote are present to decide."""
    if state.charter is None:
        return True
    here = present_to_vote(state)
    voters = (member for member in state.charter.members if member.has_vote)
    return sum(bare(Kind.USER, voter.id) in here for voter in voters) >= state.charter.quorum


def unconfirmed(guards: tuple[Guard, ...], confirms: tuple[Guard, ...] | None) -> Refusal | None:
    """The question to ask first; None where all is confirmed, or nothing is to be asked."""
    missing = () if confirms is None else tuple(g for g in guards if g not in confirms)
    if not missing:
        return None
    words = f"To be confirmed first: {guards_in_words(missing)}."
    return Refusal(ErrorCode.INVALID_MESSAGE, words, "confirm", missing)
