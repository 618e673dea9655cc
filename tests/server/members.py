"""Members who have come in, for tests that begin in the middle of a meeting."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from tests.peers.reference_client import PATIENCE, Data, ReferenceClient, reference_client
from tests.server.running import RunningServer

MEETING = "meeting_123"
DECISION = "decision_123"


@asynccontextmanager
async def connected(
    server: RunningServer, user_id: str, *, query: str = "", **token: Any
) -> AsyncGenerator[ReferenceClient]:
    """A client that has been told that it is ready."""
    address = server.address(user_id, **token) + query
    async with reference_client(address, server.trust()) as client:
        assert (await client.receive())["type"] == "connection.ready"
        yield client


@asynccontextmanager
async def present(
    server: RunningServer, *user_ids: str
) -> AsyncGenerator[tuple[ReferenceClient, ...]]:
    """Clients that have joined the meeting, and have read all that came of it."""
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(connected(server, one)) for one in user_ids]
        for client in clients:
            await join(client)
        for client in clients:
            await client.heard_by_now()
        yield tuple(clients)


async def join(client: ReferenceClient, message_id: str = "join", **data: Any) -> Data:
    """Join the meeting; the client's own `joined`, or the error."""
    return await client.ask("meeting.join", {"meetingId": MEETING, **data}, message_id)


async def say(client: ReferenceClient, text: str, message_id: str, **data: Any) -> Data:
    """Say something; the client's own copy, or the error."""
    said = {"meetingId": MEETING, "message": text, **data}
    return await client.ask("meeting.chat.message", said, message_id)


async def vote(client: ReferenceClient, choice: str, message_id: str, **data: Any) -> Data:
    """Vote; the receipt, or the error."""
    cast = {"decisionId": DECISION, "vote": choice, **data}
    answer = await client.ask("decision.vote.cast", cast, message_id)
    while answer["type"] == "decision.vote.update":  # the own copy of an earlier vote's tally
        answer = await client.receive()
    return answer


async def ask(client: ReferenceClient, kind: str, data: Data, message_id: str) -> Data:
    """Send a message and wait for its answer, which may be of one of our own types."""
    await client.send(kind, data, message_id)
    async with asyncio.timeout(PATIENCE):
        while True:
            heard: Data = json.loads(await client.socket.recv())
            if heard["metadata"].get("correlationId") == message_id:
                return heard


async def everything(client: ReferenceClient) -> list[Data]:
    """What `heard_by_now` gives, and what is of our own types."""
    stamp = f"now-{id(object())}"
    await client.send("connection.heartbeat.ping", {"timestamp": stamp})
    messages: list[Data] = []
    async with asyncio.timeout(PATIENCE):
        while True:
            heard: Data = json.loads(await client.socket.recv())
            if heard["type"] == "connection.heartbeat.pong":
                if heard["data"]["timestamp"] == stamp:
                    return messages
                continue
            messages.append(heard)


def error(message: Data) -> tuple[str, str | None]:
    """The code of an error, and the reason in its details."""
    assert message["type"] == "error", message
    return message["data"]["code"], message["data"].get("details", {}).get("reason")


def types(messages: list[Data]) -> list[str]:
    """The messages' types, in order."""
    return [message["type"] for message in messages]


async def turned_away(server: RunningServer, address: str) -> tuple[str, bool, int]:
    """A refused connection's error code, whether it is retryable, and the close code."""
    async with reference_client(address, server.trust()) as client:
        failed = await client.receive()
        assert failed["type"] == "connection.error"
        code, _ = await client.closed()
        return failed["data"]["code"], failed["data"]["retryable"], code
