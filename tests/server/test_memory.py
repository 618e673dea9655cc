"""What a server keeps: of all that was done, only what is still to be told."""

import gc
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from tests.bench import soak
from tests.bench.crowd import connected, part
from tests.bench.servers import boardroom

MEMBERS = 12
ROUNDS = 6


async def test_what_leaves_nothing_to_be_told_leaves_nothing_and_a_decision_its_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soak, "SAID_A_ROUND", 5)
    monkeypatch.setattr("boardroom_tui.server.requests.KEPT", MEMBERS)
    monkeypatch.setattr("boardroom_tui.server.newest.KEPT", MEMBERS)
    monkeypatch.setattr("boardroom_tui.protocol.packed_entries.CHUNK", 2)
    async with boardroom(1, MEMBERS, tmp_path) as seats:
        day = soak.Day(await connected(seats))
        await day.begin()

        async def decide() -> None:
            await day.decide()
            await day.drop_one()

        talk, decided = await _left_behind(day.talk), await _left_behind(decide)
        await part(day.crowd)
    # Of two messages or announcements, here, there is left where they stand in a file.
    assert talk == {"_Away": 2}
    assert decided == dict.fromkeys(
        ("Decision", "DecisionOpened", "DecisionClosed", "Arithmetic", "FinalVotes"), 1
    ) | {"PackedBallots": 1, "_Told": 1, "_Away": 1}


async def _left_behind(round_: Callable[[], Awaitable[None]]) -> Mapping[str, int]:
    """How many more of the program's objects there are after each round, by their class."""
    for _ in range(ROUNDS):
        await round_()
    before = _objects()
    for _ in range(ROUNDS):
        await round_()
    grown = _objects() - before
    return {name: more // ROUNDS for name, more in grown.items() if more >= ROUNDS}


def _objects() -> Counter[str]:
    gc.collect()
    things: list[object] = gc.get_objects()
    kinds = (type(thing) for thing in things)
    return Counter(k.__qualname__ for k in kinds if str(k.__module__).startswith("boardroom_tui."))
