"""Coming in: TLS, what a client is told first, one connection a client, a token's end.

Who must not come in is tests/hostile.
"""

import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from boardroom_tui.server.server import BoardroomServer
from boardroom_tui.server.settings import Settings
from tests.peers.reference_client import reference_client
from tests.server.members import connected, error, join, say, turned_away
from tests.server.running import charter, running_server


async def test_without_a_token_the_reason_is_said_before_the_close(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        assert await turned_away(server, server.url) == ("AUTH_FAILED", False, 4501)


async def test_ready_tells_the_session_the_permissions_and_our_extensions(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        reference_client(server.address("user_otto"), server.trust()) as otto,
    ):
        ready = await otto.receive()
        assert ready["data"]["userId"] == "user_otto"
        assert ready["data"]["permissions"] == ["read", "write"]
        assert "meeting.state" in ready["data"]["extensions"]
        assert ready["data"]["expiresAt"].endswith("Z")


@pytest.mark.parametrize("version", ["1.0", "0.9", "2.0", "latest", ""])
async def test_any_version_is_answered_as_1_0(version: str, tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        reference_client(f"{server.address('user_ben')}&version={version}", server.trust()) as ben,
    ):
        ready = await ben.receive()
        joined = await join(ben)
        assert [one["metadata"]["version"] for one in (ready, joined)] == ["1.0", "1.0"]


async def test_nothing_is_sent_after_ready_until_the_client_speaks(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada") as ada,
        connected(server, "user_ben") as ben,
    ):
        await join(ada)
        opened = await ada.ask(
            "decision.open", {"meetingId": "123", "decisionId": "decision_123"}, "open"
        )
        assert opened["metadata"]["correlationId"] == "open"
        assert await ben.heard_by_now() == []


async def test_a_connection_speaks_tls_1_3_and_nothing_older(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        async with reference_client(server.address("user_ada"), server.trust()) as ada:
            channel = ada.socket.transport.get_extra_info("ssl_object")
            assert channel.version() == "TLSv1.3"
        older = server.trust()
        assert older is not None
        older.maximum_version = ssl.TLSVersion.TLSv1_2
        with pytest.raises(OSError):  # an alert, or a reset where there is none
            async with reference_client(server.address("user_ada"), older):
                pass


async def test_a_strict_verifier_accepts_the_certificate(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        strict = server.trust()
        assert strict is not None
        strict.verify_flags |= ssl.VerifyFlags.VERIFY_X509_STRICT
        async with reference_client(server.address("user_ada"), strict) as ada:
            assert (await ada.receive())["type"] == "connection.ready"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "wss://127.0.0.1:8765/ws"),  # not listened on here
        ("::", "wss://[::1]:8765/ws"),
        ("board.example", "wss://board.example:8765/ws"),
    ],
)
def test_a_server_on_every_address_of_a_family_names_that_family_s_loopback(
    tmp_path: Path, host: str, url: str
) -> None:
    assert BoardroomServer(Settings(charters=[charter()], data=tmp_path, host=host)).url == url


async def test_there_is_nothing_at_any_other_path(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path, tls=False) as server:
        elsewhere = server.url.removesuffix("/ws") + "/admin"
        with pytest.raises(InvalidStatus) as refused:
            async with reference_client(elsewhere, None):
                pass
        assert refused.value.response.status_code == 404


async def test_the_same_client_again_displaces_the_older_connection(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada", query="&clientId=desk") as older,
        connected(server, "user_ben", query="&clientId=desk") as stranger,
        connected(server, "user_ada", query="&clientId=desk") as newer,
    ):
        failed = await older.receive()
        assert failed["type"] == "connection.error"
        assert failed["data"]["code"] == "CONNECTION_ERROR"
        assert (await older.closed())[0] == 4509
        assert await stranger.heard_by_now() == []
        assert await newer.heard_by_now() == []


async def test_a_connection_ends_with_its_token(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada", ttl=timedelta(seconds=2)) as ada,
    ):
        failed = await ada.next("connection.error")
        assert failed["data"]["code"] == "AUTH_EXPIRED"
        assert (await ada.closed())[0] == 4401
        assert "connection.auth.expiring" in ada.unknown


async def test_a_renewed_token_keeps_the_connection_and_a_bad_one_changes_nothing(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada", ttl=timedelta(seconds=2)) as ada,
    ):
        refused = await ada.ask("connection.auth.refresh", {"token": "nonsense"}, "1")
        assert error(refused) == ("AUTH_FAILED", None)
        other = server.token("user_ben")
        refused = await ada.ask("connection.auth.refresh", {"token": other}, "2")
        assert error(refused) == ("AUTH_FAILED", None)
        await ada.send("connection.auth.refresh", {"token": server.token("user_ada")}, "3")
        while "connection.auth.refreshed" not in ada.unknown:
            await ada.heard_by_now()
        await join(ada)
        assert (await say(ada, "Still here", "4"))["type"] == "meeting.chat.message"
