"""Where a replay stands: playing, pausing, speeds, jumps, and the pauses that are shortened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from boardroom_tui.replay.player import (
    AT_ONCE,
    SHOWN_SECONDS,
    Control,
    Player,
    advanced,
    controlled,
    due_at,
    jumped,
    moment,
)
from boardroom_tui.replay.timeline import DECISION, SHORTENED, Mark, Timeline

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


def after(*seconds: float) -> tuple[datetime, ...]:
    return tuple(NOON + timedelta(seconds=one) for one in seconds)


BOARD = Timeline(
    times=after(0, 10, 10, 20, 740, 745),
    marks=(Mark(2, "1"), Mark(3, DECISION), Mark(5, "2")),
)
"""Six events; between the fourth and the fifth nothing happens for twelve minutes."""


def player(place: int = 1, *, speed: float = 1.0, playing: bool = True) -> Player:
    """At this place since second 100."""
    return Player(BOARD, place, playing=playing, speed=speed, since=100.0)


def test_an_event_comes_when_the_meeting_came_to_it() -> None:
    assert due_at(player()) == 110.0
    assert advanced(player(), 109.9).place == 1
    assert advanced(player(), 110.0).place == 3
    assert advanced(player(), 120.0).place == 4


@pytest.mark.parametrize(("speed", "due"), [(0.25, 140.0), (2.0, 105.0), (64.0, 100.15625)])
def test_the_speed_multiplies_the_meeting_s_own(speed: float, due: float) -> None:
    assert due_at(player(speed=speed)) == due


def test_the_clock_is_the_meeting_s() -> None:
    assert moment(player(speed=4.0), 102.0) == NOON + timedelta(seconds=8)
    assert moment(player(playing=False), 102.0) == NOON


def test_a_long_pause_is_shortened_and_the_next_event_says_by_how_much() -> None:
    assert due_at(player(4)) == 100.0 + SHORTENED.total_seconds()
    there = advanced(player(4), 105.0)
    assert there.place == 5
    assert BOARD.skipped(5) == timedelta(seconds=715)
    assert BOARD.skipped(6) == timedelta()
    assert moment(there, 105.0) == NOON + timedelta(seconds=740)


def test_without_pauses_each_event_stands_for_a_moment() -> None:
    at_once = player(speed=AT_ONCE)
    assert due_at(at_once) == 100.0 + SHOWN_SECONDS
    assert advanced(at_once, 100.5).place == 3
    assert moment(at_once, 100.4) == NOON


def test_a_pause_is_taken_up_where_it_was_left() -> None:
    paused = controlled(player(), Control.PLAY, 104.0)
    assert not paused.playing
    assert due_at(paused) is None
    assert moment(paused, 500.0) == NOON + timedelta(seconds=4)
    assert due_at(controlled(paused, Control.PLAY, 500.0)) == 506.0


def test_another_speed_holds_from_now_on() -> None:
    faster = controlled(player(), Control.FASTER, 104.0)
    assert faster.speed == 2.0
    assert due_at(faster) == 107.0


def test_speeds_end_at_a_quarter_and_without_pauses() -> None:
    quick = player(speed=64.0)
    assert controlled(quick, Control.FASTER, 100.0).speed == AT_ONCE
    assert controlled(player(speed=AT_ONCE), Control.FASTER, 100.0).speed == AT_ONCE
    assert controlled(player(speed=AT_ONCE), Control.SLOWER, 100.0).speed == 64.0
    assert controlled(player(speed=0.25), Control.SLOWER, 100.0).speed == 0.25


def test_at_the_end_it_pauses_and_plays_again_from_the_beginning() -> None:
    end = advanced(player(5), 200.0)
    assert (end.place, end.playing) == (6, False)
    assert moment(end, 300.0) == NOON + timedelta(seconds=745)
    again = controlled(end, Control.PLAY, 300.0)
    assert (again.place, again.playing, due_at(again)) == (1, True, 310.0)


@pytest.mark.parametrize(
    ("control", "place", "leads_to"),
    [
        (Control.NEXT_EVENT, 3, 4),
        (Control.PREVIOUS_EVENT, 3, 2),
        (Control.PREVIOUS_EVENT, 1, 1),
        (Control.NEXT_ITEM, 2, 5),
        (Control.NEXT_ITEM, 5, 5),
        (Control.PREVIOUS_ITEM, 4, 2),
        (Control.PREVIOUS_ITEM, 2, 2),
        (Control.NEXT_DECISION, 1, 3),
        (Control.PREVIOUS_DECISION, 6, 3),
        (Control.BEGINNING, 4, 1),
        (Control.END, 4, 6),
    ],
)
def test_a_control_leads_to_another_place(control: Control, place: int, leads_to: int) -> None:
    assert controlled(player(place), control, 103.0).place == leads_to


def test_a_step_pauses_and_a_jump_plays_on() -> None:
    assert not controlled(player(3), Control.NEXT_EVENT, 103.0).playing
    assert not controlled(player(3), Control.PREVIOUS_EVENT, 103.0).playing
    there = controlled(player(1), Control.NEXT_ITEM, 103.0)
    assert there.playing
    assert due_at(replace(there, place=1)) == 113.0


def test_a_jump_stays_within_the_record() -> None:
    assert jumped(player(), 0, 103.0).place == 1
    assert jumped(player(), 99, 103.0).place == 6


def test_a_clock_that_was_set_back_makes_no_pause() -> None:
    back = Timeline(times=after(60, 0, 10))
    assert back.pause(1) == timedelta()
    assert due_at(replace(player(), timeline=back)) == 100.0
