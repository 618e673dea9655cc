"""A server that does what a test says, connection by connection."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.server import ServerConnection, serve

from boardroom_tui.protocol.catalogue import EXTENSIONS

Json = dict[str, Any]
Script = Callable[["Talk"], Awaitable[None]]


class Talk:
    """One connection, from the server's side."""

    def __init__(self, socket: ServerConnection) -> None:
        self.socket = socket

    @property
    def path(self) -> str:
        """What the client asked for, its token included."""
        assert self.socket.request is not None
        return self.socket.request.path

    async def say(self, kind: str, data: Json, correlation: str | None = None) -> None:
        """Send a message."""
        message: Json = {"type": kind, "data": data}
        if correlation is not None:
            message["metadata"] = {"correlationId": correlation}
        await self.socket.send(json.dumps(message))

    async def be_ready(self, **fields: Any) -> None:
        """Send `connection.ready` as our server does."""
        ready = {
            "sessionId": "session_1",
            "userId": "user_456",
            "permissions": ["read", "write", "vote"],
            "serverTime": "2027-01-15T10:30:00Z",
            "extensions": list(EXTENSIONS),
        }
        await self.say("connection.ready", {**ready, **fields})

    async def hear(self, kind: str) -> Json:
        """Wait for the next message of a type; those before it are passed over."""
        while True:
            message: Json = json.loads(await self.socket.recv())
            if message["type"] == kind:
                return message

    async def refuse(self, code: str, message: str, close: int) -> None:
        """Say why, and close."""
        await self.say("connection.error", {"code": code, "message": message, "retryable": True})
        await self.socket.close(close)


@asynccontextmanager
async def scripted(*scripts: Script) -> AsyncGenerator[str]:
    """Serve the first connection by the first script, and so on; the last serves all others."""
    waiting = list(scripts)

    async def converse(socket: ServerConnection) -> None:
        script = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        await script(Talk(socket))

    async with serve(converse, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}/ws"


def chat_line(request: Json) -> Json:
    """The message that a server makes of what was said."""
    return {
        "meetingId": request["data"]["meetingId"],
        "messageId": "msg_789",
        "userId": "user_456",
        "userName": "John Doe",
        "message": request["data"]["message"],
        "replyTo": None,
        "timestamp": "2027-01-15T10:31:00Z",
    }
