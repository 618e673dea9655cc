"""Frames that no client of ours would send: each costs at most the connection that it came on."""

import json
from pathlib import Path
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from tests.peers.reference_client import ReferenceClient
from tests.server.members import connected, error, join, say
from tests.server.running import UNLIMITED, charter, running_server

DEEP = 100_000
JOIN = '{"type":"meeting.join","data":{"meetingId":"123","x":%s}}'

UNREADABLE: dict[str, str | bytes] = {
    "nothing": "",
    "half of something": "{",
    "a list": "[]",
    "no data": '{"type":"meeting.join"}',
    "a type that is a number": '{"type":1,"data":{}}',
    "a key twice": '{"type":"meeting.join","data":{"meetingId":"123"},"data":{"meetingId":"9"}}',
    "a key twice, one escaped": JOIN % '{"id":1,"\\u0069d":2}',
    "a key twice, deep inside": JOIN % '[{"a":[{"b":1,"b":1}]}]',
    "not a number": JOIN % "NaN",
    "infinity": JOIN % "Infinity",
    "minus infinity": JOIN % "-Infinity",
    "ten thousand digits": JOIN % ("9" * 10_000),
    "minus ten thousand digits": JOIN % ("-" + "9" * 10_000),
    "lists in lists": JOIN % ("[" * DEEP + "]" * DEEP),
    "lists that never end": JOIN % ("[" * DEEP),
    "objects in objects": JOIN % ('{"a":' * 40_000 + "1" + "}" * 40_000),
    "half a surrogate pair": '{"type":"meeting.join","data":{"meetingId":"\\ud800"}}',
    "half a pair in a key": JOIN % '{"\\udfff":1}',
    "half a pair that is not read": JOIN % '"\\ud83d"',
    "a control character in a text": '{"type":"meeting.join","data":{"meetingId":"1\n23"}}',
    "another encoding's mark": "\ufeff" + JOIN % "1",
    "two messages": (JOIN % "1") * 2,
    "a binary frame": (JOIN % "1").encode(),
}


@pytest.mark.parametrize("name", UNREADABLE)
async def test_what_is_no_message_is_refused_and_the_connection_stays(
    tmp_path: Path, name: str
) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
    ):
        await ada.socket.send(UNREADABLE[name])
        assert error(await ada.receive()) == ("INVALID_MESSAGE", None)
        assert (await join(ada))["type"] == "meeting.participant.joined"


async def test_a_type_that_nobody_knows_is_named_and_the_connection_stays(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
    ):
        refused = await ada.ask("meeting.dance", {}, "1")
        assert error(refused) == ("INVALID_MESSAGE", None)
        assert "meeting.dance" in refused["data"]["message"]
        assert (await say(ada, "Still here", "2"))["type"] == "meeting.chat.message"


async def test_numbers_at_the_edge_of_what_is_read_do_no_harm(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False, limits=UNLIMITED) as server,
        connected(server, "user_ada") as ada,
    ):
        for number in ("9" * 4_300, "1e400", "-0", "1e-400", "0." + "0" * 10_000 + "1"):
            await ada.socket.send(JOIN % number)
        assert (await join(ada, "last"))["type"] == "meeting.participant.joined"


async def test_thirty_undecodable_frames_end_the_connection_for_good(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada") as ada,
    ):
        for _ in range(30):
            await ada.socket.send("{")
        failed = await ada.next("connection.error")
        assert failed["data"]["code"] == "INVALID_MESSAGE"
        assert (await ada.closed())[0] == 4500


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


def _frame(opcode: Opcode, content: bytes, **options: Any) -> bytes:
    return Frame(opcode, content, **options).serialize(mask=True)


BROKEN: dict[str, tuple[bytes, int]] = {
    "bytes that are no UTF-8": (_frame(Opcode.TEXT, b"\xff\xfe"), 1007),
    "an overlong slash": (_frame(Opcode.TEXT, b'{"a":"\xc0\xaf"}'), 1007),
    "a surrogate in UTF-8": (_frame(Opcode.TEXT, b'{"a":"\xed\xa0\x80"}'), 1007),
    "a character cut short": (_frame(Opcode.TEXT, b'{"a":"\xe2\x82'), 1007),
    "an unmasked frame": (Frame(Opcode.TEXT, b"{}").serialize(mask=False), 1002),
    "a reserved opcode": (b"\x83\x80\0\0\0\0", 1002),
    "a reserved bit": (b"\xa1\x80\0\0\0\0", 1002),
    "a continuation of nothing": (_frame(Opcode.CONT, b"{}"), 1002),
    "a ping in pieces": (b"\x09\x80\0\0\0\0", 1002),
    "a ping that is too long": (b"\x89\xfe\x00\x7e" + b"\0" * 130, 1002),
    "a length of eight exabytes": (b"\x81\xff" + b"\x7f" + b"\xff" * 7 + b"\0\0\0\0", 1009),
    "a length with its sign": (b"\x81\xff" + b"\xff" * 8 + b"\0\0\0\0", 1009),
    "a close code of nobody's": (_frame(Opcode.CLOSE, b"\x00\x01"), 1002),
    "half a close code": (_frame(Opcode.CLOSE, b"\x03"), 1002),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_what_is_no_websocket_costs_only_its_own_connection(
    tmp_path: Path, name: str
) -> None:
    raw, code = BROKEN[name]
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
        connected(server, "user_ben") as ben,
    ):
        ada.socket.transport.write(raw)
        assert (await ada.closed())[0] == code
        assert (await join(ben))["type"] == "meeting.participant.joined"


async def test_a_message_in_endless_pieces_of_nothing_is_cut_off(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
    ):
        await _pour(ada, _frame(Opcode.TEXT, b"{", fin=False))
        await _pour(ada, _frame(Opcode.CONT, b"", fin=False) * 200_000)
        assert (await ada.closed())[0] in (1002, 1008, 1009)


async def _pour(client: ReferenceClient, raw: bytes) -> None:
    client.socket.transport.write(raw)
