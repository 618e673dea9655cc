"""A strict client that knows the reference alone (websocket-api.md), for tests.

It shares no code with the program: it reads and writes plain JSON, sends only what the reference
names, and checks that what the server says has the form that the reference gives it.
"""

import asyncio
import json
import re
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE = 10.0
"""Seconds after which a test has failed."""

Data = dict[str, Any]

FIELDS: Mapping[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "connection.ready": "sessionId userId permissions serverTime",
        "connection.error": "code message retryable",
        "connection.heartbeat.pong": "timestamp latency",
        "meeting.participant.joined": "meetingId participant totalParticipants",
        "meeting.participant.left": "meetingId participant totalParticipants",
        "meeting.chat.message": "meetingId messageId userId userName message replyTo timestamp",
        "meeting.agenda.update": "meetingId currentItem totalItems itemDetails",
        "decision.vote.received": "decisionId voteId status timestamp",
        "decision.vote.update": "decisionId voteSummary status",
        "decision.result": "decisionId result finalVotes completedAt",
        "presence.changed": "userId status lastSeen",
        "presence.list": "roomId users",
        "notification.send": "notificationId priority title message category actions",
        "collaboration.cursor.update": "documentId userId userName color position",
        "collaboration.typing.update": "roomId userId userName isTyping",
        "error": "code message",
        "subscription.update": "subscribed failed",
    }.items()
}
"""The fields that the reference gives each type, but for those that may be missing."""

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


class ReferenceClient:
    """One connection: everything that comes is kept in order, and waited for by type."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.unknown: list[str] = []
        """Types beyond the reference, which a client ignores."""

    async def send(self, kind: str, data: Data, message_id: str | None = None) -> None:
        """Send a message as the reference's examples do: a type and data, and an id if given."""
        message: Data = {"type": kind, "data": data}
        if message_id is not None:
            message["id"] = message_id
        await self._socket.send(json.dumps(message))

    async def receive(self) -> Data:
        """The next message of the reference's types."""
        while True:
            async with asyncio.timeout(PATIENCE):
                frame = await self._socket.recv()
            assert isinstance(frame, str), "the protocol uses text frames"
            message: Data = json.loads(frame)
            _check_envelope(message)
            if message["type"] in FIELDS:
                missing = FIELDS[message["type"]] - message["data"].keys()
                assert not missing, f"{message['type']} lacks {missing}"
                return message
            self.unknown.append(message["type"])

    async def next(self, kind: str) -> Data:
        """The next message of this type; others before it are passed over."""
        while True:
            message = await self.receive()
            if message["type"] == kind:
                return message

    async def ask(self, kind: str, data: Data, message_id: str) -> Data:
        """Send a message and wait for the first one that names it."""
        await self.send(kind, data, message_id)
        while True:
            message = await self.receive()
            if message["metadata"].get("correlationId") == message_id:
                return message

    async def heard_by_now(self) -> list[Data]:
        """Everything that came before the answer to a heartbeat sent now."""
        stamp = f"now-{id(object())}"
        await self.send("connection.heartbeat.ping", {"timestamp": stamp})
        heard: list[Data] = []
        while True:
            message = await self.receive()
            if message["type"] == "connection.heartbeat.pong":
                if message["data"]["timestamp"] == stamp:
                    return heard
                continue
            heard.append(message)

    async def closed(self) -> tuple[int, str]:
        """The code and the reason with which the connection ends; what still comes is dropped."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self._socket.recv()
        except ConnectionClosed:
            return self._socket.close_code or 0, self._socket.close_reason or ""

    async def close(self) -> None:
        """Take one's leave: 1000."""
        await self._socket.close()

    def drop(self) -> None:
        """Be cut off without a word."""
        self._socket.transport.abort()

    @property
    def socket(self) -> ClientConnection:
        """The WebSocket itself, for tests of what no good client does."""
        return self._socket


def _check_envelope(message: Data) -> None:
    """The standard structure of every message (websocket-api.md, Message Format)."""
    assert isinstance(message.get("id"), str)
    assert isinstance(message.get("type"), str)
    assert isinstance(message.get("data"), dict)
    assert isinstance(message.get("metadata"), dict)
    metadata: Data = message["metadata"]
    assert metadata["version"] == "1.0"
    assert TIME.fullmatch(metadata["timestamp"])


@asynccontextmanager
async def reference_client(
    address: str, trust: ssl.SSLContext | None, **options: Any
) -> AsyncGenerator[ReferenceClient]:
    """A client at this address, with the token in it; closed with 1000 in the end."""
    # With any number unread: what nobody reads would hold up the closing, for ten seconds each.
    options = {"max_queue": None, **options}
    async with connect(address, ssl=trust, proxy=None, **options) as socket:
        yield ReferenceClient(socket)
