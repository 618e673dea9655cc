"""The server's estimate of the latency: never negative, never absurd."""

from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.session.latency import one_way_ms
from tests.session.script import at


def test_a_measured_round_trip_counts_half_whatever_the_clocks_say():
    assert one_way_ms("2027-01-15T11:00:00Z", 0.046, at(0)) == 23.0


def test_without_a_measurement_the_pings_age_is_taken():
    assert one_way_ms("2027-01-15T12:00:00.977Z", None, at(1)) == 23.0
    assert one_way_ms("2027-01-15T13:00:00.977+01:00", None, at(1)) == 23.0


def test_a_clock_that_is_off_gives_no_negative_and_no_absurd_latency():
    assert one_way_ms("2027-01-15T12:05:00Z", None, at(0)) == 0.0
    assert one_way_ms("2027-01-15T11:55:00Z", None, at(0)) == 0.0


def test_a_timestamp_that_is_no_time_gives_none():
    assert one_way_ms("noon", None, at(0)) == 0.0
    assert one_way_ms("2027-01-15T12:00:00", None, at(0)) == 0.0


@given(
    st.text(max_size=64)
    | st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat())
)
def test_whatever_a_client_writes_the_latency_is_within_bounds(timestamp: str):
    assert 0.0 <= one_way_ms(timestamp, None, at(0)) <= 10_000.0
