"""HTTP requests that no client of ours would make."""

import asyncio
from pathlib import Path

import pytest

from tests.hostile.raw import UPGRADE, place
from tests.server.running import RunningServer, charter, running_server


async def answer(server: RunningServer, request: bytes) -> bytes:
    """The first line of what the server says to some bytes; nothing if it only hangs up."""
    reader, writer = await asyncio.open_connection(*place(server))
    try:
        async with asyncio.timeout(10):
            writer.write(request)
            return (await reader.readline()).strip()
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/", b"404"),
        ("/ws/..", b"404"),
        ("/WS", b"404"),
        ("//[/ws", b"404"),
        ("//\u2100/ws", b"400"),
        ("http://[::1/ws", b"404"),
        ("/ws?" + "&".join("token=" for _ in range(2_000)), b"414"),
        ("/ws?" + "x" * 100_000, b"414"),
    ],
)
async def test_an_address_of_nothing_is_answered_without_a_trace_of_trouble(
    tmp_path: Path, target: str, status: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with running_server(charter(), tmp_path, tls=False) as server:
        line = await answer(server, f"GET {target} HTTP/1.1\r\n{UPGRADE}\r\n".encode())
        assert line[9:12] in (status, b"")
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"POST /ws HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"GET /ws HTTP/1.1\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
        b"GET /ws HTTP/1.1\r\nX: " + b"y" * 1_000_000,
        b"GET /ws HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\0" * 100_000,
    ],
)
async def test_what_is_no_handshake_is_refused_and_members_come_in(
    tmp_path: Path, request_: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with running_server(charter(), tmp_path, tls=False, open_seconds=0.5) as server:
        line = await answer(server, request_)
        assert line == b"" or line[9:10] == b"4", line
        line = await answer(server, f"GET /ws HTTP/1.1\r\n{UPGRADE}\r\n".encode())
        assert line == b"HTTP/1.1 101 Switching Protocols"
    assert "Traceback" not in caplog.text
