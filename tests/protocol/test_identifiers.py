"""`123` and `meeting_123` are one thing (CONTRACT.md, Identifiers and channels)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.identifiers import (
    Channel,
    Kind,
    bare,
    channel,
    parse_channel,
    same,
    spellings,
)

NAMES = st.from_regex(r"[!-~]{1,40}", fullmatch=True)


@given(kind=st.sampled_from(Kind), name=NAMES)
def test_an_identifier_is_the_same_with_and_without_its_prefix(kind: Kind, name: str) -> None:
    plain = bare(kind, name)
    assert same(kind, plain, f"{kind}_{plain}")


@given(kind=st.sampled_from(Kind), name=NAMES, prefixes=st.integers(0, 2))
def test_its_spellings_are_all_that_are_the_same(kind: Kind, name: str, prefixes: int) -> None:
    others = [f"{kind}_" * count + bare(kind, name) for count in range(4)]
    found = spellings(kind, others[prefixes])
    assert {one for one in others if same(kind, one, others[prefixes])} == found


def test_only_the_own_kind_s_prefix_is_taken_off() -> None:
    assert bare(Kind.USER, "meeting_123") == "meeting_123"
    assert not same(Kind.DECISION, "user_1", "1")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("meeting:123", Channel(Kind.MEETING, "123")),
        ("meeting:meeting_123", Channel(Kind.MEETING, "123")),
        ("decision:decision_456", Channel(Kind.DECISION, "456")),
        ("user:789", Channel(Kind.USER, "789")),
        ("meeting:a:b", Channel(Kind.MEETING, "a:b")),
        ("room:1", None),
        ("meeting", None),
        ("meeting:", None),
        (":1", None),
        ("", None),
        ("Meeting:1", None),
    ],
)
def test_a_channel_is_a_kind_and_an_identifier(name: str, expected: Channel | None) -> None:
    assert parse_channel(name) == expected


@given(kind=st.sampled_from(Kind), name=NAMES)
def test_a_channel_is_read_back_from_its_name(kind: Kind, name: str) -> None:
    made = channel(kind, name)
    if made.identifier:
        assert parse_channel(f"{kind}:{name}") == made
