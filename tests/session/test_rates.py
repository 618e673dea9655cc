"""Token buckets whose capacity is the limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.limits import LIMITS, Limit, Rate
from boardroom_tui.session.rates import Bucket, Buckets, Exceeded, take

limits = st.builds(Limit, st.integers(1, 100), st.integers(1, 120))
pauses = st.lists(st.floats(0, 30), max_size=200)


def test_a_bucket_holds_its_limit_at_once_and_no_more():
    bucket = Bucket(Limit(5, 60))
    assert [take([bucket], 100.0) for _ in range(5)] == [None] * 5
    exceeded = take([bucket], 100.0)
    assert exceeded is not None
    assert exceeded.limit == Limit(5, 60)
    assert exceeded.wait == pytest.approx(12.0)


def test_a_bucket_refills_evenly():
    bucket = Bucket(Limit(5, 60))
    for _ in range(5):
        take([bucket], 0.0)
    assert take([bucket], 11.9) is not None
    assert take([bucket], 12.0) is None
    assert take([bucket], 12.0) is not None


def test_a_message_in_several_buckets_takes_from_all_or_from_none():
    roomy, tight = Bucket(Limit(2, 60)), Bucket(Limit(1, 60))
    assert take([roomy, tight], 0.0) is None
    assert take([roomy, tight], 0.0) == Exceeded(tight.limit, 60.0)
    assert take([roomy], 0.0) is None, "the refused message must have left the roomy bucket alone"


def test_of_several_empty_buckets_the_longest_wait_is_told():
    short, long = Bucket(Limit(1, 10)), Bucket(Limit(1, 60))
    take([short, long], 0.0)
    assert take([short, long], 5.0) == Exceeded(long.limit, 55.0)


def test_what_is_counted_in_no_bucket_is_never_over():
    assert take([], 0.0) is None


def test_buckets_are_idle_once_all_are_full_again():
    buckets = Buckets()
    assert buckets.idle(0.0)
    take([buckets[Rate.JOIN]], 0.0)
    assert not buckets.idle(11.9)
    assert buckets.idle(12.1)
    assert {rate: buckets[rate].limit for rate in Rate} == dict(LIMITS)


@given(limits, pauses)
def test_no_window_holds_more_than_the_capacity_and_what_was_refilled(
    limit: Limit, between: list[float]
):
    bucket = Bucket(limit)
    now, taken = 0.0, list[float]()
    for pause in between:
        now += pause
        if take([bucket], now) is None:
            taken.append(now)
    for first in range(len(taken)):
        for last in range(first, len(taken)):
            seconds = taken[last] - taken[first]
            refilled = seconds * limit.count / limit.seconds
            assert last - first + 1 <= limit.count + refilled + 1e-6


@given(limits, pauses)
def test_who_waits_as_long_as_told_is_let_in(limit: Limit, between: list[float]):
    bucket = Bucket(limit)
    now = 0.0
    for pause in between:
        now += pause
        exceeded = take([bucket], now)
        if exceeded is not None:
            now += exceeded.wait
            assert take([bucket], now) is None


@given(limits, st.integers(0, 200))
def test_a_sender_who_keeps_to_the_pace_is_never_refused(limit: Limit, messages: int):
    bucket = Bucket(limit)
    pace = limit.seconds / limit.count
    assert all(take([bucket], number * pace) is None for number in range(messages))
