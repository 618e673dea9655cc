"""How often news is drawn, by a clock of the test's own."""

from boardroom_tui.ui.pace import FLOOD, PAUSE, Pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_what_comes_singly_is_drawn_at_once() -> None:
    pace = Pace(Clock())
    for _ in range(FLOOD):
        pace.take()
    pace.draw()
    assert pace.pause == 0


def test_in_a_flood_the_next_drawing_waits_and_what_comes_long_after_it_does_not() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(FLOOD + 1):
        pace.take()
    pace.draw()
    assert 0 < pace.pause <= PAUSE + 1e-9
    clock.now += PAUSE + 1e-9
    assert pace.pause == 0
