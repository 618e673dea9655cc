"""Whatever a message says is what the other end hears."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardroom_tui.protocol.catalogue import CLIENT_TYPES, SERVER_TYPES
from boardroom_tui.protocol.codec import decode_client, decode_server, encode
from tests.protocol.strategies import frames

PROPERTY = settings(max_examples=25)


@pytest.mark.parametrize("name", CLIENT_TYPES)
@given(data=st.data())
@PROPERTY
def test_a_client_message_of_any_content_survives_the_wire(name: str, data: st.DataObject) -> None:
    message = decode_client(data.draw(frames(CLIENT_TYPES[name].__name__)))
    assert isinstance(message, CLIENT_TYPES[name]), message
    assert decode_client(encode(message)) == message


@pytest.mark.parametrize("name", SERVER_TYPES)
@given(data=st.data())
@PROPERTY
def test_a_server_message_of_any_content_survives_the_wire(name: str, data: st.DataObject) -> None:
    message = decode_server(data.draw(frames(SERVER_TYPES[name].__name__)))
    assert isinstance(message, SERVER_TYPES[name]), message
    assert decode_server(encode(message)) == message
