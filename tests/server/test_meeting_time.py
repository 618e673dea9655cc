"""A meeting's time on clocks that are set, run on, and sleep."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.moment import Moment
from boardroom_tui.server.meeting_time import MeetingTime

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
HOURS = st.floats(-30, 30)


def moment(wall: float, passed: float) -> Moment:
    """So many seconds after noon on the wall, and on the clock that nobody sets."""
    return Moment(NOON + timedelta(seconds=wall), passed)


def test_a_clock_that_nobody_sets_is_followed_to_the_letter() -> None:
    time = MeetingTime("meeting_1", None, moment(0, 0))
    # The two are read one after the other, and one may run a little faster.
    for wall, passed in ((1, 1.2), (2, 1.9), (3_600, 3_600.7), (3_600, 3_600.7)):
        assert time.at(moment(wall, passed)) == NOON + timedelta(seconds=wall)


def test_a_machine_that_slept_is_where_the_wall_s_clock_is() -> None:
    time = MeetingTime("meeting_1", None, moment(0, 0))
    assert time.at(moment(8 * 3_600, 5)) == NOON + timedelta(hours=8)


def test_after_a_clock_was_set_back_time_goes_on_until_the_wall_s_has_caught_up() -> None:
    time = MeetingTime("meeting_1", NOON + timedelta(hours=1), moment(0, 0))
    assert time.at(moment(60, 60)) == NOON + timedelta(hours=1, minutes=1)
    assert time.at(moment(2 * 3_600, 120)) == NOON + timedelta(hours=2)


@given(st.lists(st.tuples(HOURS, st.floats(0, 3_600)), max_size=20))
def test_whatever_is_done_to_the_clock_time_goes_neither_back_nor_slower(
    steps: list[tuple[float, float]],
) -> None:
    time = MeetingTime("meeting_1", None, moment(0, 0))
    passed, set_by, last = 0.0, 0.0, NOON
    for hours, seconds in steps:
        passed += seconds
        set_by += hours * 3_600
        now = time.at(moment(passed + set_by, passed))
        # Within what two clocks may differ by without anybody having set one.
        assert now - last >= timedelta(seconds=max(0.0, seconds - 2))
        last = now
