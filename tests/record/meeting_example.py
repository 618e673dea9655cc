"""A whole meeting, for its minutes: late arrivals, a deferred item, votes of every outcome."""

from datetime import timedelta

from boardroom_tui.meeting.charter import AgendaEntry, Charter, Member, PreparedDecision
from boardroom_tui.meeting.events import (
    SERVER,
    AgendaMoved,
    BallotSealed,
    Convened,
    DecisionClosed,
    DecisionOpened,
    Elector,
    Event,
    Happening,
    Joined,
    Left,
    Said,
    VoteRecorded,
)
from boardroom_tui.protocol.fields import Base, Cause, ItemStatus, Result, Role, Threshold, Vote
from boardroom_tui.protocol.messages.decision import Arithmetic, FinalVotes
from tests.record.examples import START

ADA, GRACE, KURT, EMMY, SAM = "user_1", "user_2", "user_3", "user_4", "user_5"

CHARTER = Charter(
    id="meeting_123",
    title="Q3 *board* meeting",
    quorum=2,
    members=(
        Member(id=ADA, name="Ada Lovelace", role=Role.FACILITATOR, has_vote=True),
        Member(id=GRACE, name="Grace Hopper", role=Role.PARTICIPANT, has_vote=True),
        Member(id=KURT, name="Kurt Gödel", role=Role.PARTICIPANT, has_vote=True, weight=2),
        Member(id=EMMY, name="Emmy | Noether", role=Role.OBSERVER, has_vote=False),
        Member(id=SAM, name="Kurt Gödel", role=Role.PARTICIPANT, has_vote=True),
    ),
    agenda=(
        AgendaEntry(id="item_1", title="Opening", minutes=5),
        AgendaEntry(id="item_2", title="Budget review", minutes=1),
        AgendaEntry(id="item_3", title="1. Any other business"),
    ),
    decisions=(
        PreparedDecision(
            id="d_late", title="A sign", text="For the door.", item_id="item_3", auto_close=True
        ),
        PreparedDecision(id="d_gone", title="A flag", text="For the roof.", auto_close=True),
    ),
)


def _opened(
    decision_id: str,
    title: str,
    text: str,
    *,
    item_id: str | None = None,
    threshold: Threshold = Threshold.MAJORITY,
    quorum: int = 1,
    secret: bool = False,
) -> tuple[str, Happening]:
    weights = {ADA: 1, GRACE: 1, KURT: 1 if secret else 2}
    return (
        ADA,
        DecisionOpened(
            decision_id=decision_id,
            item_id=item_id,
            title=title,
            text=text,
            threshold=threshold,
            base=Base.CAST,
            quorum=quorum,
            secret=secret,
            auto_close=True,
            electors=tuple(Elector(user_id=u, weight=w) for u, w in weights.items()),
        ),
    )


def _vote(user_id: str, decision_id: str, vote: Vote | None) -> tuple[str, Happening]:
    return (
        user_id,
        VoteRecorded(decision_id=decision_id, vote_id=f"v_{user_id}_{decision_id}", vote=vote),
    )


def _closed(
    actor: str,
    decision_id: str,
    result: Result,
    votes: tuple[int, int, int],
    sums: tuple[int, int, int, int],
    *,
    ballots: tuple[Vote, ...] | None = None,
) -> tuple[str, Happening]:
    """`sums`: the whole, what is needed of it, who voted and how many must."""
    whole, needed, voters, voters_needed = sums
    approve, reject, abstain = votes
    causes = {SERVER: Cause.COMPLETE, ADA: Cause.FACILITATOR}
    return (
        actor,
        DecisionClosed.model_validate(
            {
                "decision_id": decision_id,
                "result": result,
                "cause": Cause.WITHDRAWN if result is Result.WITHDRAWN else causes[actor],
                "final_votes": FinalVotes(approve=approve, reject=reject, abstain=abstain),
                "arithmetic": Arithmetic(
                    whole=whole,
                    needed=needed,
                    voters=voters,
                    voters_needed=voters_needed,
                    present=3,
                    present_needed=2,
                ),
                "total_weight": 4,
                "ballots": ballots,
            }
        ),
    )


