"""Small frames that are large once inflated: cut at the size limit, without being inflated."""

import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.frames import Opcode

from tests.peers.reference_client import ReferenceClient
from tests.server.members import connected, join
from tests.server.running import charter, running_server

MEGABYTE = 1024 * 1024
BEGINNING = b'{"type":"meeting.chat.message","data":{"meetingId":"123","message":"'


def deflated(size: int) -> bytes:
    """A chat message of so many bytes as permessage-deflate has it, made without holding it."""
    deflate = zlib.compressobj(9, wbits=-15)
    piece = b"x" * min(size, MEGABYTE)
    pieces: Iterator[bytes] = (deflate.compress(piece) for _ in range(size // len(piece)))
    text = deflate.compress(BEGINNING) + b"".join(pieces) + deflate.compress(b'"}}')
    return (text + deflate.flush(zlib.Z_SYNC_FLUSH)).removesuffix(b"\x00\x00\xff\xff")


def frame(
    content: bytes, *, opcode: Opcode = Opcode.TEXT, first: bool = True, last: bool = True
) -> bytes:
    """A frame of a compressed message, masked with nothing."""
    head = (0x80 if last else 0) | (0x40 if first else 0) | opcode
    return bytes((head, 0x80 | 127)) + len(content).to_bytes(8, "big") + bytes(4) + content


async def pour(client: ReferenceClient, raw: bytes) -> None:
    """Send bytes as they are, past the WebSocket."""
    assert client.socket.protocol.extensions, "compression was not agreed on"
    client.socket.transport.write(raw)


async def test_a_frame_that_inflates_to_64_megabytes_is_cut_at_the_limit(tmp_path: Path) -> None:
    bomb = frame(deflated(64 * MEGABYTE))
    assert len(bomb) < 128 * 1024
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ben") as ben,
        connected(server, "user_ada") as ada,
    ):
        tracemalloc.start()
        try:
            before, _ = tracemalloc.get_traced_memory()
            await pour(ada, bomb)
            assert (await ada.closed())[0] == 1009
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert most - before < 8 * MEGABYTE
        assert (await join(ben))["type"] == "meeting.participant.joined"


@pytest.mark.parametrize("pieces", [2, 64])
async def test_a_bomb_in_pieces_is_cut_at_the_limit_of_the_whole(
    tmp_path: Path, pieces: int
) -> None:
    content = deflated(64 * MEGABYTE)
    size = len(content) // pieces + 1
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
    ):
        for number, part in enumerate(parts):
            first, last = number == 0, number == len(parts) - 1
            opcode = Opcode.TEXT if first else Opcode.CONT
            await pour(ada, frame(part, opcode=opcode, first=first, last=last))
        assert (await ada.closed())[0] == 1009


async def test_what_is_over_the_limit_once_inflated_is_told_why_it_was_too_much(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
    ):
        await pour(ada, frame(deflated(300 * 1024)))
        assert (await ada.next("connection.error"))["data"]["code"] == "INVALID_MESSAGE"
        assert (await ada.closed())[0] == 1009


async def test_what_is_no_compressed_text_costs_only_its_own_connection(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
        connected(server, "user_ben") as ben,
    ):
        await pour(ada, frame(b"\xff\xff\xff\xff"))
        assert (await ada.closed())[0] in (1002, 1007)
        assert (await join(ben))["type"] == "meeting.participant.joined"
