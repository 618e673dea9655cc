"""Counting a vote: exact integer arithmetic (CONTRACT.md, Counting).

Two kinds of number meet here. A weight is what votes add up to; a head count is what a quorum
asks for. No fraction is ever formed, so no result depends on rounding.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from boardroom_tui.meeting.events import Elector
from boardroom_tui.meeting.state import Attendance, Ballot, Decision, MeetingState
from boardroom_tui.protocol.authorisation import may
from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.fields import Base, Method, Result, Role, Threshold, Vote
from boardroom_tui.protocol.identifiers import Kind, bare, key_in
from boardroom_tui.protocol.messages.decision import Arithmetic, FinalVotes, VoteSummary
from boardroom_tui.protocol.words import needed

_VOTING = frozenset(role for role in Role if may(role, Permission.VOTE))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a motion has to reach; both quorums are head counts of at least 1."""

    threshold: Threshold = Threshold.MAJORITY
    base: Base = Base.CAST
    voters_needed: int = 1
    """The decision's quorum: members who must vote, abstentions included."""
    present_needed: int = 1
    """The meeting's quorum: members with a vote who must be present or have voted."""
    method: Method = Method.VOTE


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who took part, of those who may vote."""

    voters: int
    """Members who voted, abstentions included."""
    present: int
    """Members who are present in a role with a vote, or have voted."""
    present_weight: int
    """What those who are present weigh: P."""
    total_weight: int
    """What all who may vote weigh: E."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a vote ends, and the numbers it rests on."""

    result: Result
    arithmetic: Arithmetic


def _whole(base: Base, votes: FinalVotes, turnout: Turnout) -> int:
    match base:
        case Base.CAST:
            return votes.approve + votes.reject
        case Base.PRESENT:
            return turnout.present_weight
        case Base.MEMBERSHIP:
            return turnout.total_weight
        case _:
            assert_never(base)


def count(rule: Rule, votes: FinalVotes, turnout: Turnout) -> Verdict:
    """The verdict on `votes`: a missed quorum comes before any majority, and a tie is lost.

    Where consent is asked for nobody needs to vote: one objection is enough, and silence is not.
    """
    by_consent = rule.method is Method.CONSENT
    whole = _whole(rule.base, votes, turnout)
    arithmetic = Arithmetic(
        whole=whole,
        needed=needed(rule.threshold, whole),
        voters=turnout.voters,
        voters_needed=0 if by_consent else rule.voters_needed,
        present=turnout.present,
        present_needed=rule.present_needed,
    )
    if by_consent and votes.reject:
        result = Result.REJECTED
    elif turnout.voters < arithmetic.voters_needed or turnout.present < rule.present_needed:
        result = Result.NO_QUORUM
    elif by_consent or votes.approve >= arithmetic.needed:
        result = Result.APPROVED
    else:
        result = Result.REJECTED
    return Verdict(result, arithmetic)


def weight(electors: Iterable[Elector]) -> int:
    """What these electors weigh together."""
    return sum(elector.weight for elector in electors)


def _voters(decision: Decision) -> Iterable[tuple[Elector, Ballot]]:
    for elector in decision.electors:
        ballot = decision.ballots.get(elector.user_id)
        if ballot is not None:
            yield elector, ballot


def tally(decision: Decision) -> FinalVotes:
    """The votes cast so far, weighted: one a member, the latest."""
    sums = dict.fromkeys(Vote, 0)
    for elector, ballot in _voters(decision):
        if ballot.vote is not None:
            sums[ballot.vote] += elector.weight
    return FinalVotes(
        approve=sums[Vote.APPROVE], reject=sums[Vote.REJECT], abstain=sums[Vote.ABSTAIN]
    )


def weight_cast(decision: Decision) -> int:
    """What the votes cast so far weigh, abstentions included."""
    return weight(elector for elector, _ in _voters(decision))


def is_complete(decision: Decision) -> bool:
    """Whether everybody who may vote on it has voted."""
    return all(elector.user_id in decision.ballots for elector in decision.electors)


def present_to_vote(state: MeetingState) -> frozenset[str]:
    """Who is present in a role with a vote, by the form in which users are compared."""
    return frozenset(
        bare(Kind.USER, user_id)
        for user_id, attendance in state.present.items()
        if votes(attendance)
    )


def votes(attendance: Attendance) -> bool:
    """Whether somebody is present in a role with a vote."""
    return attendance.role in _VOTING


def not_voted(
    state: MeetingState, decision: Decision, at_most: int | None = None
) -> tuple[list[str], list[str]]:
    """Who may vote on a decision and has not: those who are present, and the others.

    With `at_most` so many of those who are present are enough, and then of the others.
    """
    present: list[str] = []
    absent: list[str] = []
    for elector in decision.electors:
        if elector.user_id in decision.ballots:
            continue
        attendance = state.present.get(key_in(state.present, Kind.USER, elector.user_id))
        is_here = attendance is not None and votes(attendance)
        (present if is_here else absent).append(elector.user_id)
        if len(present) == at_most:
            break
    return present, absent


def turnout(state: MeetingState, decision: Decision) -> Turnout:
    """Who took part in a decision, as things stand now."""
    here = present_to_vote(state)
    electors = decision.electors
    present = [
        elector
        for elector in electors
        if elector.user_id in decision.ballots or bare(Kind.USER, elector.user_id) in here
    ]
    return Turnout(
        voters=sum(1 for _ in _voters(decision)),
        present=len(present),
        present_weight=weight(present),
        total_weight=weight(electors),
    )


def summary(decision: Decision) -> VoteSummary:
    """The tally as it may be shown now: of an open secret ballot, only how much was cast."""
    if decision.closed is not None:
        votes = decision.closed.final_votes
    elif decision.opened.secret:
        votes = FinalVotes(approve=0, reject=0, abstain=0)
    else:
        votes = tally(decision)
    return VoteSummary(
        approve=votes.approve,
        reject=votes.reject,
        abstain=votes.abstain,
        total=weight_cast(decision),
        required=weight(decision.electors),
    )