def _moved(item_id: str, status: ItemStatus) -> tuple[str, Happening]:
    return (ADA, AgendaMoved(item_id=item_id, status=status))


_MINUTES: tuple[tuple[int, tuple[str, Happening]], ...] = (
    (0, (SERVER, Convened(charter=CHARTER))),
    (0, (ADA, Joined(role=Role.FACILITATOR))),
    (1, (GRACE, Joined(role=Role.PARTICIPANT))),
    (1, (EMMY, Joined(role=Role.OBSERVER))),
    (2, _moved("item_1", ItemStatus.IN_PROGRESS)),
    (3, (ADA, Said(message_id="m1", text="Good afternoon, this is not for the minutes."))),
    (4, (GRACE, Left())),
    (6, (GRACE, Joined(role=Role.PARTICIPANT))),
    (7, (KURT, Joined(role=Role.PARTICIPANT))),
    (8, _moved("item_1", ItemStatus.COMPLETED)),
    (8, _moved("item_2", ItemStatus.IN_PROGRESS)),
    (
        10,
        _opened(
            "d_budget",
            "Approve the 2027 budget",
            "That the budget be approved:\n# 1 million.\n\n<b>At once.</b>",
            item_id="item_2",
            threshold=Threshold.TWO_THIRDS,
            quorum=3,
        ),
    ),
    (11, _vote(ADA, "d_budget", Vote.REJECT)),
    (11, _vote(ADA, "d_budget", Vote.APPROVE)),
    (12, _vote(KURT, "d_budget", Vote.APPROVE)),
    (13, _vote(GRACE, "d_budget", Vote.REJECT)),
    (13, _closed(SERVER, "d_budget", Result.APPROVED, (3, 1, 0), (4, 3, 3, 3))),
    (15, _opened("d_chair", "Elect a chair", "That Grace take the chair.", secret=True)),
    (16, _vote(ADA, "d_chair", None)),
    (16, (ADA, BallotSealed(decision_id="d_chair", vote=Vote.APPROVE))),
    (17, _vote(GRACE, "d_chair", None)),
    (17, (GRACE, BallotSealed(decision_id="d_chair", vote=Vote.REJECT))),
    (
        18,
        _closed(
            ADA,
            "d_chair",
            Result.REJECTED,
            (1, 1, 0),
            (2, 2, 2, 1),
            ballots=(Vote.APPROVE, Vote.REJECT),
        ),
    ),
    (19, _opened("d_lunch", "Lunch", "", item_id="item_2", quorum=2)),
    (20, _vote(KURT, "d_lunch", Vote.ABSTAIN)),
    (21, _closed(ADA, "d_lunch", Result.NO_QUORUM, (0, 0, 2), (0, 1, 1, 2))),
    (22, _opened("d_name", "A new name", "To be found.", item_id="item_2")),
    (22, _closed(ADA, "d_name", Result.WITHDRAWN, (0, 0, 0), (0, 1, 0, 1))),
    (23, _closed(ADA, "d_gone", Result.WITHDRAWN, (0, 0, 0), (0, 1, 0, 1))),
    (24, _moved("item_2", ItemStatus.DEFERRED)),
    (25, (EMMY, Left())),
    (25, (KURT, Left())),
    (26, (GRACE, Left())),
    (27, (ADA, Left())),
)


def _events() -> tuple[Event, ...]:
    events: list[Event] = []
    sequence = 0
    for minute, (actor, what) in _MINUTES:
        if not isinstance(what, BallotSealed):
            sequence += 1
        events.append(Event(sequence, START + timedelta(minutes=minute), actor, what))
    return tuple(events)


EVENTS = _events()
