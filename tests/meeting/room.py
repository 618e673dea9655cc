"""A meeting to try the rules on: commands in, events kept, the state folded as they come."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from boardroom_tui.meeting.charter import AgendaEntry, Charter, Member, PreparedDecision
from boardroom_tui.meeting.commands import (
    CastVote,
    CloseDecision,
    Command,
    Convene,
    Join,
    OpenDecision,
    Refusal,
)
from boardroom_tui.meeting.decide import decide
from boardroom_tui.meeting.events import BallotSealed, DecisionClosed, Event, Happening
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.fields import Role, Vote

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)

YES, NO, ABSTAIN = Vote.APPROVE, Vote.REJECT, Vote.ABSTAIN
CHAIR = "user_chair"


def voter(name: str, weight: int = 1) -> Member:
    return Member(id=f"user_{name}", name=name, role=Role.PARTICIPANT, weight=weight, has_vote=True)


def prepared(name: str = "1", **terms: Any) -> PreparedDecision:
    given: dict[str, Any] = {
        "id": f"decision_{name}",
        "title": f"Motion {name}",
        "text": "",
        "auto_close": True,
    }
    return PreparedDecision(**{**given, **terms})


def charter(
    voters: Iterable[Member] = (voter("ann"), voter("bob"), voter("cy")),
    decisions: Iterable[PreparedDecision] = (prepared(),),
    **terms: Any,
) -> Charter:
    """A chair with no vote, an observer, three agenda items, and the voters and decisions given."""
    chair = Member(id=CHAIR, name="Chair", role=Role.FACILITATOR, has_vote=False)
    guest = Member(id="user_guest", name="Guest", role=Role.OBSERVER, has_vote=False)
    given: dict[str, Any] = {
        "id": "meeting_1",
        "title": "Board",
        "agenda": tuple(AgendaEntry(id=f"item_{n}", title=f"Item {n}") for n in (1, 2, 3)),
    }
    return Charter(
        members=(chair, guest, *voters), decisions=tuple(decisions), **{**given, **terms}
    )


class Room:
    """A convened meeting and everything that has happened in it."""

    def __init__(self, what: Charter | None = None) -> None:
        self.state = MeetingState()
        self.events: list[Event] = []
        self.now = NOON
        self.votes = 0
        self.do(Convene(charter() if what is None else what))

    def do(self, command: Command) -> tuple[Happening, ...]:
        """What a command causes; it must not be refused."""
        decided = decide(self.state, command, self.now)
        assert not isinstance(decided, Refusal), decided
        self.events += decided
        self.state = fold(decided, self.state)
        return tuple(event.what for event in decided)

    def refused(self, command: Command) -> Refusal:
        """Why a command is refused; it must be."""
        decided = decide(self.state, command, self.now)
        assert isinstance(decided, Refusal), decided
        assert decided.message.endswith(".")
        return decided

    def later(self, **time: int) -> None:
        self.now += timedelta(**time)

    def join(self, *names: str) -> None:
        for name in names:
            self.do(Join(f"user_{name}", Role.FACILITATOR))

    def open(self, decision: str | None = "decision_1", **terms: Any) -> tuple[Happening, ...]:
        return self.do(opening(decision, **terms))

    def vote(self, name: str, vote: Vote, decision: str = "decision_1") -> tuple[Happening, ...]:
        self.votes += 1
        return self.do(ballot(name, vote, decision, f"vote_{self.votes}"))

    def close(self, decision: str = "decision_1") -> DecisionClosed:
        [closed] = self.do(CloseDecision(CHAIR, Role.FACILITATOR, decision))
        assert isinstance(closed, DecisionClosed)
        return closed

    def decision(self, decision: str = "decision_1") -> Decision:
        found = self.state.decision(decision)
        assert found is not None
        return found


def opening(decision: str | None = "decision_1", **terms: Any) -> OpenDecision:
    return OpenDecision(CHAIR, Role.FACILITATOR, "decision_new", decision, **terms)


def ballot(
    name: str, vote: Vote = YES, decision: str = "decision_1", vote_id: str = "vote_0"
) -> CastVote:
    return CastVote(f"user_{name}", Role.FACILITATOR, decision, vote_id, vote)


def as_read_back(events: Iterable[Event]) -> list[Event]:
    """The events as a journal returns them: sealed ballots only of open decisions, the latest."""
    kept = list(events)
    closed = {e.what.decision_id for e in kept if isinstance(e.what, DecisionClosed)}
    latest = {
        (e.voter, e.what.decision_id): e.sequence for e in kept if isinstance(e.what, BallotSealed)
    }
    return [
        event
        for event in kept
        if not isinstance(event.what, BallotSealed)
        or (
            event.what.decision_id not in closed
            and latest[event.voter, event.what.decision_id] == event.sequence
        )
    ]
