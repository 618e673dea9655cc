"""The line of a replay: where it is, and the marks of what lies before and behind."""

from datetime import timedelta

import pytest

from boardroom_tui.replay.timeline import Timeline, timeline
from boardroom_tui.replay.track import track
from tests.record.meeting_example import EVENTS
from tests.replay.test_player import BOARD, after

BEGUN = timedelta()
TRACK = track(BOARD)


def test_it_is_as_long_as_it_plays_and_shows_each_mark() -> None:
    assert TRACK.drawn(1, BEGUN, 31) == f"●{'─' * 9}1◆{'─' * 13}2{'─' * 5}"
    assert TRACK.drawn(4, BEGUN, 31) == f"{'━' * 10}1◆{'━' * 8}●{'─' * 4}2{'─' * 5}"
    assert TRACK.drawn(6, BEGUN, 31) == f"{'━' * 10}1◆{'━' * 13}2{'━' * 4}●"


def test_it_moves_on_between_two_events() -> None:
    assert TRACK.drawn(3, timedelta(seconds=4), 31).index("●") == 14


@pytest.mark.parametrize("width", [1, 2, 8, 40, 200])
def test_it_is_exactly_as_wide_as_there_is_room(width: int) -> None:
    for place in range(1, BOARD.last + 1):
        drawn = TRACK.drawn(place, BEGUN, width)
        assert len(drawn) == width
        assert drawn.count("●") == 1


@pytest.mark.parametrize(("cell", "place"), [(0, 1), (9, 1), (10, 3), (24, 4), (25, 5), (30, 6)])
def test_a_cell_shows_the_last_event_before_it(cell: int, place: int) -> None:
    assert TRACK.place(cell, 31) == place


def test_where_everything_happened_at_once_each_event_has_as_much_room() -> None:
    line = track(Timeline(times=after(0, 0, 0)))
    assert [line.position(place, BEGUN, 21) for place in (1, 2, 3)] == [0, 10, 20]
    assert track(Timeline(times=after(0))).drawn(1, BEGUN, 5) == "●────"


def test_items_are_marked_by_their_number_and_decisions_where_they_open() -> None:
    signs = [mark.sign for mark in timeline(EVENTS).marks]
    assert signs == ["1", "2", "◆", "◆", "◆", "◆"]
