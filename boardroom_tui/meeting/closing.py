"""Ending a decision: at its deadline, by a facilitator, complete, or withdrawn."""

from datetime import datetime

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.commands import CloseDecision, Refusal, WithdrawDecision
from boardroom_tui.meeting.comments import sorted_comments
from boardroom_tui.meeting.counting import (
    Rule,
    Turnout,
    count,
    is_complete,
    tally,
    turnout,
)
from boardroom_tui.meeting.deadlines import has_passed, is_over
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import SERVER, DecisionClosed
from boardroom_tui.meeting.finding import closed, find, not_open
from boardroom_tui.meeting.guards import against_closing, unconfirmed
from boardroom_tui.meeting.printing import printed
from boardroom_tui.meeting.standing import facilitator
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Base, Cause, Method, Result, Threshold, Vote
from boardroom_tui.protocol.messages.decision import FinalVotes

_NO_VOTES = FinalVotes(approve=0, reject=0, abstain=0)
_NOT_YET = Refusal(
    ErrorCode.INVALID_MESSAGE,
    "It is adopted when its time is over, unless somebody objects; until then, withdraw it.",
    "consent",
)
_NO_CASTING_VOTE = Refusal(
    ErrorCode.INVALID_MESSAGE,
    "There is no tie for the chair to break, or this meeting gives no casting vote.",
    "no_casting_vote",
)
_NO_ELECTORS = Turnout(voters=0, present=0, present_weight=0, total_weight=0)


def close(state: MeetingState, command: CloseDecision, now: datetime) -> Deeds | Refusal:
    """Close a decision that is open and not past its deadline, and count it.

    What is asked by consent ends with its time or an objection, and not before.
    """
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
        case Decision(opened=opened) if opened.method is Method.CONSENT:
            return _NOT_YET
        case Decision() as decision:
            casting = command.casting_vote
            if casting is not None and not _may_break_tie(state, decision, casting):
                return _NO_CASTING_VOTE
            ended = counted(state, decision, Cause.FACILITATOR, casting)
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
    return tuple(
        Deed(SERVER, counted(state, decision, _at_the_deadline(decision))) for _, decision in due
    )


def _at_the_deadline(decision: Decision) -> Cause:
    return Cause.NO_OBJECTION if decision.opened.method is Method.CONSENT else Cause.DEADLINE


def ending(state: MeetingState, decision: Decision) -> DecisionClosed | None:
    """The end that an open decision comes to by itself, as its votes stand; None: it goes on.

    A tie that the chair may break waits for the chair.
    """
    opened = decision.opened
    by_consent = opened.method is Method.CONSENT
    if by_consent and tally(decision).reject:
        return counted(state, decision, Cause.OBJECTION)
    if not opened.auto_close or not is_complete(decision):
        return None
    if by_consent:
        return counted(state, decision, Cause.NO_OBJECTION)
    return None if has_tie_to_break(state, decision) else counted(state, decision, Cause.COMPLETE)


def has_tie_to_break(state: MeetingState, decision: Decision) -> bool:
    """Whether a vote stands at a tie that a casting vote of the chair would break.

    It is for the votes of a majority of those cast, and where the meeting's file grants it.
    """
    opened = decision.opened
    if state.charter is None or not state.charter.casting_vote or opened.secret:
        return False
    if opened.method not in (Method.VOTE, Method.ROLL_CALL):
        return False
    if (opened.threshold, opened.base) != (Threshold.MAJORITY, Base.CAST):
        return False
    votes = tally(decision)
    verdict = count(rule_of(state, decision), votes, turnout(state, decision))
    return votes.approve == votes.reject > 0 and verdict.result is Result.REJECTED


def _may_break_tie(state: MeetingState, decision: Decision, casting: Vote) -> bool:
    return casting is not Vote.ABSTAIN and has_tie_to_break(state, decision)


def counted(
    state: MeetingState,
    decision: Decision,
    cause: Cause,
    casting_vote: Vote | None = None,
) -> DecisionClosed:
    """The end of an open decision, with its verdict; `casting_vote` breaks the tie that it has."""
    votes = tally(decision)
    here = turnout(state, decision)
    verdict = count(rule_of(state, decision), votes, here)
    return DecisionClosed(
        decision_id=decision.opened.decision_id,
        result=Result.APPROVED if casting_vote is Vote.APPROVE else verdict.result,
        casting_vote=casting_vote,
        cause=cause,
        final_votes=votes,
        arithmetic=verdict.arithmetic,
        total_weight=here.total_weight,
        ballots=_sorted_ballots(decision) if decision.opened.secret else None,
        comments=sorted_comments(decision),
        printed=printed(decision),
    )


def rule_of(state: MeetingState, decision: Decision) -> Rule:
    """What a decision has to reach."""
    opened = decision.opened
    return Rule(opened.threshold, opened.base, opened.quorum, _meeting_quorum(state), opened.method)


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
        cause=Cause.WITHDRAWN,
        final_votes=votes,
        arithmetic=count(rule_of(state, decision), votes, here).arithmetic,
        total_weight=here.total_weight,
    )


def _withdrawn_unopened(state: MeetingState, prepared: PreparedDecision) -> DecisionClosed:
    rule = Rule(prepared.threshold, prepared.base, prepared.quorum, _meeting_quorum(state))
    return DecisionClosed(
        decision_id=prepared.id,
        result=Result.WITHDRAWN,
        cause=Cause.WITHDRAWN,
        final_votes=_NO_VOTES,
        arithmetic=count(rule, _NO_VOTES, _NO_ELECTORS).arithmetic,
        total_weight=0,
    )
