"""The link of a replay: what the screen is told, in order; what is sent goes nowhere."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend
from boardroom_tui.replay.link import ReplayLink
from boardroom_tui.replay.player import AT_ONCE, Control
from boardroom_tui.replay.seat import Seat
from boardroom_tui.ui.link import (
    Connection,
    ConnectionChanged,
    Elsewhere,
    Heard,
    Phase,
    PrivateStands,
)
from tests.record.examples import MEETING, START
from tests.replay.meetings import example


class Watch:
    """The clock of who watches, and everything they were told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.seat = Seat(example())
        self.link = ReplayLink(self.seat, clock=lambda: self.now)
        self.told: list[object] = []
        self._more = asyncio.Event()

    async def follow(self) -> None:
        async for update in self.link.updates:
            self.told.append(update)
            self._more.set()

    async def until_told(self, count: int) -> list[object]:
        """Everything that was told, once it is so much."""
        async with asyncio.timeout(10):
            while len(self.told) < count:
                self._more.clear()
                await self._more.wait()
        return self.told


@asynccontextmanager
async def watched() -> AsyncGenerator[Watch]:
    """A replay that has told how the meeting begins."""
    watch = Watch()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(watch.link.run())
        tasks.create_task(watch.follow())
        # The second event came at the same moment as the first.
        await watch.until_told(4)
        yield watch
        await watch.link.close()


async def test_it_begins_with_the_meeting_as_it_began() -> None:
    async with watched() as watch:
        private, begun, *_ = watch.told
        assert isinstance(private, PrivateStands)
        assert private.reason == "This is a replay: nothing can be sent."
        assert isinstance(begun, Elsewhere)
        assert begun.meeting.sequence == 1
        assert begun.meeting.title == "Q3 *board* meeting"


async def test_a_step_tells_the_event_and_a_jump_all_that_was_known() -> None:
    async with watched() as watch:
        watch.link.go_to(5)
        watch.link.control(Control.NEXT_EVENT)
        watch.link.control(Control.PREVIOUS_EVENT)
        [jump, _, step, _, back, _] = (await watch.until_told(10))[4:]
        assert isinstance(jump, Elsewhere)
        assert jump.meeting == watch.seat.known(5)
        assert isinstance(step, Heard)
        assert isinstance(step.message, ChatMessage)
        assert isinstance(back, Elsewhere)
        assert back.meeting == watch.seat.known(5)


async def test_what_became_due_is_told_before_a_control_is_followed() -> None:
    async with watched() as watch:
        watch.now = 60.0
        watch.link.control(Control.PLAY)
        assert watch.link.player.place > 1
        assert not watch.link.player.playing
        told = await watch.until_told(5)
        assert isinstance(told[4], Heard)
        assert watch.link.moment() >= START + timedelta(minutes=1)


async def test_it_plays_by_itself_to_the_end() -> None:
    link = ReplayLink(Seat(example()), speed=64.0)
    link.go_to(link.player.timeline.last - 2)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(link.run())
        async for update in link.updates:
            assert isinstance(update, Heard | PrivateStands | ConnectionChanged | Elsewhere)
            if not link.player.playing:
                await link.close()
    assert link.player.place == link.player.timeline.last


async def test_nothing_is_sent_and_there_is_no_connection() -> None:
    link = ReplayLink(Seat(example()), speed=AT_ONCE)
    link.send(ChatSend(data=ChatSend.Data(meeting_id=MEETING, message="hello")))
    assert link.give_token("x") == "This is a replay: nothing can be sent."
    assert link.seal_comment("d_chair", "why", ["user_1"]) is None
    assert link.connection == Connection(Phase.REPLAY, START)
