"""Decisions: opened, counted, ended; one's own vote."""

from collections.abc import Mapping
from dataclasses import replace

from boardroom_tui.protocol.fields import DecisionStatus, Vote
from boardroom_tui.protocol.identifiers import Kind, key_in, same
from boardroom_tui.protocol.messages import decision as wire
from boardroom_tui.protocol.messages.decision import (
    DecisionResult,
    OwnVoteUpdate,
    Question,
    VoteNamed,
    VoteReceived,
    VoteUpdate,
)
from boardroom_tui.protocol.messages.electorate import DecisionRecused
from boardroom_tui.protocol.messages.meeting import DecisionState
from boardroom_tui.state.lookup import with_entry
from boardroom_tui.state.model import DecisionView, Meeting, OwnVote


def view_of(state: DecisionState, before: DecisionView | None = None) -> DecisionView:
    """A decision as the whole state tells of it; `before` is how it was known until then."""
    own = state.own_vote
    kept = None if before is None else _same_vote(before, own)
    return DecisionView(
        decision_id=state.decision_id,
        question=state,
        tally=state.vote_summary,
        deadline=state.deadline,
        own_vote=None if own is None else _own(own),
        earlier_vote=None if kept is None else kept.earlier_vote,
        vote_refused=None if kept is None else kept.vote_refused,
        proxy_votes={one.on_behalf_of: _own(one) for one in state.proxy_votes},
        voters=state.voters,
        not_voted=state.not_voted,
        named_votes={one.user_id: one for one in state.named_votes},
        outcome=state.outcome,
    )


def _own(told: wire.OwnVote) -> OwnVote:
    return OwnVote(told.vote_id, told.vote, told.timestamp, told.cast_by)


def _same_vote(before: DecisionView, own: wire.OwnVote | None) -> DecisionView | None:
    """What was known of a decision, if one's vote on it is still the same."""
    known_id = None if before.own_vote is None else before.own_vote.vote_id
    told_id = None if own is None else own.vote_id
    return before if known_id == told_id else None


def opened(meeting: Meeting, question: Question) -> Meeting:
    """A decision is open, with this wording and this rule; one that has ended stays ended."""
    before = known(meeting, question.decision_id)
    deadline = question.deadline or before.deadline
    after = replace(before, question=question, deadline=deadline, tally_status=question.status)
    return _with(meeting, after)


def counted(meeting: Meeting, data: VoteUpdate.Data) -> Meeting:
    """The tally moved; a late one says nothing new of a decision that has ended."""
    before = known(meeting, data.decision_id)
    if before.outcome is not None:
        return meeting
    deadline = data.deadline or before.deadline
    after = replace(
        before,
        tally=data.vote_summary,
        deadline=deadline,
        tally_status=data.status,
        voters=data.voters,
        not_voted=data.not_voted,
    )
    return _with(meeting, after)


def named(meeting: Meeting, data: VoteNamed.Data) -> Meeting:
    """Somebody voted in a roll call; by proxy it may be one's own vote."""
    before = known(meeting, data.decision_id)
    votes = with_entry(before.named_votes, data.user_id, data)
    return _with(meeting, replace(before, named_votes=votes))


def recused(meeting: Meeting, data: DecisionRecused.Data) -> Meeting:
    """A member takes no part in a decision, or in none under an item that has not ended."""
    decisions = {
        decision_id: _without_elector(view, data.user_id) if _concerns(data, view) else view
        for decision_id, view in meeting.decisions.items()
    }
    return replace(meeting, decisions=decisions)


def _concerns(data: DecisionRecused.Data, view: DecisionView) -> bool:
    if view.question is None or view.outcome is not None:
        return False
    if data.decision_id is not None:
        return same(Kind.DECISION, data.decision_id, view.decision_id)
    return view.question.item_id == data.item_id


def _without_elector(view: DecisionView, user_id: str) -> DecisionView:
    question = view.question
    if question is None or user_id in question.recused:
        return view
    told = question.model_copy(update={"recused": (*question.recused, user_id)})
    return replace(view, question=told)


def ended(meeting: Meeting, outcome: DecisionResult.Data) -> Meeting:
    """A decision has its result."""
    before = known(meeting, outcome.decision_id)
    question = before.question
    if question is not None:
        question = question.model_copy(update={"status": DecisionStatus(outcome.result)})
    tally = before.tally
    if tally is not None:
        # Of a secret ballot nobody was told until now.
        tally = tally.model_copy(update=outcome.final_votes.model_dump())
    after = replace(before, question=question, outcome=outcome, tally=tally, not_voted=None)
    return _with(meeting, after)


def voted(meeting: Meeting, received: VoteReceived.Data, vote: Vote | None) -> Meeting:
    """One's vote is on disk; in a secret ballot not even the voter's screen shows it."""
    before = known(meeting, received.decision_id)
    if before.question is not None and before.question.secret:
        vote = None
    return _recorded(
        meeting,
        before,
        OwnVote(received.vote_id, vote, received.timestamp),
        received.on_behalf_of,
    )


def own_vote_told(meeting: Meeting, data: OwnVoteUpdate.Data) -> Meeting:
    """One voted on some device, or somebody did by proxy."""
    return _recorded(meeting, known(meeting, data.decision_id), _own(data), data.on_behalf_of)


def _recorded(
    meeting: Meeting, before: DecisionView, own: OwnVote, on_behalf_of: str | None
) -> Meeting:
    """The vote stands, one's own or the one cast for another; the same again changes nothing."""
    if on_behalf_of is not None:
        votes = with_entry(before.proxy_votes, on_behalf_of, own)
        return _with(meeting, replace(before, proxy_votes=votes, vote_refused=None))
    if before.own_vote is not None and before.own_vote.vote_id == own.vote_id:
        return meeting
    after = replace(before, own_vote=own, earlier_vote=before.own_vote, vote_refused=None)
    return _with(meeting, after)


def vote_refused(meeting: Meeting, decision_id: str, reason: str | None) -> Meeting:
    """The vote that one sent last was not recorded, for this reason; None: one tries again."""
    before = known(meeting, decision_id)
    if before.vote_refused == reason:
        return meeting
    return _with(meeting, replace(before, vote_refused=reason))


def known(meeting: Meeting, decision_id: str) -> DecisionView:
    """What is known of a decision; an empty view where nothing is."""
    key = key_in(meeting.decisions, Kind.DECISION, decision_id)
    return meeting.decisions.get(key) or DecisionView(decision_id)


def _with(meeting: Meeting, view: DecisionView) -> Meeting:
    decisions: Mapping[str, DecisionView] = with_entry(meeting.decisions, view.decision_id, view)
    return replace(meeting, decisions=decisions)
