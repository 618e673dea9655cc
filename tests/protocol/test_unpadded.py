"""Unpadded base64, in which each content has one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.unpadded import decoded, encoded


@given(st.binary())
def test_what_is_encoded_is_decoded(content: bytes) -> None:
    assert decoded(encoded(content)) == content


@pytest.mark.parametrize("text", ["QR", "QQ==", "Q", "Q Q", "QQ\n", "-_", "é"])
def test_what_nothing_is_encoded_as_is_refused(text: str) -> None:
    """`QR` has a bit set behind its one byte, which lenient readers take for `QQ`."""
    assert decoded(text) is None
