"""What a program gives to get in, and what is refused before any connection."""

from pathlib import Path
from typing import Any

import pytest
from boardroom_ws import AsyncBoardroomWebSocket, BoardroomWebSocket

from boardroom_tui.client.address import Address
from boardroom_tui.client.known_servers import KnownServers
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.tokens import GivenToken
from boardroom_tui.client.trust import Authorities, Pinned
from boardroom_tui.sdk import access
from boardroom_tui.sdk.access import CalledToken, tokens_of, trust_in

URL = "wss://127.0.0.1:8765/ws"


@pytest.mark.parametrize("kind", [BoardroomWebSocket, AsyncBoardroomWebSocket])
@pytest.mark.parametrize(
    ("url", "settings", "complaint"),
    [
        ("https://example.org", {"token": "T"}, "must begin with wss://"),
        ("ws://example.org/ws", {"token": "T"}, "not encrypted"),
        (URL, {"token": "a b"}, "token holds something that is not a token"),
        (URL, {"token": ""}, "token holds no token"),
        (URL, {"token": "T", "meeting": "two words"}, "meeting: no identifier"),
        (URL, {"token": "T", "client_id": "\x1b"}, "client_id: no identifier"),
        (URL, {"token": "T", "role": "king"}, "'king' is not a valid Role"),
    ],
)
def test_a_wrong_setting_is_named(
    kind: type[BoardroomWebSocket] | type[AsyncBoardroomWebSocket],
    url: str,
    settings: dict[str, Any],
    complaint: str,
) -> None:
    with pytest.raises(ValueError, match=complaint):
        kind(url, **settings)


def test_a_token_may_be_left_to_the_address_or_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOARDROOM_TOKEN", "from-the-environment")
    assert tokens_of(Address(token="from-the-url"), None) == GivenToken("from-the-url")
    assert tokens_of(Address(), None) == GivenToken("from-the-environment")
    assert tokens_of(Address(), "given") == GivenToken("given")


def test_a_function_is_asked_each_time_and_may_fail_without_ending_anything() -> None:
    answers = ["first", "second", 3]

    def token() -> object:
        if not answers:
            raise ConnectionError("no network")
        return answers.pop(0)

    source = CalledToken(token)
    assert source.renewable
    assert [source.read(), source.read()] == ["first", "second"]
    assert source.read() == Problem("the function yields no token but int")
    assert source.read() == Problem("no token: ConnectionError in the function that yields it")


def test_a_server_that_join_was_told_to_trust_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "boardroom" / "known_servers"
    monkeypatch.setattr(access, "default_path", lambda: path)
    assert trust_in(Address(), None) == Authorities()
    fingerprint = ":".join(["AB"] * 32)
    assert KnownServers(path).trust(Address(), fingerprint) is None
    assert trust_in(Address(), None) == Pinned(fingerprint)
    assert trust_in(Address(), "ca.pem") == Authorities(Path("ca.pem"))
