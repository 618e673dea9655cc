"""Fan-out: chat messages to N clients, beside a bare `websockets` broadcast in the same run.

    python -m tests.bench.fan_out [--clients 200] [--messages 500]

Each server runs in a process of its own and the clients in this one, over plain sockets on the
loopback. A sender keeps sixteen messages on the way. Boardroom validates each message, checks
who may send it, writes it to disk and only then delivers it; the bare server echoes the frame.
The figures are deliveries per second of wall time and per second of the server's CPU.
"""

import argparse
import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from tests.bench.server_process import ServerProcess, served

ON_THE_WAY = 16
TEXT = "The figures for the third quarter are on page twelve; they are better than planned."


@dataclass(frozen=True, slots=True)
class Figures:
    """What one server did."""

    deliveries: int
    wall_seconds: float
    cpu_seconds: float

    @property
    def per_second(self) -> float:
        """Deliveries per second of wall time."""
        return self.deliveries / self.wall_seconds

    @property
    def per_cpu_second(self) -> float:
        """Deliveries per second of the server's CPU."""
        return self.deliveries / self.cpu_seconds


class Listener:
    """One client: counts the chat messages that reach it."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.count = 0
        self.heard = asyncio.Event()

    async def listen(self, wanted: int) -> None:
        """Count until `wanted` messages have come."""
        while self.count < wanted:
            frame = await self.connection.recv(decode=False)
            if b'"meeting.chat.message"' in frame:
                self.count += 1
                self.heard.set()


async def _measure(kind: str, clients: int, messages: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder, served(kind, 1, clients, Path(folder)) as server:
        return await _deliver(server, messages, greet=kind == "boardroom")


async def _deliver(server: ServerProcess, messages: int, *, greet: bool) -> Figures:
    meeting_id = server.seats[0].meeting_id
    listeners: list[Listener] = []
    for seat in server.seats:
        connection = await connect(seat.url, compression=None, max_size=None, ping_interval=None)
        if greet:
            await connection.recv()
            data = {"channels": [f"meeting:{meeting_id}"]}
            await connection.send(json.dumps({"type": "subscribe", "data": data}))
            await connection.recv()
        listeners.append(Listener(connection))
    before, began = server.usage().cpu_seconds, time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for listener in listeners:
            tasks.create_task(listener.listen(messages))
        tasks.create_task(_speak(listeners[0], meeting_id, messages))
    wall = time.perf_counter() - began
    figures = Figures(messages * len(listeners), wall, server.usage().cpu_seconds - before)
    await asyncio.gather(*(listener.connection.close() for listener in listeners))
    return figures


async def _speak(speaker: Listener, meeting_id: str, messages: int) -> None:
    for number in range(messages):
        while number - speaker.count >= ON_THE_WAY:
            speaker.heard.clear()
            await speaker.heard.wait()
        data = {"meetingId": meeting_id, "message": f"{number}: {TEXT}", "replyTo": None}
        await speaker.connection.send(
            json.dumps({"id": f"m{number}", "type": "meeting.chat.message", "data": data})
        )


def main() -> None:
    """Measure both and print them with their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--messages", type=int, default=500)
    arguments = parser.parse_args()
    bare, ours = (
        asyncio.run(_measure(kind, arguments.clients, arguments.messages))
        for kind in ("bare", "boardroom")
    )
    print(f"{arguments.messages} messages to {arguments.clients} clients")
    print(f"{'':24}{'bare broadcast':>16}{'boardroom':>16}{'ratio':>8}")
    for title, one, other in (
        ("deliveries / s", bare.per_second, ours.per_second),
        ("deliveries / CPU s", bare.per_cpu_second, ours.per_cpu_second),
    ):
        print(f"{title:24}{one:16,.0f}{other:16,.0f}{other / one:8.2f}")


if __name__ == "__main__":
    main()
