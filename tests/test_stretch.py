"""Long work that lets others go first."""

import asyncio

from boardroom_tui.stretch import SECONDS, Stretch


async def test_a_task_that_never_waits_lets_the_others_have_their_turn() -> None:
    now = 0.0

    def later() -> float:
        nonlocal now
        now += SECONDS / 10
        return now

    noticed = asyncio.Event()
    asyncio.get_running_loop().call_soon(noticed.set)
    stretch, done = Stretch(later), 0
    while not noticed.is_set():
        done += 1
        await stretch.pause_if_long()
    assert 1 < done <= 10
