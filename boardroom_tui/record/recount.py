"""A decision counted anew: from the votes in the record, whatever its closing says."""

from collections.abc import Iterator
from dataclasses import replace

from boardroom_tui.meeting.closing import counted
from boardroom_tui.meeting.events import DecisionClosed
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.messages.decision import Arithmetic, FinalVotes
from boardroom_tui.protocol.words import result_in_words, votes_in_words

_NUMBERS = {
    "whole": "the votes that the majority is taken of",
    "needed": "the votes needed",
    "voters": "the members who voted",
    "voters_needed": "the members who must vote",
    "present": "the members present",
    "present_needed": "the members who must be present",
}

_NONE = FinalVotes(approve=0, reject=0, abstain=0)


def recount(state: MeetingState, decision: Decision, closed: DecisionClosed) -> Iterator[str]:
    """What a closing says that the votes before it do not give.

    `state` is the meeting just before the closing, with `decision` still open in it.
    """
    opened = decision.opened
    if closed.cause == "withdrawn":
        if closed.ballots is not None or (opened.secret and closed.final_votes != _NONE):
            yield "it was withdrawn, and votes of a secret ballot are told"
        return
    if opened.secret != (closed.ballots is not None):
        yield "only a secret ballot has ballots apart, and it has them"
    if opened.secret:
        ballots, voters = closed.ballots or (), len(decision.ballots)
        if len(ballots) != voters:
            yield f"it has {len(ballots)} ballots, and {voters} members voted"
        if closed.printed and sorted(one.vote for one in closed.printed) != sorted(ballots):
            yield "the ballots that are printed are not those that were counted"
        decision = _with_votes(decision, closed)
    true = counted(state, decision, closed.cause, closed.casting_vote)
    if true.final_votes != closed.final_votes:
        yield _differs(
            "the votes", votes_in_words(closed.final_votes), votes_in_words(true.final_votes)
        )
    yield from _arithmetic(closed.arithmetic, true.arithmetic)
    if true.total_weight != closed.total_weight:
        yield _differs("the weight of all votes", closed.total_weight, true.total_weight)
    if true.result is not closed.result:
        yield _differs("the result", result_in_words(closed.result), result_in_words(true.result))


def _with_votes(decision: Decision, closed: DecisionClosed) -> Decision:
    """A secret ballot with its votes: all weigh the same, so whose each is makes no difference."""
    votes = iter(closed.ballots or ())
    ballots = {
        voter: replace(ballot, vote=next(votes, None)) for voter, ballot in decision.ballots.items()
    }
    return replace(decision, ballots=ballots)


def _arithmetic(told: Arithmetic, true: Arithmetic) -> Iterator[str]:
    for name, words in _NUMBERS.items():
        if getattr(told, name) != getattr(true, name):
            yield _differs(words, getattr(told, name), getattr(true, name))


def _differs(what: str, told: object, true: object) -> str:
    return f"{what}: it says {told}, and counted anew it is {true}"
