"""Private mail outlives the server that took it in, and the process that vanishes loses none."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.e2e.served import Served, served
from tests.peers.reference_client import reference_client
from tests.server.correspondents import Correspondent, Device


@asynccontextmanager
async def connected(server: Served, device: Device) -> AsyncGenerator[Correspondent]:
    """A device that is published over a connection of its own."""
    trust = await asyncio.to_thread(ssl.create_default_context, cafile=server.ca)
    address = f"{server.url}?token={server.token(device.user_id)}"
    async with reference_client(address, trust) as client:
        one = Correspondent(client, device)
        await one.next("connection.ready")
        assert (await one.publish(5, fallback=True))["type"] == "device.published"
        yield one


async def test_what_a_killed_server_had_accepted_is_delivered_once_it_is_back(
    tmp_path: Path,
) -> None:
    ada, ben = Device("user_ada"), Device("user_ben")
    async with served(tmp_path) as server:
        async with connected(server, ben):
            pass
        async with connected(server, ada) as writer:
            letter = writer.letter(ben, meetingId="meeting_q3")
            accepted = await writer.ask("private.send", letter, "once")
            assert accepted["type"] == "private.accepted"
            await server.kill()
    async with served(tmp_path) as again, connected(again, ada) as writer:
        assert (await writer.ask("private.send", letter, "once"))["data"] == accepted["data"]
        async with connected(again, ben) as reader:
            message = await reader.next("private.message")
            assert message["messageId"] == accepted["data"]["messageId"]
            assert message["body"] == letter["body"]
            await reader.acknowledge(message["messageId"])
            assert await reader.mail_by_now() == []
