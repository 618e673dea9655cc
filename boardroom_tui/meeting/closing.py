"""Ending a decision: at its deadline, by a facilitator, complete, or withdrawn."""

from datetime import datetime
from typing import Literal

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.commands import CloseDecision, Refusal, WithdrawDecision
from boardroom_tui.meeting.comments import sorted_comments
from boardroom_tui.meeting.counting import (
    Rule,
    Turnout,
    count,
    tally,
    turnout,
)
from boardroom_tui.meeting.deadlines import has_passed, is_over
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import SERVER, DecisionClosed
from boardroom_tui.meeting.finding import closed, find, not_open
from boardroom_tui.meeting.guards import against_closing, unconfirmed
from boardroom_tui.meeting.standing import facilitator
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.fields import Result, Vote
from boardroom_tui.protocol.messages.decision import FinalVotes

_NO_VOTES = FinalVotes(approve=0, reject=0, abstain=0)
_NO_ELECTORS = Turnout(voters=0, present=0, present_weight=0, total_weight=0)


def close(state: MeetingState, command: CloseDecision, now: datetime) -> Deeds | Refusal:
    """Close a decision that is open and not past its deadline, and count it."""
    closer = facilitator(state, command.user_id, command.role)
    if isinstance(closer, Refusal):
        return closer
    match find(state, command.decision_id):
        case Refusal() as refusal:
            return refusal
        case PreparedDecision(id=decision_id):
            return not_open(decision_id)
        case Decision() as decision if is_over(decision, now):
            return closed(decision.opened.decision_id)
        case Decision() as decision:
            ended = counted(state, decision, "facilitator")
            guards = against_closing(state, decision, ended.result)
            unmet = unconfirmed(guards, command.confirms)
            if unmet is not None:
                return unmet
            return (Deed(closer.id, ended.model_copy(update={"overrides": guards})),)


def withdraw(state: MeetingState, command: WithdrawDecision, now: datetime) -> Deeds | Refusal:
    """Withdraw a decision that is prepared, or open and not past its deadline."""
    mover = facilitator(state, command.user_id, command.role)
    if isinstance(mover, Refusal):
        return mover
    match find(state, command.decision_id):
        case Refusal() as refusal:
            return refusal
        case PreparedDecision() as prepared:
            return (Deed(mover.id, _withdrawn_unopened(state, prepared)),)
        case Decision() as decision if is_over(decision, now):
            return closed(decision.opened.decision_id)
        case Decision() as decision:
            return (Deed(mover.id, _withdrawn(state, decision)),)


def pass_deadlines(state: MeetingState, now: datetime) -> Deeds:
    """Close every open decision whose deadline has passed, the earliest deadline first."""
    due = [
        (decision.opened.deadline, decision)
        for decision in state.decisions.values()
        if decision.closed is None
        and decision.opened.deadline is not None
        and has_passed(decision, now)
    ]
    due.sort(key=lambda pair: pair[0])
    return tuple(Deed(SERVER, counted(state, decision, "deadline")) for _, decision in due)


def counted(
    state: MeetingState,
    decision: Decision,
    cause: Literal["complete", "deadline", "facilitator"],
) -> DecisionClosed:
    """The end of an open decision, with its verdict."""
    votes = tally(decision)
    here = turnout(state, decision)
    verdict = count(_rule(state, decision), votes, here)
    return DecisionClosed(
        decision_id=decision.opened.decision_id,
        result=verdict.result,
        cause=cause,
        final_votes=votes,
        arithmetic=verdict.arithmetic,
        total_weight=here.total_weight,
        ballots=_sorted_ballots(decision) if decision.opened.secret else None,
        comments=sorted_comments(decision),
    )


def _rule(state: MeetingState, decision: Decision) -> Rule:
    opened = decision.opened
    return Rule(opened.threshold, opened.base, opened.quorum, _meeting_quorum(state))


def _meeting_quorum(state: MeetingState) -> int:
    return 1 if state.charter is None else state.charter.quorum


def _sorted_ballots(decision: Decision) -> tuple[Vote, ...]:
    """The votes of a secret ballot, by kind: nothing tells in which order they came."""
    votes = [ballot.vote for ballot in decision.ballots.values() if ballot.vote is not None]
    return tuple(sorted(votes, key=tuple(Vote).index))


def _withdrawn(state: MeetingState, decision: Decision) -> DecisionClosed:
    """Withdrawn while open: the votes so far are told, but of a secret ballot none ever is.

    Nobody asked for its result, and with few votes cast it would betray them.
    """
    votes = _NO_VOTES if decision.opened.secret else tally(decision)
    here = turnout(state, decision)
    return DecisionClosed(
        decision_id=decision.opened.decision_id,
        result=Result.WITHDRAWN,
        cause="withdrawn",
        final_votes=votes,
        arithmetic=count(_rule(state, decision), votes, here).arithmetic,
        total_weight=here.total_weight,
    )


def _withdrawn_unopened(state: MeetingState, prepared: PreparedDecision) -> DecisionClosed:
    rule = Rule(prepared.threshold, prepared.base, prepared.quorum, _meeting_quorum(state))
    return DecisionClosed(
        decision_id=prepared.id,
        result=Result.WITHDRAWN,
        cause="withdrawn",
        final_votes=_NO_VOTES,
        arithmetic=count(rule, _NO_VOTES, _NO_ELECTORS).arithmetic,
        total_weight=0,
    )
