"""A believable board meeting, as a server tells of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from boardroom_tui.protocol.catalogue import EXTENSIONS
from boardroom_tui.protocol.fields import (
    Base,
    DecisionStatus,
    ItemStatus,
    MeetingPhase,
    Result,
    Role,
    Status,
    Threshold,
)
from boardroom_tui.protocol.messages.connection import ConnectionReady
from boardroom_tui.protocol.messages.decision import (
    Arithmetic,
    DecisionResult,
    FinalVotes,
    VoteSummary,
)
from boardroom_tui.protocol.messages.meeting import (
    AgendaItem,
    ChatLine,
    DecisionState,
    MeetingState,
    RosterEntry,
)
from boardroom_tui.protocol.messages.presence import Activity
from tests.ui.scripted_link import NOON

MEETING = "meeting_q3"

_PERMISSIONS = {
    Role.OBSERVER: ("read", "write"),
    Role.PARTICIPANT: ("read", "write", "vote"),
    Role.FACILITATOR: ("read", "write", "vote", "facilitate"),
}


def ready(
    user_id: str = "user_1", role: Role = Role.FACILITATOR, *, extensions: bool = True
) -> ConnectionReady:
    """`connection.ready` of our server, or of one that knows only the reference."""
    return ConnectionReady(
        data=ConnectionReady.Data(
            session_id="session_1",
            user_id=user_id,
            permissions=_PERMISSIONS[role],
            server_time=NOON,
            extensions=EXTENSIONS if extensions else None,
        )
    )


def person(
    number: int,
    name: str,
    *,
    role: Role = Role.PARTICIPANT,
    status: Status = Status.ONLINE,
    activity: Activity | None = None,
    seen: datetime | None = None,
    has_vote: bool = True,
    weight: int = 1,
) -> RosterEntry:
    """A member; offline is absent."""
    present = status is not Status.OFFLINE
    return RosterEntry(
        user_id=f"user_{number}",
        name=name,
        role=role,
        has_vote=has_vote and role is not Role.OBSERVER,
        weight=weight,
        present=present,
        status=status,
        activity=activity,
        joined_at=NOON - timedelta(minutes=40) if present else None,
        last_seen=seen,
    )


ROSTER = (
    person(1, "Margaret Oyelaran", role=Role.FACILITATOR),
    person(2, "Daniel Brandt"),
    person(3, "Priya Natarajan"),
    person(4, "Tomás Herrera", status=Status.BUSY),
    person(5, "Ingrid Solberg", activity=Activity(type="reading", target="decision_2")),
    person(6, "Wei-Lin Zhao"),
    person(7, "Amara Diallo", status=Status.AWAY, seen=NOON - timedelta(minutes=3)),
    person(8, "Henrik Vos", weight=2),
    person(9, "Lucía Fernández"),
    person(10, "Samuel Adeyemi", role=Role.OBSERVER),
    person(11, "Olivia Marsh", status=Status.OFFLINE, seen=NOON - timedelta(minutes=52)),
    person(12, "Kenji Watanabe", status=Status.OFFLINE),
)

AGENDA = (
    AgendaItem(
        id="item_1",
        title="Opening and apologies",
        status=ItemStatus.COMPLETED,
        minutes=5,
        started_at=NOON - timedelta(minutes=38),
        completed_at=NOON - timedelta(minutes=34),
    ),
    AgendaItem(
        id="item_2",
        title="Minutes of the last meeting",
        status=ItemStatus.COMPLETED,
        minutes=5,
        started_at=NOON - timedelta(minutes=34),
        completed_at=NOON - timedelta(minutes=12, seconds=4),
    ),
    AgendaItem(
        id="item_3",
        title="Budget 2027",
        status=ItemStatus.IN_PROGRESS,
        minutes=20,
        started_at=NOON - timedelta(minutes=12, seconds=4),
    ),
    AgendaItem(id="item_4", title="Lisbon office", status=ItemStatus.PENDING, minutes=15),
    AgendaItem(id="item_5", title="Auditor’s report", status=ItemStatus.DEFERRED, minutes=10),
    AgendaItem(id="item_6", title="Any other business", status=ItemStatus.PENDING),
)


def decision(
    decision_id: str,
    title: str,
    *,
    item_id: str | None = None,
    status: DecisionStatus = DecisionStatus.PREPARED,
    tally: tuple[int, int, int] | None = None,
    required: int = 10,
    secret: bool = False,
    deadline: datetime | None = None,
    outcome: DecisionResult.Data | None = None,
) -> DecisionState:
    """A decision with its tally: for, against, abstained."""
    is_put = status is not DecisionStatus.PREPARED
    return DecisionState(
        meeting_id=MEETING,
        decision_id=decision_id,
        item_id=item_id,
        title=title,
        text=f"That {title[0].lower()}{title[1:]} as circulated be approved.",
        threshold=Threshold.TWO_THIRDS,
        base=Base.CAST,
        quorum=5,
        secret=secret,
        auto_close=True,
        status=status,
        deadline=deadline,
        opened_at=NOON - timedelta(minutes=2) if is_put else None,
        vote_summary=None if tally is None else summary(tally, required),
        outcome=outcome,
    )


def summary(tally: tuple[int, int, int], required: int = 10) -> VoteSummary:
    """A tally: for, against, abstained."""
    approve, reject, abstain = tally
    return VoteSummary(
        approve=approve, reject=reject, abstain=abstain, total=sum(tally), required=required
    )


def outcome(
    decision_id: str, result: Result, votes: tuple[int, int, int], at: datetime
) -> DecisionResult.Data:
    """A result with its arithmetic."""
    approve, reject, abstain = votes
    whole = approve + reject
    return DecisionResult.Data(
        decision_id=decision_id,
        result=result,
        final_votes=FinalVotes(approve=approve, reject=reject, abstain=abstain),
        completed_at=at,
        arithmetic=Arithmetic(
            whole=whole,
            needed=-(-2 * whole // 3),
            voters=sum(votes),
            voters_needed=5,
            present=9,
            present_needed=6,
        ),
    )


MINUTES_OUTCOME = outcome("decision_1", Result.APPROVED, (8, 0, 1), NOON - timedelta(minutes=13))
MINUTES = decision(
    "decision_1",
    "The minutes of 24 August",
    item_id="item_2",
    status=DecisionStatus.APPROVED,
    tally=(8, 0, 1),
    outcome=MINUTES_OUTCOME,
)
BUDGET = decision("decision_2", "The budget for 2027", item_id="item_3")
BUDGET_OPEN = decision(
    "decision_2",
    "The budget for 2027",
    item_id="item_3",
    status=DecisionStatus.VOTING,
    tally=(4, 1, 1),
    deadline=NOON + timedelta(minutes=4, seconds=30),
)
LISBON = decision("decision_3", "The lease in Lisbon", item_id="item_4", secret=True)

_SAID = (
    (2, 11.0, "The variance in travel is the one thing I could not follow. Page 14, second table."),
    (5, 10.2, "That is the Lisbon search: three visits in June, booked late."),
    (3, 9.0, "And it will not recur. The line for 2027 is back to the level of 2025."),
    (1, 7.5, "Thank you, Priya. @Daniel Brandt does that answer it?"),
    (2, 7.0, "It does, thank you."),
    (8, 4.0, "For the record: I would still like to see the reserve at six months, not at four."),
    (6, 3.2, "So noted. Could we add it as an aim, rather than hold up the vote?"),
    (8, 2.6, "Yes. I am content with that."),
    (1, 2.1, "Then I put the budget to the vote."),
)


def said() -> tuple[ChatLine, ...]:
    """The conversation; the fifth line answers the fourth."""
    names = {entry.user_id: entry.name for entry in ROSTER}
    return tuple(
        ChatLine(
            meeting_id=MEETING,
            message_id=f"msg_{number}",
            user_id=f"user_{who}",
            user_name=names[f"user_{who}"],
            message=text,
            reply_to="msg_4" if number == 5 else None,
            timestamp=NOON - timedelta(minutes=ago),
        )
        for number, (who, ago, text) in enumerate(_SAID, start=1)
    )


def state(
    *,
    decisions: Sequence[DecisionState] = (MINUTES, BUDGET, LISBON),
    roster: Sequence[RosterEntry] = ROSTER,
    agenda: Sequence[AgendaItem] = AGENDA,
    chat: Sequence[ChatLine] | None = None,
    quorum: int = 6,
    begun: Literal[True, False] = True,
) -> MeetingState:
    """The whole meeting."""
    return MeetingState(
        data=MeetingState.Data(
            meeting_id=MEETING,
            title="Q3 board meeting",
            quorum=quorum,
            sequence=120,
            started_at=NOON - timedelta(minutes=38) if begun else None,
            phase=MeetingPhase.IN_SESSION if begun else MeetingPhase.GATHERING,
            phase_since=NOON - timedelta(minutes=38) if begun else None,
            agenda=tuple(agenda),
            current_item=3,
            roster=tuple(roster),
            decisions=tuple(decisions),
            chat=said() if chat is None else tuple(chat),
        )
    )
