"""One meeting: what is asked of it is decided in order, written together, and only then told."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from boardroom_tui.clock import read_clocks
from boardroom_tui.meeting.charter import Charter, Member
from boardroom_tui.meeting.commands import Command, Convene, Join, PassDeadlines, Refusal
from boardroom_tui.meeting.deadlines import next_deadline
from boardroom_tui.meeting.decide import decide
from boardroom_tui.meeting.events import VoteRecorded
from boardroom_tui.meeting.evolve import evolve
from boardroom_tui.meeting.standing import lower
from boardroom_tui.meeting.state import ChatEntry, MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Channel, Kind, bare, channel
from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.protocol.packed_entries import ALL_IN_MEMORY, Keeping, PackedEntries
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import DiskFullError, JournalError, SequenceConflict
from boardroom_tui.server.backlog import Backlog
from boardroom_tui.server.logging import note
from boardroom_tui.server.meeting_time import MeetingTime
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.reporting import report
from boardroom_tui.server.step import Step
from boardroom_tui.server.whole import Whole

WAITING_ORDERS = 1_024
"""So many wait for the disk; then whoever asks for more waits, and its socket with it."""

LONGEST_TIMER_SECONDS = 30.0
"""A deadline is on the wall's clock, which may be set; so it is looked at again this often."""

AFTER_FAILURE_SECONDS = 1.0
"""How long a deadline waits for a disk that has just refused."""

NO_ROOM = Refusal(
    ErrorCode.SERVER_ERROR,
    "The server's disk is full, so nothing was done. Try again when there is room.",
)

NOT_WRITTEN = Refusal(
    ErrorCode.SERVER_ERROR, "The record could not be written, so nothing was done."
)

