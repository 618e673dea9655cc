"""Meetings that go any way at all, beside a model of a few dictionaries."""

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from boardroom_tui.meeting.commands import (
    CastVote,
    CloseDecision,
    Command,
    Convene,
    Join,
    Leave,
    OpenDecision,
    PassDeadlines,
    Refusal,
    WithdrawDecision,
)
from boardroom_tui.meeting.counting import tally
from boardroom_tui.meeting.decide import decide
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.protocol.fields import Role, Vote
from tests.meeting.room import (
    CHAIR,
    NOON,
    Room,
    as_read_back,
    charter,
    prepared,
    voter,
)

USERS = st.sampled_from(["ann", "bob", "cy", "chair", "guest", "stranger"])
MOTIONS = st.sampled_from(["1", "2", "3"])
VOTERS = {"ann", "bob", "cy"}


def name_of(user: str, *, short: bool) -> str:
    return user if short else f"user_{user}"


class Meeting(RuleBasedStateMachine):
    """Decision 1 is plain, 2 secret, 3 stays open when all have voted."""

    def __init__(self) -> None:
        super().__init__()
        motions = [prepared("1"), prepared("2", secret=True), prepared("3", auto_close=False)]
        self.file = charter([voter(name) for name in sorted(VOTERS)], motions)
        self.room = Room(self.file)
        self.present: set[str] = set()
        self.standing = dict.fromkeys("123", "prepared")
        self.votes: dict[str, dict[str, Vote]] = {motion: {} for motion in "123"}
        self.deadlines: dict[str, datetime] = {}

    def outcome(self, command: Command) -> str:
        """`done`, or the reason or the code of the refusal."""
        decided = decide(self.room.state, command, self.room.now)
        if isinstance(decided, Refusal):
            return decided.reason or decided.code
        self.room.do(command)
        return "done"

    def is_over(self, motion: str) -> bool:
        late = self.deadlines.get(motion, self.room.now + timedelta(1)) <= self.room.now
        return self.standing[motion] == "closed" or late

    @rule(user=USERS, short=st.booleans())
    def join(self, user: str, short: bool) -> None:
        is_member = user != "stranger"
        command = Join(name_of(user, short=short), Role.FACILITATOR)
        assert self.outcome(command) == ("done" if is_member else "PERMISSION_DENIED")
        self.present |= {user} if is_member else set()

    @rule(user=USERS)
    def leave(self, user: str) -> None:
        self.outcome(Leave(f"user_{user}"))
        self.present -= {user}

    @rule(motion=MOTIONS, seconds=st.none() | st.integers(1, 100))
    def open(self, motion: str, seconds: int | None) -> None:
        command = OpenDecision(
            CHAIR, Role.FACILITATOR, "new", f"decision_{motion}", duration_seconds=seconds
        )
        expected = {"prepared": "done"}.get(self.standing[motion], self.standing[motion])
        assert self.outcome(command) == expected
        if expected == "done":
            self.standing[motion] = "open"
            if seconds is not None:
                self.deadlines[motion] = self.room.now + timedelta(seconds=seconds)

    @rule(user=USERS, motion=MOTIONS, vote=st.sampled_from(Vote), short=st.booleans())
    def vote(self, user: str, motion: str, vote: Vote, short: bool) -> None:
        command = CastVote(
            name_of(user, short=short),
            Role.PARTICIPANT,
            motion if short else f"decision_{motion}",
            f"vote_{len(self.room.events)}",
            vote,
        )
        if user not in VOTERS:
            assert self.outcome(command) == "PERMISSION_DENIED"
        elif self.standing[motion] == "prepared":
            assert self.outcome(command) == "not_open"
        elif self.is_over(motion):
            assert self.outcome(command) == "closed"
        else:
            assert self.outcome(command) == "done"
            self.votes[motion][user] = vote
            if motion != "3" and len(self.votes[motion]) == len(VOTERS):
                self.standing[motion] = "closed"

    @rule(motion=MOTIONS)
    def close(self, motion: str) -> None:
        standing = "closed" if self.is_over(motion) else self.standing[motion]
        expected = {"prepared": "not_open", "open": "done"}.get(standing, "closed")
        command = CloseDecision(CHAIR, Role.FACILITATOR, motion)
        assert self.outcome(command) == expected
        if expected == "done":
            self.standing[motion] = "closed"

    @rule(motion=MOTIONS)
    def withdraw(self, motion: str) -> None:
        expected = "closed" if self.is_over(motion) else "done"
        command = WithdrawDecision(CHAIR, Role.FACILITATOR, motion)
        assert self.outcome(command) == expected
        if expected == "done":
            self.standing[motion] = "closed"

    @rule(seconds=st.integers(0, 50))
    def wait(self, seconds: int) -> None:
        self.room.later(seconds=seconds)

    @rule()
    def pass_deadlines(self) -> None:
        assert self.outcome(PassDeadlines()) == "done"
        for motion, deadline in self.deadlines.items():
            if deadline <= self.room.now:
                self.standing[motion] = "closed"

    @rule()
    def take_the_file_again(self) -> None:
        assert self.room.do(Convene(self.file)) == ()

    @invariant()
    def those_present_are_those_who_joined(self) -> None:
        assert {user.removeprefix("user_") for user in self.room.state.present} == self.present

    @invariant()
    def every_decision_stands_as_the_model_says(self) -> None:
        for motion, standing in self.standing.items():
            decision = self.room.state.decision(motion)
            if decision is None:
                never_opened = f"decision_{motion}" in self.room.state.withdrawn
                assert standing == ("closed" if never_opened else "prepared")
            else:
                assert standing == ("open" if decision.closed is None else "closed")

    @invariant()
    def each_member_counts_once_with_the_latest_vote(self) -> None:
        for motion, votes in self.votes.items():
            decision = self.room.state.decision(motion)
            if decision is None or decision.closed is not None:
                continue
            counted = tally(decision)
            latest = list(votes.values())
            assert [counted.approve, counted.reject, counted.abstain] == [
                latest.count(vote) for vote in Vote
            ]

    @invariant()
    def numbers_have_no_gaps_and_the_journal_gives_the_same_meeting(self) -> None:
        numbers = sorted({event.sequence for event in self.room.events})
        assert numbers == list(range(1, len(numbers) + 1))
        assert fold(as_read_back(self.room.events)) == self.room.state
        assert self.room.now >= NOON


TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(max_examples=60, stateful_step_count=40)
