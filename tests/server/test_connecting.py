"""Coming in: tokens, TLS, origins, limits on connections, the handshake that always succeeds."""

import asyncio
import json
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from websockets.exceptions import InvalidStatus

from boardroom_tui.protocol.fields import Role
from boardroom_tui.server.server import BoardroomServer
from boardroom_tui.server.settings import Settings
from tests.peers.reference_client import reference_client
from tests.server.members import connected, error, join, say
from tests.server.running import RunningServer, charter, running_server


async def turned_away(server: RunningServer, address: str) -> tuple[str, bool, int]:
    """The error's code, whether it is retryable, and the close code."""
    async with reference_client(address, server.trust()) as client:
        failed = await client.receive()
        assert failed["type"] == "connection.error"
        code, _ = await client.closed()
        return failed["data"]["code"], failed["data"]["retryable"], code


async def test_without_a_token_the_reason_is_said_before_the_close(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        assert await turned_away(server, server.url) == ("AUTH_FAILED", False, 4501)


async def test_a_token_that_another_key_signed_is_refused(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "one") as one,
        running_server(charter(), tmp_path / "other") as other,
    ):
        address = f"{one.url}?token={other.token('user_ada')}"
        assert await turned_away(one, address) == ("AUTH_FAILED", False, 4501)


async def test_an_unsigned_token_is_refused(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        claims = jwt.decode(server.token("user_ada"), options={"verify_signature": False})
        address = f"{server.url}?token={jwt.encode(claims, '', algorithm='none')}"
        assert await turned_away(server, address) == ("AUTH_FAILED", False, 4501)


async def test_an_expired_token_is_told_apart_from_a_bad_one(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        earlier = datetime.now(UTC) - timedelta(hours=2)
        address = server.address("user_ada", issued=earlier)
        assert await turned_away(server, address) == ("AUTH_EXPIRED", True, 4401)


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


async def test_a_role_in_the_token_caps_the_one_in_the_file(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        reference_client(server.address("user_ada", role=Role.PARTICIPANT), server.trust()) as ada,
    ):
        ready = await ada.receive()
        assert ready["data"]["permissions"] == ["read", "write", "vote"]
        moved = {"meetingId": "123", "itemId": "item_1", "status": "in_progress"}
        refused = await ada.ask("meeting.agenda.set", moved, "1")
        assert error(refused) == ("PERMISSION_DENIED", None)


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


async def test_a_web_page_from_elsewhere_may_not_connect(tmp_path: Path) -> None:
    async with running_server(
        charter(), tmp_path, tls=False, origins=("https://board.example",)
    ) as server:
        address = server.address("user_ada")
        with pytest.raises(InvalidStatus) as refused:
            async with reference_client(address, None, origin="https://elsewhere.example"):
                pass
        assert refused.value.response.status_code == 403
        async with reference_client(address, None, origin="https://board.example") as ada:
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


async def test_one_user_has_only_so_many_connections(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, connections_per_user=2) as server,
        connected(server, "user_ada"),
        connected(server, "user_ada"),
    ):
        address = server.address("user_ada")
        assert await turned_away(server, address) == ("CONNECTION_ERROR", True, 1013)
        async with connected(server, "user_ben"):
            pass


async def test_one_address_has_only_so_many_connections(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path, connections_per_address=1) as server:
        async with connected(server, "user_ada"):
            address = server.address("user_ben")
            assert await turned_away(server, address) == ("CONNECTION_ERROR", True, 1013)
        async with asyncio.timeout(10):
            while await _is_full(server):
                pass


async def _is_full(server: RunningServer) -> bool:
    async with reference_client(server.address("user_ben"), server.trust()) as client:
        return (await client.receive())["type"] == "connection.error"


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


@pytest.mark.parametrize("text", ["x" * 300_000, "ü" * 140_000])
async def test_a_frame_over_the_size_limit_ends_the_connection_with_1009(
    tmp_path: Path, text: str
) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
    ):
        frame = {"type": "meeting.chat.message", "data": {"meetingId": "123", "message": text}}
        await ada.socket.send(json.dumps(frame, ensure_ascii=False))
        said = await ada.next("connection.error")
        assert said["data"]["code"] == "INVALID_MESSAGE"
        assert (await ada.closed())[0] == 1009


async def test_a_frame_beyond_all_measure_is_not_read_to_its_end(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
    ):
        await ada.send("meeting.chat.message", {"meetingId": "123", "message": "x" * 3_000_000})
        assert (await ada.closed())[0] == 1009


async def test_a_binary_frame_is_refused_and_the_connection_stays(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada") as ada,
    ):
        await ada.socket.send(b'{"type":"meeting.join","data":{"meetingId":"123"}}')
        assert error(await ada.receive()) == ("INVALID_MESSAGE", None)
        assert (await join(ada))["type"] == "meeting.participant.joined"


async def test_text_that_is_not_unicode_costs_only_that_connection(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada") as ada,
        connected(server, "user_ben") as ben,
    ):
        await ada.socket.send(b"\xff\xfe", text=True)
        assert (await ada.closed())[0] == 1007
        assert (await join(ben))["type"] == "meeting.participant.joined"
