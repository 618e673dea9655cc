"""Each target of the fuzzer for a moment: what it promises holds for anything at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=2_000))
def test_nothing_breaks_what_it_promises(name: str, data: bytes) -> None:
    TARGETS[name](data)
