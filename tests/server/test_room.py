"""A room without a socket: what a deadline counts is who was present when it passed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.commands import CastVote, Command, Join, Leave, Refusal, Say
from boardroom_tui.meeting.events import DecisionClosed
from boardroom_tui.protocol.fields import Base, Role, Vote
from boardroom_tui.protocol.moment import Moment
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.stored import stored
from boardroom_tui.server.room import Order, Outcome, Recorded, Room
from boardroom_tui.server.step import Step
from tests.server.running import charter, decision

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
DEADLINE = NOON + timedelta(minutes=10)
BOARD = charter(decisions=(decision(status="voting", base=Base.PRESENT, deadline=DEADLINE),))


class Clock:
    """What the room takes for the time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOON
        """On the wall; it may be set."""
        self._passed = 0.0
        monkeypatch.setattr("boardroom_tui.server.room.read_clocks", self._read)

    def pass_by(self, minutes: float) -> None:
        """Let time pass, on both clocks."""
        self.now += timedelta(minutes=minutes)
        self._passed += minutes * 60

    def _read(self) -> Moment:
        return Moment(self.now, self._passed)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@asynccontextmanager
async def held(data: Path, board: Charter = BOARD) -> AsyncGenerator[Room]:
    """The meeting, held until the block is left."""
    journal = await Journal.open(data)
    room = await Room.open(journal, board)
    assert isinstance(room, Room)
    holding = asyncio.create_task(room.run())
    yield room
    room.end()
    await holding
    await journal.close()


async def done(room: Room, command: Command) -> Outcome:
    """What comes of a command."""
    settled: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    room.put(Order(command, settled.set_result))
    async with asyncio.timeout(10):
        return await settled


def present_at_the_close(room: Room) -> int:
    """How many were counted as present."""
    closed = room.state.decisions["decision_123"].closed
    assert closed is not None
    assert closed.cause == "deadline"
    return closed.arithmetic.present


async def test_who_leaves_after_the_deadline_was_present_at_it(
    tmp_path: Path, clock: Clock
) -> None:
    told: list[Outcome] = []
    async with held(tmp_path) as room:
        room.passed = told.append
        await done(room, Join("user_ada", Role.FACILITATOR))
        await done(room, Join("user_ben", Role.PARTICIPANT))
        clock.now = DEADLINE
        await done(room, Leave("user_ben"))
        assert present_at_the_close(room) == 2
    [passed] = told
    assert not isinstance(passed, Refusal)
    assert [type(step.event.what) for step in passed.steps] == [DecisionClosed]


async def test_a_deadline_that_passed_while_nobody_held_the_meeting_comes_before_a_new_file(
    tmp_path: Path, clock: Clock
) -> None:
    async with held(tmp_path) as room:
        await done(room, Join("user_ada", Role.FACILITATOR))
        await done(room, Join("user_ben", Role.PARTICIPANT))
    clock.now = DEADLINE + timedelta(hours=1)
    without_ben = tuple(member for member in BOARD.members if member.id != "user_ben")
    async with held(tmp_path, BOARD.model_copy(update={"members": without_ben})) as room:
        assert present_at_the_close(room) == 2
        assert set(room.state.present) == {"user_ada"}


async def test_a_clock_that_is_set_back_turns_no_time_back_and_makes_no_vote_longer(
    tmp_path: Path, clock: Clock
) -> None:
    async with held(tmp_path) as room:
        await done(room, Join("user_ada", Role.FACILITATOR))
        clock.pass_by(minutes=4)
        await done(room, Say("user_ada", Role.FACILITATOR, "msg_1", "Any questions?"))
        clock.now -= timedelta(hours=1)
        await done(room, vote("user_ada"))
        clock.pass_by(minutes=5.9)
        assert isinstance(await done(room, vote("user_ben")), Recorded)
        clock.pass_by(minutes=0.2)
        assert isinstance(await done(room, vote("user_cleo")), Refusal)
        assert room.state.decisions["decision_123"].closed is not None
    assert _times(tmp_path) == sorted(_times(tmp_path))


async def test_a_clock_that_is_set_back_while_the_server_is_down_turns_no_time_back(
    tmp_path: Path, clock: Clock
) -> None:
    async with held(tmp_path) as room:
        await done(room, Join("user_ada", Role.FACILITATOR))
        clock.pass_by(minutes=4)
        await done(room, vote("user_ada"))
    clock.now -= timedelta(days=2)
    async with held(tmp_path) as room:
        await done(room, Say("user_ada", Role.FACILITATOR, "msg_1", "Where were we?"))
        clock.pass_by(minutes=5.9)
        assert isinstance(await done(room, vote("user_ben")), Recorded)
        clock.pass_by(minutes=0.2)
        assert isinstance(await done(room, vote("user_cleo")), Refusal)
    assert _times(tmp_path) == sorted(_times(tmp_path))


async def test_a_clock_that_is_set_forward_over_a_deadline_closes_the_vote_for_good(
    tmp_path: Path, clock: Clock
) -> None:
    async with held(tmp_path) as room:
        await done(room, vote("user_ada"))
        clock.now = DEADLINE + timedelta(days=1)
        assert isinstance(await done(room, vote("user_ben")), Refusal)
        clock.now = NOON + timedelta(minutes=1)
        assert isinstance(await done(room, vote("user_ben")), Refusal)
        await done(room, Say("user_ada", Role.FACILITATOR, "msg_1", "What was that?"))
    assert _times(tmp_path) == sorted(_times(tmp_path))


def _times(data: Path) -> list[str]:
    """When the events happened, in their order."""
    return [link.time for link in stored(data).links["meeting_123"]]


async def test_of_the_votes_that_are_written_together_the_last_tells_the_tally(
    tmp_path: Path, clock: Clock
) -> None:
    async with held(tmp_path) as room:
        together = await asyncio.gather(
            *(done(room, vote(who)) for who in ("user_ada", "user_ben"))
        )
        alone = await done(room, vote("user_cleo"))
    assert [step.tally_follows for one in together for step in steps(one)] == [True, False]
    assert not any(step.tally_follows for step in steps(alone))


def vote(user_id: str) -> CastVote:
    """Somebody's vote for it."""
    return CastVote(user_id, Role.PARTICIPANT, "decision_123", f"vote_{user_id}", Vote.APPROVE)


def steps(outcome: Outcome) -> tuple[Step, ...]:
    """What it did."""
    assert isinstance(outcome, Recorded)
    return outcome.steps
