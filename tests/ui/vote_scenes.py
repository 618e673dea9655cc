"""Decisions to show in tests: open, secret, carried, and one of a server of the reference alone."""

from dataclasses import replace
from datetime import timedelta

from boardroom_tui.protocol.fields import Base, DecisionStatus, Result, Role, Threshold, Vote
from boardroom_tui.protocol.messages.decision import (
    Arithmetic,
    DecisionResult,
    FinalVotes,
    Question,
    VoteCast,
    VoteSummary,
)
from boardroom_tui.state.model import DecisionView, Meeting, Outgoing, OwnVote, Person
from tests.ui.chat_scenes import MEETING, OWN, PEOPLE, START

NOW = START + timedelta(minutes=10)

VOTERS: dict[str, Person] = {
    **PEOPLE,
    OWN: replace(PEOPLE[OWN], role=Role.FACILITATOR),
}

QUESTION = Question(
    meeting_id=MEETING,
    decision_id="decision_123",
    item_id="item_3",
    title="Approve the 2027 budget",
    text="That the budget as circulated be approved.",
    threshold=Threshold.TWO_THIRDS,
    base=Base.CAST,
    quorum=3,
    secret=False,
    auto_close=True,
    status=DecisionStatus.VOTING,
    opened_at=START,
)

OPEN = DecisionView(
    QUESTION.decision_id,
    QUESTION,
    VoteSummary(approve=6, reject=3, abstain=1, total=10, required=15),
    START + timedelta(minutes=14, seconds=32),
)

SECRET = replace(
    OPEN,
    question=QUESTION.model_copy(update={"secret": True, "title": "Elect Ana Silva to the chair"}),
    tally=VoteSummary(approve=0, reject=0, abstain=0, total=10, required=15),
)

CARRIED = replace(
    OPEN,
    tally=VoteSummary(approve=7, reject=3, abstain=1, total=11, required=15),
    outcome=DecisionResult.Data(
        decision_id=QUESTION.decision_id,
        result=Result.APPROVED,
        final_votes=FinalVotes(approve=7, reject=3, abstain=1),
        completed_at=START + timedelta(minutes=12),
        arithmetic=Arithmetic(
            whole=10, needed=7, voters=11, voters_needed=3, present=12, present_needed=3
        ),
    ),
)

REFERENCE_ONLY = DecisionView(
    "decision_123", None, OPEN.tally, OPEN.deadline, tally_status="voting"
)

VOTED = OwnVote("vote_1", Vote.APPROVE, START + timedelta(minutes=8))


def voting(*views: DecisionView, **rest: object) -> Meeting:
    """A meeting with these decisions, seen by John Doe, who leads it and has a vote."""
    known: dict[str, object] = {
        "own_id": OWN,
        "people": VOTERS,
        "permissions": frozenset({"read", "write", "vote", "facilitate"}),
        "extensions": frozenset({"decision.open"}),
        "decisions": {view.decision_id: view for view in views},
        **rest,
    }
    return Meeting(MEETING, **known)  # pyright: ignore[reportArgumentType]


def cast(vote: Vote) -> Outgoing:
    """One's own vote on its way."""
    data = VoteCast.Data(decision_id=QUESTION.decision_id, vote=vote)
    return Outgoing(VoteCast(data=data), NOW)
