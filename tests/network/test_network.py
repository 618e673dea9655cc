"""A slice of what `python -m tests.network` does at length."""

import asyncio
from pathlib import Path

from boardroom_tui.protocol.fields import Role
from tests.network.__main__ import run
from tests.network.attendant import attending
from tests.network.checking import assert_all_answered, assert_said_once
from tests.network.clock import in_fast_time
from tests.network.every_byte import lose_at_every_byte
from tests.network.relay import relayed
from tests.network.schedule import PATIENCE, housed


def test_whatever_the_network_does_nothing_is_lost_or_doubled_and_all_see_the_same() -> None:
    figures, failed = in_fast_time(run(first=1, count=2, at_once=2))
    assert not failed
    assert figures.requests > 0
    assert min(figures.resumed, figures.begun, figures.pages, figures.whispers) > 0


def test_a_connection_lost_at_any_byte_loses_and_doubles_nothing(tmp_path: Path) -> None:
    lost = in_fast_time(lose_at_every_byte(tmp_path, seed=1, step=211))
    assert lost > 20


async def a_late_handshake(folder: Path) -> None:
    """The server hears of an attempt only when its client is in on a later one."""
    async with housed(folder) as house, relayed(house.address) as relay:
        relay.holds_next = True
        async with attending("user_ben", Role.PARTICIPANT, relay, house.token("user_ben")) as ben:
            await ben.until(lambda ben: ben.is_quiet, PATIENCE)
            relay.release()
            await asyncio.sleep(5)
            ben.say("Still here")
            await ben.until(lambda ben: ben.is_quiet, PATIENCE)
            assert len(relay.passages) == 2
            assert_all_answered([ben])
    assert_said_once(folder, ["Still here"])


def test_a_handshake_that_arrives_late_displaces_nobody(tmp_path: Path) -> None:
    in_fast_time(a_late_handshake(tmp_path))
