"""Each target of the fuzzer for a moment: what it promises holds for anything at all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.catalogue import CLIENT_TYPES, SERVER_TYPES
from boardroom_tui.protocol.codec import decode_client, decode_server
from tests.fuzz.frames import templates
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=2_000))
def test_nothing_breaks_what_it_promises(name: str, data: bytes) -> None:
    TARGETS[name](data)


def test_every_type_is_changed_from_an_example_that_is_one() -> None:
    for direction, types, decode in (
        ("client", CLIENT_TYPES, decode_client),
        ("server", SERVER_TYPES, decode_server),
    ):
        decoded = {type(decode(json.dumps(one))) for one in templates(direction)}
        assert decoded == set(types.values())
