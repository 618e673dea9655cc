"""A server that is killed while ten members vote and talk: the short form of `tests.kills`."""

from pathlib import Path

from tests.kills.siege import siege


async def test_a_killed_server_loses_and_doubles_nothing_that_it_acknowledged(
    tmp_path: Path,
) -> None:
    figures = await siege(tmp_path, kills=6, seed=7, stops=2)
    assert figures.kills == 6
    assert figures.stops == 2
    assert figures.chat > 0
    assert figures.votes > 0
