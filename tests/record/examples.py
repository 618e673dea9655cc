"""Events to record: a small meeting with a public and a secret decision."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from boardroom_tui.meeting.charter import AgendaEntry, Charter, Member
from boardroom_tui.meeting.events import (
    SERVER,
    BallotSealed,
    Convened,
    DecisionClosed,
    DecisionOpened,
    Elector,
    Event,
    Happening,
    Said,
    VoteRecorded,
)
from boardroom_tui.protocol.fields import Base, Cause, Result, Role, Threshold, Vote
from boardroom_tui.protocol.messages.decision import Arithmetic, FinalVotes, SealedComment
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.journal import Journal

MEETING = "meeting_123"
START = datetime(2027, 1, 15, 12, 0, 0, tzinfo=UTC)

CHARTER = Charter(
    id=MEETING,
    title="Q3 board meeting",
    quorum=2,
    members=(
        Member(id="user_1", name="Ada Lovelace", role=Role.FACILITATOR, has_vote=True),
        Member(id="user_2", name="Grace Hopper", role=Role.PARTICIPANT, has_vote=True),
        Member(id="user_3", name="Kurt Gödel", role=Role.PARTICIPANT, has_vote=True, weight=2),
        Member(id="user_4", name="Emmy Noether", role=Role.OBSERVER, has_vote=False),
    ),
    agenda=(
        AgendaEntry(id="item_1", title="Opening", minutes=5),
        AgendaEntry(id="item_2", title="Budget review"),
    ),
)


def numbered(
    happenings: Sequence[tuple[str, Happening]], *, after: int = 0, minutes_apart: int = 1
) -> tuple[Event, ...]:
    """What these actors did, one minute after the other, numbered after `after`."""
    events: list[Event] = []
    sequence = after
    for actor, what in happenings:
        if not isinstance(what, BallotSealed):
            sequence += 1
        at = START + timedelta(minutes=minutes_apart * (sequence - 1))
        events.append(Event(sequence, at, actor, what))
    return tuple(events)


def said(sequence: int, text: str = "hello", actor: str = "user_1") -> Entry:
    """An entry of one thing said."""
    what = Said(message_id=f"message_{sequence}", text=text)
    return Entry(numbered([(actor, what)], after=sequence - 1))


def convened() -> tuple[str, Happening]:
    return (SERVER, Convened(charter=CHARTER))


def opened(decision_id: str = "decision_1", *, secret: bool = False) -> tuple[str, Happening]:
    return (
        "user_1",
        DecisionOpened(
            decision_id=decision_id,
            title="Approve the budget",
            text="That the budget as circulated be approved.",
            threshold=Threshold.MAJORITY,
            base=Base.CAST,
            quorum=1,
            secret=secret,
            auto_close=False,
            electors=tuple(
                Elector(user_id=member.id, weight=1)
                for member in CHARTER.members
                if member.has_vote
            ),
        ),
    )


def secret_vote(
    user_id: str,
    vote: Vote,
    decision_id: str = "decision_1",
    comment: SealedComment | None = None,
) -> tuple[tuple[str, Happening], tuple[str, Happening]]:
    """A vote in a secret ballot: that it was cast, and what it says."""
    return (
        (user_id, VoteRecorded(decision_id=decision_id, vote_id=f"vote_{user_id}")),
        (user_id, BallotSealed(decision_id=decision_id, vote=vote, comment=comment)),
    )


def closed(decision_id: str = "decision_1", comments: SealedComment = ()) -> tuple[str, Happening]:
    return (
        "user_1",
        DecisionClosed(
            decision_id=decision_id,
            result=Result.APPROVED,
            cause=Cause.FACILITATOR,
            final_votes=FinalVotes(approve=2, reject=1, abstain=0),
            arithmetic=Arithmetic(
                whole=3, needed=2, voters=3, voters_needed=1, present=3, present_needed=2
            ),
            total_weight=3,
            ballots=(Vote.APPROVE, Vote.APPROVE, Vote.REJECT),
            comments=comments,
        ),
    )


@asynccontextmanager
async def open_journal(folder: Path) -> AsyncGenerator[Journal]:
    """A journal that is closed in the end."""
    journal = await Journal.open(folder)
    try:
        yield journal
    finally:
        await journal.close()