NOT_READ = Refusal(ErrorCode.SERVER_ERROR, "The record could not be read, so nothing was done.")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a command did: its steps are on disk. No step: all was as asked already."""

    steps: tuple[Step, ...]
    state: MeetingState
    """The meeting then; orders that were written with this one may have changed it since."""


Outcome = Recorded | Refusal


@dataclass(frozen=True, slots=True)
class Order:
    """A command, and whom to tell how it ended."""

    command: Command
    settle: Callable[[Outcome], None]
    request: tuple[str, str] | None = None
    """The id and the digest of the request to remember."""


class Room:
    """A meeting that is being held."""

    def __init__(
        self,
        journal: Journal,
        charter: Charter,
        state: MeetingState,
        *,
        time: MeetingTime,
        backlog: Backlog,
    ) -> None:
        self.charter = charter
        self.state = state
        self.backlog = backlog
        self.passed: Callable[[Outcome], None] = _unheard
        """Told of what the deadlines did."""
        self.signed: Callable[[Room, SignedHead], None] = _unheard_head
        """Told of each head that was signed."""
        self.whole = Whole(charter, backlog)
        self.head: SignedHead | None = None
        """The head that was signed last."""
        self._here: dict[str, dict[Peer, Role]] = {}
        self._journal = journal
        self._time = time
        self._orders: deque[Order] = deque()
        self._wanted = asyncio.Event()
        self._taken = asyncio.Event()
        self._ending = False
        self._disk_refused = False
        self._timer: asyncio.TimerHandle | None = None

    @classmethod
    async def open(
        cls, journal: Journal, charter: Charter, keeping: Keeping = ALL_IN_MEMORY
    ) -> "Room | Refusal":
        """The meeting as the journal has it, under its file as it is now. Raises JournalError.

        What a deadline ended meanwhile ended before the file could change, and before anybody who
        was present could be missed. `keeping` is for what was said and announced long ago.
        """
        events = await journal.read(charter.id)
        backlog = Backlog(charter.id, keeping)
        nothing_said = KeyedLog(PackedEntries[ChatEntry](keeping))
        state = backlog.fold(events, MeetingState(chat=nothing_said))
        time = MeetingTime(charter.id, events[-1].at if events else None, read_clocks())
        if journal.was_open:
            note(
                "recovered",
                logging.WARNING,
                meeting=charter.id,
                up_to_event=state.sequence,
                because="the last server was not stopped in good order",
            )
        now = time.at(read_clocks())
        for command in (PassDeadlines(), Convene(charter)):
            decided = decide(state, command, now)
            if isinstance(decided, Refusal):
                return decided
            if decided:
                await journal.append(charter.id, state.sequence, [Entry(decided)])
                state = backlog.fold(decided, state)
        room = cls(journal, charter, state, time=time, backlog=backlog)
        room.head = await journal.newest_head(charter.id)
        return room

    @property
    def id(self) -> str:
        """The meeting's id as its file writes it."""
        return self.charter.id

    @property
    def channel(self) -> Channel:
        """Where the meeting's own messages go."""
        return channel(Kind.MEETING, self.id)

    def now(self) -> datetime:
        """The time in the meeting, by which its deadlines pass."""
        return self._time.at(read_clocks())

    def has_decision(self, decision_id: str) -> bool:
        """Whether a decision of this id is prepared or was opened here."""
        state = self.state
        return state.decision(decision_id) is not None or state.prepared(decision_id) is not None

    def decision_channels(self) -> set[Channel]:
        """Where the messages go of those decisions that are prepared or open."""
        state = self.state
        prepared = {decision.id for decision in self.charter.decisions} - state.withdrawn
        ended = {i for i, decision in state.decisions.items() if decision.closed is not None}
        return {channel(Kind.DECISION, i) for i in (prepared | state.decisions.keys()) - ended}

    def member(self, peer: Peer) -> Member | None:
        """The member that a connection speaks for."""
        return self.state.member(peer.session.identity.user_id)

    def role(self, peer: Peer, member: Member) -> Role:
        """The role that is in force for a connection: its own once it has joined."""
        return peer.capped(lower(member.role, self.joined_as(peer) or member.role))

    def hears(self, peer: Peer) -> bool:
        """Whether a connection may hear what is hidden from observers."""
        member = self.member(peer)
        return member is not None and self.role(peer, member) is not Role.OBSERVER

    def joined_as(self, peer: Peer) -> Role | None:
        """The role in which a connection has joined; None if it has not."""
        return self._here.get(peer.user, {}).get(peer)

    def is_here(self, user_id: str) -> bool:
        """Whether a connection of this user has joined."""
        return bare(Kind.USER, user_id) in self._here

    def place(self, peer: Peer, role: Role | None) -> None:
        """Count a connection as here in this role, or as not here."""
        if role is not None:
            self._here.setdefault(peer.user, {})[peer] = role
            return
        connections = self._here.get(peer.user, {})
        connections.pop(peer, None)
        if not connections:
            self._here.pop(peer.user, None)

    def join_for(self, member: Member) -> Join:
        """A user who is here is present in the highest of the roles of their connections."""
        roles = self._here[bare(Kind.USER, member.id)].values()
        return Join(member.id, max(roles, key=lambda role: role.power))

    async def submit(self, order: Order) -> None:
        """Ask for something, and wait only while too much is being asked for."""
        while len(self._orders) >= WAITING_ORDERS:
            await self._taken.wait()
        self.put(order)

    def put(self, order: Order) -> None:
        """Ask for something that the server itself wants done."""
        self._orders.append(order)
        self._wanted.set()

    def end(self) -> None:
        """Do what has been asked for, then stop."""
        self._ending = True
        self._wanted.set()

    async def run(self) -> None:
        """Hold the meeting until it is to end."""
        try:
            while self._orders or not self._ending:
                self._watch_deadlines()
                await self._wanted.wait()
                self._wanted.clear()
                orders = tuple(self._orders)
                self._orders.clear()
                self._taken.set()
                self._taken.clear()
                head = self.head
                for order, outcome in await self._carry_out(orders):
                    order.settle(outcome)
                if self.head is not None and self.head is not head:
                    self.signed(self, self.head)
            await self._sign()
        finally:
            self._stop_watching()

    async def _carry_out(self, orders: Sequence[Order]) -> list[tuple[Order, Outcome]]:
        """Decide each order after the ones before it, and write what they do at once."""
        state = self.state
        now = self.now()
        outcomes: list[tuple[Order, Outcome]] = []
        entries: list[Entry] = []
        for order in (*self._overdue(now), *orders):
            decided = decide(state, order.command, now)
            if isinstance(decided, Refusal):
                outcomes.append((order, decided))
                continue
            steps: list[Step] = []
            for event in decided:
                steps.append(Step(state, event, evolve(state, event)))
                state = steps[-1].after
            outcomes.append((order, Recorded(tuple(steps), state)))
            if decided:
                entries.append(Entry(decided, order.request))
        refusal = await self._write(entries)
        if refusal is not None:
            return [(order, refusal) for order in orders]
        self.state = state
        for step in _steps(outcomes):
            report(self.id, step.event)
            self.backlog.note(step)
        return _with_last_tallies(outcomes)

    def _overdue(self, now: datetime) -> Sequence[Order]:
        """A deadline comes before whatever was asked after it: who left since was present then."""
        deadline = next_deadline(self.state)
        passed = deadline is not None and deadline <= now
        return [Order(PassDeadlines(), self.passed)] if passed else []

    async def _write(self, entries: Sequence[Entry]) -> Refusal | None:
        """Put these on disk, or say why that cannot be."""
        if not entries:
            return None
        try:
            head = await self._journal.append(self.id, self.state.sequence, entries)
        except (JournalError, SequenceConflict) as error:
            note("not_written", logging.ERROR, meeting=self.id, error=str(error))
            self._disk_refused = True
            return NO_ROOM if isinstance(error, DiskFullError) else NOT_WRITTEN
        if self._disk_refused:
            note("writing_again", meeting=self.id)
        self._disk_refused = False
        self.head = head or self.head
        return None

    async def _sign(self) -> None:
        """Sign how the record stands in the end: nothing of it can be taken back then."""
        try:
            await self._journal.sign(self.id)
        except JournalError as error:
            note("not_written", logging.ERROR, meeting=self.id, error=str(error))

    def _watch_deadlines(self) -> None:
        self._stop_watching()
        deadline = next_deadline(self.state)
        if deadline is not None:
            left = (deadline - self.now()).total_seconds()
            least = AFTER_FAILURE_SECONDS if self._disk_refused else 0.0
            delay = min(max(left, least), LONGEST_TIMER_SECONDS)
            self._timer = asyncio.get_running_loop().call_later(delay, self._wanted.set)

    def _stop_watching(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _steps(outcomes: Iterable[tuple[Order, Outcome]]) -> Iterator[Step]:
    """All that happened, in order."""
    for _, outcome in outcomes:
        if isinstance(outcome, Recorded):
            yield from outcome.steps


def _with_last_tallies(outcomes: list[tuple[Order, Outcome]]) -> list[tuple[Order, Outcome]]:
    """The same; of the votes on a decision that were written together the last tells the tally.

    Where a thousand vote at once, a tally for each would be told to a thousand.
    """
    newest: dict[str, int] = {}
    for step in _steps(outcomes):
        if isinstance(step.event.what, VoteRecorded):
            newest[step.event.what.decision_id] = step.event.sequence

    def marked(step: Step) -> Step:
        what = step.event.what
        follows = isinstance(what, VoteRecorded) and newest[what.decision_id] > step.event.sequence
        return replace(step, tally_follows=True) if follows else step

    return [
        (order, replace(outcome, steps=tuple(map(marked, outcome.steps))))
        if isinstance(outcome, Recorded)
        else (order, outcome)
        for order, outcome in outcomes
    ]


def _unheard_head(_: Room, __: SignedHead) -> None:
    """What was signed before anybody listens."""


def _unheard(_: Outcome) -> None:
    """What deadlines did before anybody listens."""
