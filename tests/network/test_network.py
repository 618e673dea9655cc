"""A slice of what `python -m tests.network` does at length."""

from pathlib import Path

from tests.network.__main__ import run
from tests.network.clock import in_fast_time
from tests.network.every_byte import lose_at_every_byte


def test_whatever_the_network_does_nothing_is_lost_or_doubled_and_all_see_the_same() -> None:
    figures, failed = in_fast_time(run(first=1, count=2, at_once=2))
    assert not failed
    assert figures.requests > 0


def test_a_connection_lost_at_any_byte_loses_and_doubles_nothing(tmp_path: Path) -> None:
    lost = in_fast_time(lose_at_every_byte(tmp_path, seed=1, step=211))
    assert lost > 20
