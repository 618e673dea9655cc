"""Addresses: what people write, what is connected to, what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.client.address import Address
from boardroom_tui.client.problem import Problem


def parsed(text: str) -> Address:
    address = Address.parse(text)
    assert isinstance(address, Address), address
    return address


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("", "wss://127.0.0.1:8765/ws"),
        ("board.example", "wss://board.example:8765/ws"),
        ("board.example:9000", "wss://board.example:9000/ws"),
        ("Board.Example.", "wss://board.example:8765/ws"),
        ("wss://board.example", "wss://board.example:443/ws"),
        ("wss://board.example/", "wss://board.example:443/ws"),
        ("wss://board.example/meetings/ws", "wss://board.example:443/meetings/ws"),
        ("WSS://board.example:1/ws", "wss://board.example:1/ws"),
        ("wss://[::1]:8765/ws", "wss://[::1]:8765/ws"),
        ("ws://localhost:8765/ws", "ws://localhost:8765/ws"),
        ("ws://127.0.0.1", "ws://127.0.0.1:80/ws"),
        ("wss://bücher.example/ws", "wss://xn--bcher-kva.example:443/ws"),
        ("wss://board.example/ws?room=a&token=T", "wss://board.example:443/ws?room=a"),
    ],
)
def test_an_address_is_completed(written: str, url: str) -> None:
    assert parsed(written).url == url


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("ws://board.example/ws", "only for this machine"),
        ("https://board.example/ws", "must begin with wss://"),
        ("wss://", "no host name"),
        ("wss://board example/ws", "blanks"),
        ("wss://board.example\n/ws", "control characters"),
        ("wss://board.example:99999/ws", "expected wss://HOST:PORT/ws"),
        ("wss://board.example:0/ws", "port"),
        ("wss://[::1/ws", "expected wss://HOST:PORT/ws"),
        ("wss://me:secret@board.example/ws", "user name"),
        ("wss://board.example/ws#top", "#"),
        ("wss://board.example/ws?meeting=a%20b", "identifier"),
        (f"wss://{'a' * 64}.example/ws", "no host name"),
    ],
)
def test_a_wrong_address_is_explained(written: str, words: str) -> None:
    problem = Address.parse(written)

    assert isinstance(problem, Problem)
    assert words in str(problem)
    assert "secret" not in str(problem)


def test_a_token_in_the_url_is_used_and_not_shown() -> None:
    address = parsed("wss://board.example/ws?token=SECRET&meeting=meeting_123")

    assert address.token == "SECRET"
    assert address.meeting_id == "meeting_123"
    assert address.url == "wss://board.example:443/ws"
    for shown in (str(address), repr(address), address.name):
        assert "SECRET" not in shown
        assert "meeting_123" not in address.url


def test_the_connection_sets_token_client_id_and_version_itself() -> None:
    address = parsed("wss://board.example/ws?clientId=theirs&version=9&a=b%26c")

    assert address.url_with("T+1", "mine") == (
        "wss://board.example:443/ws?a=b%26c&token=T%2B1&clientId=mine&version=1.0"
    )


@given(st.text())
def test_whatever_is_written_gives_an_address_or_a_problem(text: str) -> None:
    for written in (text, f"wss://{text}", f"wss://board.example/{text}"):
        address = Address.parse(written)
        if isinstance(address, Address):
            assert Address.parse(address.url) == parsed(address.url)
            assert parsed(address.url).url == address.url
