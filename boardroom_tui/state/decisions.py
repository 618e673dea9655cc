"""Decisions: opened, counted, ended; one's own vote."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from boardroom_tui.protocol.fields import DecisionStatus, Vote
from boardroom_tui.protocol.identifiers import Kind
from boardroom_tui.protocol.messages.decision import DecisionResult, Question, VoteUpdate
from boardroom_tui.protocol.messages.meeting import DecisionState
from boardroom_tui.state.lookup import key_in, with_entry
from boardroom_tui.state.model import DecisionView, Meeting, OwnVote


def view_of(state: DecisionState) -> DecisionView:
    """A decision as the whole state tells of it."""
    own = state.own_vote
    return DecisionView(
        decision_id=state.decision_id,
        question=state,
        tally=state.vote_summary,
        deadline=state.deadline,
        own_vote=None if own is None else OwnVote(own.vote_id, own.vote, own.timestamp),
        outcome=state.outcome,
    )


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
    after = replace(before, tally=data.vote_summary, deadline=deadline, tally_status=data.status)
    return _with(meeting, after)


def ended(meeting: Meeting, outcome: DecisionResult.Data) -> Meeting:
    """A decision has its result."""
    before = known(meeting, outcome.decision_id)
    question = before.question
    if question is not None:
        question = question.model_copy(update={"status": DecisionStatus(outcome.result)})
    return _with(meeting, replace(before, question=question, outcome=outcome))


def voted(
    meeting: Meeting, decision_id: str, vote_id: str, vote: Vote | None, at: datetime
) -> Meeting:
    """One's own vote is on disk; in a secret ballot not even the voter's screen shows it."""
    before = known(meeting, decision_id)
    if before.own_vote is not None and before.own_vote.vote_id == vote_id:
        return meeting
    if before.question is not None and before.question.secret:
        vote = None
    return _with(meeting, replace(before, own_vote=OwnVote(vote_id, vote, at)))


def known(meeting: Meeting, decision_id: str) -> DecisionView:
    """What is known of a decision; an empty view where nothing is."""
    key = key_in(meeting.decisions, Kind.DECISION, decision_id)
    return meeting.decisions.get(key) or DecisionView(decision_id)


def _with(meeting: Meeting, view: DecisionView) -> Meeting:
    decisions: Mapping[str, DecisionView] = with_entry(meeting.decisions, view.decision_id, view)
    return replace(meeting, decisions=decisions)
