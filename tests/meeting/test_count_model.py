"""Any order of joins, votes, drops, proxies, recusals and closes, beside a dozen plain lines."""

from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from boardroom_tui.meeting.commands import (
    CastVote,
    CloseDecision,
    Command,
    GiveProxy,
    Join,
    Leave,
    Recuse,
    Refusal,
    RevokeProxy,
)
from boardroom_tui.meeting.decide import decide
from boardroom_tui.meeting.events import DecisionClosed
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.protocol.fields import Base, Result, Role, Threshold, Vote
from tests.meeting.room import CHAIR, Room, as_read_back, charter, prepared, voter

WEIGHTS = {"ann": 1, "bob": 2, "cy": 1, "dee": 1, "eve": 3}
NAMES = st.sampled_from(sorted(WEIGHTS))
SHARES = {
    Threshold.MAJORITY: Fraction(1, 2),
    Threshold.TWO_THIRDS: Fraction(2, 3),
    Threshold.THREE_QUARTERS: Fraction(3, 4),
    Threshold.UNANIMOUS: Fraction(1),
}


class Count(RuleBasedStateMachine):
    """One decision; what is known of it is who is here, who votes what, for whom, and who not."""

    @initialize(
        threshold=st.sampled_from(Threshold),
        base=st.sampled_from(Base),
        quorum=st.integers(1, 3),
        secret=st.booleans(),
    )
    def open(self, threshold: Threshold, base: Base, quorum: int, secret: bool) -> None:
        self.weights = dict.fromkeys(WEIGHTS, 1) if secret else WEIGHTS
        self.threshold, self.base, self.quorum = threshold, base, quorum
        question = prepared("1", threshold=threshold, base=base, quorum=quorum, secret=secret)
        voters = [voter(name, weight) for name, weight in self.weights.items()]
        self.room = Room(charter(voters, [question], proxies=True))
        self.room.open()
        self.here: set[str] = set()
        self.votes: dict[str, Vote] = {}
        self.in_person: set[str] = set()
        self.proxies: dict[str, str] = {}
        self.recused: set[str] = set()

    def done(self, command: Command) -> bool:
        decided = decide(self.room.state, command, self.room.now)
        if not isinstance(decided, Refusal):
            self.room.do(command)
        return not isinstance(decided, Refusal)

    @property
    def ended(self) -> DecisionClosed | None:
        return self.room.decision().closed

    @rule(name=NAMES)
    def join(self, name: str) -> None:
        assert self.done(Join(f"user_{name}", Role.PARTICIPANT))
        self.here |= set() if self.ended else {name}

    @rule(name=NAMES)
    def drop(self, name: str) -> None:
        assert self.done(Leave(f"user_{name}"))
        self.here -= set() if self.ended else {name}

    @rule(giver=NAMES, holder=NAMES)
    def give(self, giver: str, holder: str) -> None:
        given = self.done(GiveProxy(f"user_{giver}", Role.PARTICIPANT, f"user_{holder}"))
        assert given == (giver != holder)
        self.proxies.update({giver: holder} if given else {})

    @rule(giver=NAMES)
    def revoke(self, giver: str) -> None:
        assert self.done(RevokeProxy(f"user_{giver}", Role.PARTICIPANT))
        self.proxies.pop(giver, None)

    @rule(name=NAMES, vote=st.sampled_from(Vote))
    def vote(self, name: str, vote: Vote) -> None:
        may = self.ended is None and name not in self.recused
        assert self.cast(name, name, vote) == may
        if may:
            self.votes[name] = vote
            self.in_person.add(name)

    @rule(holder=NAMES, giver=NAMES, vote=st.sampled_from(Vote))
    def vote_for(self, holder: str, giver: str, vote: Vote) -> None:
        if holder == giver:
            return
        may = self.ended is None and self.proxies.get(giver) == holder
        may = may and giver not in self.recused and giver not in self.in_person
        assert self.cast(holder, giver, vote) == may
        if may:
            self.votes[giver] = vote

    def cast(self, caster: str, voter: str, vote: Vote) -> bool:
        self.room.votes += 1
        return self.done(
            CastVote(
                f"user_{caster}",
                Role.PARTICIPANT,
                "decision_1",
                f"vote_{self.room.votes}",
                vote,
                on_behalf_of=f"user_{voter}",
            )
        )

    @rule(name=NAMES)
    def recuse(self, name: str) -> None:
        may = self.ended is None and name not in self.votes and name not in self.recused
        assert self.done(Recuse(f"user_{name}", Role.PARTICIPANT, "decision_1")) == may
        self.recused |= {name} if may else set()

    @rule()
    def close(self) -> None:
        still_open = self.ended is None
        assert self.done(CloseDecision(CHAIR, Role.FACILITATOR, "decision_1")) == still_open

    @invariant()
    def the_count_is_what_plain_counting_gives(self) -> None:
        electors = {n: w for n, w in self.weights.items() if n not in self.recused}
        everybody = len(self.votes) == len(electors)
        assert not everybody or self.ended is not None
        if self.ended is None:
            return
        yes, no, _ = sums = [
            sum(w for n, w in electors.items() if self.votes.get(n) is vote) for vote in Vote
        ]
        present = {n for n in electors if n in self.here or n in self.votes}
        whole = {
            Base.CAST: yes + no,
            Base.PRESENT: sum(electors[n] for n in present),
            Base.MEMBERSHIP: sum(electors.values()),
        }[self.base]
        share, least = Fraction(yes, whole or 1), SHARES[self.threshold]
        carried = share > least if self.threshold is Threshold.MAJORITY else share >= least
        expected = Result.APPROVED if carried and yes else Result.REJECTED
        if len(self.votes) < self.quorum or not present:
            expected = Result.NO_QUORUM
        votes = self.ended.final_votes
        assert [votes.approve, votes.reject, votes.abstain] == sums
        assert self.ended.result is expected

    @invariant()
    def the_journal_gives_the_same_meeting(self) -> None:
        assert fold(as_read_back(self.room.events)) == self.room.state


TestCount = Count.TestCase
TestCount.settings = settings(max_examples=40, stateful_step_count=30)
