"""The head of a record: its signature, and the code that is printed and typed again."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.heads import HeadSigner, head_code, is_signed, read_code
from tests.record.examples import MEETING, START

HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)


def test_a_head_carries_a_signature_that_anybody_can_check() -> None:
    head = HeadSigner(Ed25519PrivateKey.generate()).sign(MEETING, 42, "ab" * 32, START)
    assert is_signed(head)


@pytest.mark.parametrize(
    ("field", "value"),
    [("meeting_id", "meeting_124"), ("sequence", 43), ("hash", "ac" + "ab" * 31)],
)
def test_a_signature_is_for_one_head_alone(field: str, value: object) -> None:
    head = HeadSigner(Ed25519PrivateKey.generate()).sign(MEETING, 42, "ab" * 32, START)
    assert not is_signed(head.model_copy(update={field: value}))


def test_a_signature_of_another_key_does_not_pass() -> None:
    one, other = (HeadSigner(Ed25519PrivateKey.generate()) for _ in range(2))
    head = one.sign(MEETING, 42, "ab" * 32, START)
    forged = other.sign(MEETING, 42, "ab" * 32, START)
    assert not is_signed(head.model_copy(update={"public_key": forged.public_key}))
    assert not is_signed(head.model_copy(update={"public_key": "A" * 43}))


def test_a_code_is_short_enough_to_read_out() -> None:
    assert str(head_code(42, "00" * 9 + "ff" + "00" * 22)) == "42 AAAA-AAAA-AAAA-AAH7"


@given(st.integers(1, 10**9), HASHES)
def test_a_code_is_read_as_it_is_shown(sequence: int, hash_: str) -> None:
    code = head_code(sequence, hash_)
    assert read_code(str(code)) == code


@pytest.mark.parametrize(
    "typed",
    ["42 aaaa-aaaa-aaaa-aah7", "42-AAAAAAAAAAAAAAH7", " 42: AAAA AAAA AAAA AAH7 "],
)
def test_a_code_is_read_however_it_is_grouped(typed: str) -> None:
    assert read_code(typed) == head_code(42, "00" * 9 + "ff" + "00" * 22)


@pytest.mark.parametrize(
    "typed", ["", "42", "AAAA-AAAA-AAAA-AAH7", "42 AAAA-AAAA-AAAA-AAH", "42 AAAA-AAAA-AAAA-AA17"]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@given(HASHES, HASHES)
def test_other_hashes_have_other_codes(one: str, other: str) -> None:
    assert (one[:20] == other[:20]) == (head_code(1, one) == head_code(1, other))
