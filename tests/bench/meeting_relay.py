"""A meeting for the measured client: `boardroom serve`, and a relay that adds to what it says.

The client joins, asks and is answered by the real server. What is measured is what the client does
with messages, so the relay puts them in itself, at a pace and a moment that no disk decides: the
server's own broadcasts, letter for letter, but not on its disk.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.frames import Frame, Opcode

from boardroom_tui.protocol.codec import encode
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.messages.meeting import ChatMessage
from tests.bench.remarks import SPEAKERS
from tests.command import boardroom, started

MEETING = "meeting_bench"
TITLE = "Quarterly meeting"
# The vote is in its last ten minutes from the beginning: its seconds count, and are drawn.
_FILE = f"""\
[meeting]
id = "{MEETING}"
title = "{TITLE}"
quorum = 1

[[agenda]]
id = "item_1"
title = "Opening"
minutes = 5

[[agenda]]
id = "item_2"
title = "Budget review"
minutes = 15

[[decision]]
id = "decision_budget"
item = "item_2"
title = "Approve the budget"
text = "That the budget as circulated be approved."
status = "voting"
deadline = "+590s"
"""
_MEMBER = """
[[member]]
id = "user_{name}"
name = "{title} Lind"
role = "{role}"
"""


class MeetingRelay:
    """Where the client connects to, and what it needs to come in."""

    def __init__(self, server_port: int, token: str) -> None:
        self.token = token
        self.port = 0
        self._server_port = server_port
        self._clients: set[asyncio.StreamWriter] = set()
        self._said = 0

    @property
    def url(self) -> str:
        """For `boardroom join`."""
        return f"ws://127.0.0.1:{self.port}/ws"

    def frames(self, remarks: Sequence[tuple[str, str]]) -> bytes:
        """Remarks in the meeting, each given as (speaker, words), as they go over the wire."""
        return b"".join(self._frame(speaker, words) for speaker, words in remarks)

    def send(self, frames: bytes) -> None:
        """Put them on the wire, in one write."""
        for client in self._clients:
            client.write(frames)

    def _frame(self, speaker: str, words: str) -> bytes:
        self._said += 1
        now = datetime.now(UTC)
        data = ChatMessage.Data(
            meeting_id=MEETING,
            message_id=f"msg_{self._said:016x}",
            user_id=f"user_{speaker}",
            user_name=f"{speaker.capitalize()} Lind",
            message=words,
            timestamp=now,
        )
        metadata = Metadata(timestamp=now, user_id=f"user_{speaker}", version="1.0")
        said = ChatMessage(id=f"evt_{self._said:016x}", data=data, metadata=metadata)
        return Frame(Opcode.TEXT, encode(said).encode()).serialize(mask=False)

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        there, back = await asyncio.open_connection("127.0.0.1", self._server_port)
        self._clients.add(writer)
        try:
            await asyncio.gather(_copy(reader, back), _copy(there, writer))
        finally:
            self._clients.discard(writer)


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while piece := await source.read(1 << 18):
            target.write(piece)
            await target.drain()
        target.close()
    except ConnectionError:
        target.transport.abort()


@asynccontextmanager
async def meeting_relay(home: Path) -> AsyncGenerator[MeetingRelay]:
    """A meeting in session, an item in progress and a vote open, its files under `home`."""
    file, ready, data = home / "meeting.toml", home / "ready.json", home / "data"
    members = (
        _MEMBER.format(
            name=name, title=name.capitalize(), role="participant" if place else "facilitator"
        )
        for place, name in enumerate(SPEAKERS)
    )
    file.write_text(_FILE + "".join(members))
    server = await started(
        *("serve", "--meeting", str(file), "--data", str(data), "--no-tls"),
        *("--port", "0", "--ready-file", str(ready)),
        home=home,
    )
    try:
        async with asyncio.timeout(30):
            while not ready.exists():
                await asyncio.sleep(0.02)
        url: str = json.loads(ready.read_text())["url"]
        port = urlsplit(url).port
        assert port is not None
        await _open(port, await _token(home, data, SPEAKERS[0]))
        relay = MeetingRelay(port, await _token(home, data, SPEAKERS[1]))
        listening = await asyncio.start_server(relay.pass_on, "127.0.0.1", 0)
        relay.port = listening.sockets[0].getsockname()[1]
        async with listening:
            yield relay
    finally:
        server.terminate()
        await server.communicate()


async def _token(home: Path, data: Path, name: str) -> str:
    arguments = ("token", "--data", str(data), "--user", f"user_{name}", "--name", name)
    printed = await asyncio.to_thread(boardroom, *arguments, home=home)
    assert printed.returncode == 0, printed.stderr
    return printed.stdout.strip()


async def _open(port: int, token: str) -> None:
    """Call the meeting to order and take up its second item, as its chair."""
    url = f"ws://127.0.0.1:{port}/ws?token={token}&clientId=chair&version=1.0"
    item = {"meetingId": MEETING, "itemId": "item_2", "status": "in_progress"}
    asked = (
        ("meeting.join", {"meetingId": MEETING}),
        ("meeting.phase.set", {"meetingId": MEETING, "phase": "in_session"}),
        ("meeting.agenda.set", item),
    )
    async with connect(url, compression=None) as chair:
        for place, (kind, data) in enumerate(asked):
            await chair.send(json.dumps({"id": f"chair-{place}", "type": kind, "data": data}))
        async with asyncio.timeout(10):
            while b'"in_progress"' not in await chair.recv(decode=False):
                pass
