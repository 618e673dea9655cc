"""How often news is drawn, by a clock of the test's own."""

from boardroom_tui.ui.pace import CALM, FLOOD, LONGEST, LOOK, PAUSE, TORRENT, Pace

POURS = TORRENT // 100 + 1
"""At each look, and at once."""


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def flooded(clock: Clock) -> Pace:
    """A pace after the drawing of a flood that took as long as a pause."""
    pace = Pace(clock)
    take(pace, FLOOD + 1)
    pace.draw()
    clock.now += PAUSE
    pace.drawn()
    return pace


def take(pace: Pace, count: int) -> None:
    for _ in range(count):
        pace.take()


def silent_until_drawn(clock: Clock, pace: Pace) -> float:
    """The seconds until it is drawn, where nothing more comes."""
    began = clock.now
    while wait := pace.wait():
        assert wait <= LOOK
        clock.now += wait
    return clock.now - began


def test_what_comes_singly_is_drawn_at_once() -> None:
    pace = Pace(Clock())
    take(pace, FLOOD)
    pace.draw()
    assert pace.wait() == 0


def test_in_a_flood_the_next_drawing_waits_and_what_comes_long_after_it_does_not() -> None:
    clock = Clock()
    pace = Pace(clock)
    take(pace, FLOOD + 1)
    pace.draw()
    assert 0 < pace.wait() <= PAUSE + 1e-9
    clock.now += PAUSE + 1e-9
    assert pace.wait() == 0


def test_while_a_flood_goes_on_three_quarters_of_the_time_are_left_for_it() -> None:
    clock = Clock()
    pace = flooded(clock)
    drawn = clock.now
    while True:
        take(pace, 1)
        wait = pace.wait()
        if not wait:
            break
        assert wait <= LOOK + 1e-9
        clock.now += wait
    assert 3 * PAUSE - 1e-6 <= clock.now - drawn <= 3 * PAUSE + LOOK


def test_a_flood_is_seen_to_go_on_however_long_a_drawing_takes() -> None:
    clock = Clock()
    pace = Pace(clock)
    take(pace, FLOOD + 1)
    pace.draw()
    clock.now += LONGEST
    pace.drawn()
    take(pace, FLOOD + 1)
    assert pace.wait() == 0


def test_the_end_of_a_flood_is_drawn_after_a_few_looks() -> None:
    clock = Clock()
    pace = flooded(clock)
    take(pace, FLOOD + 1)
    assert 0 < silent_until_drawn(clock, pace) <= CALM * LOOK + 1e-9


def test_a_flood_that_falters_for_a_look_goes_on_and_a_single_message_ends_it_no_later() -> None:
    clock = Clock()
    pace = flooded(clock)
    for _ in range(10):
        take(pace, 1)
        for _ in range(CALM):
            wait = pace.wait()
            assert 0 < wait <= LOOK
            clock.now += wait
    take(pace, 1)
    assert 0 < silent_until_drawn(clock, pace) <= CALM * LOOK + 1e-9


def test_of_a_torrent_hardly_more_than_its_end_is_drawn_while_one_sees_that_it_goes_on() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(2):
        began = clock.now
        while True:
            pace.take(POURS)
            wait = pace.wait()
            if not wait:
                break
            assert wait <= LOOK + 1e-9
            clock.now += wait
        assert LONGEST - 1e-6 <= clock.now - began <= LONGEST + LOOK
        pace.draw()
        pace.drawn()
        clock.now += PAUSE + 1e-9
    pace.take(POURS)
    assert 0 < silent_until_drawn(clock, pace) <= CALM * LOOK + 1e-9


def test_what_comes_together_after_a_silence_is_drawn_after_a_few_looks() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.take()
    pace.draw()
    clock.now += PAUSE
    pace.drawn()
    pace.take(POURS)
    assert 0 < silent_until_drawn(clock, pace) <= CALM * LOOK + 1e-9


def test_a_flood_that_has_time_to_be_read_is_drawn_however_long_it_goes_on() -> None:
    clock = Clock()
    pace = flooded(clock)
    began = clock.now
    for _ in range(1000):
        take(pace, 1)
        if not pace.wait():
            break
        clock.now += 2 / TORRENT
    assert clock.now - began <= LONGEST - PAUSE
