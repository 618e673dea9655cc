"""The hours in which no bell rings."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from boardroom_tui.ui.attention.quiet import QuietHours


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-26T{clock}:00+00:00")


@pytest.mark.parametrize(
    ("hours", "clock", "quiet"),
    [
        ("22:00-07:00", "21:59", False),
        ("22:00-07:00", "22:00", True),
        ("22:00-07:00", "03:00", True),
        ("22:00-07:00", "07:00", False),
        ("12:30-13:15", "12:30", True),
        ("12:30-13:15", "13:15", False),
        ("12:30-13:15", "23:00", False),
    ],
)
def test_it_is_quiet_from_the_beginning_until_the_end_over_midnight_too(
    hours: str, clock: str, quiet: bool
) -> None:
    known = QuietHours.read(hours)
    assert known is not None
    assert known.covers(at(clock), UTC) is quiet


def test_the_clock_is_that_of_the_user_s_own_zone() -> None:
    night = QuietHours.read("22:00-07:00")
    assert night is not None
    east = timezone(timedelta(hours=5, minutes=30))
    assert night.covers(at("17:00"), east)
    assert not night.covers(at("17:00"), UTC)


@pytest.mark.parametrize("text", ["", "22-7", "24:00-07:00", "22:00", "22:00-22:00", "22:60-07:00"])
def test_what_is_no_pair_of_times_of_day_is_none(text: str) -> None:
    assert QuietHours.read(text) is None


def test_blanks_and_a_dash_are_as_good() -> None:
    assert str(QuietHours.read("22:00 – 07:00")) == "22:00-07:00"
