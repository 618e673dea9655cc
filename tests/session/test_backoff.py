"""Exponential backoff with full jitter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.session.backoff import delay


@given(st.integers(1, 1_000_000), st.floats(0, 1, exclude_max=True))
def test_a_delay_is_never_shorter_than_1_s_or_longer_than_30(failures: int, random: float):
    assert 1.0 <= delay(failures, random) <= 30.0


@pytest.mark.parametrize(
    ("failures", "longest"), [(1, 2), (2, 4), (3, 8), (4, 16), (5, 30), (6, 30), (1000, 30)]
)
def test_the_longest_delay_doubles_until_30_s(failures: int, longest: float):
    assert delay(failures, 0.0) == 1.0
    assert delay(failures, 0.5) == (1 + longest) / 2
    assert delay(failures, 1.0) == longest
