"""A client's writes: what several operations of one turn cost, beside a `send` for each.

    python -m tests.bench.client_writes [--turns 2000] [--operations 8]

Both sides of the comparison run here, one after the other, to the same silent server in a process
of its own over a plain socket on the loopback. The figures are this process's CPU per operation.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time

from websockets.asyncio.client import ClientConnection, connect

from boardroom_tui.client.wire import Wire
from boardroom_tui.protocol.errors import CloseCode

SERVER = """
import asyncio
from websockets.asyncio.server import serve

async def hear(socket):
    async for _ in socket:
        pass

async def main():
    async with serve(hear, "127.0.0.1", 0, compression=None) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""

FRAME = json.dumps(
    {
        "id": "req_0123456789abcdef-1",
        "type": "meeting.chat.message",
        "data": {"meetingId": "meeting_123", "message": "The figures are on page twelve."},
        "metadata": {"timestamp": "2027-01-15T12:00:00Z", "version": "1.0"},
    }
)


async def _by_sends(socket: ClientConnection, turns: int, operations: int) -> None:
    for _ in range(turns):
        for _ in range(operations):
            await socket.send(FRAME)
        await asyncio.sleep(0)


async def _by_the_wire(socket: ClientConnection, turns: int, operations: int) -> None:
    wire = Wire(socket)
    for _ in range(turns):
        for _ in range(operations):
            wire.write(FRAME)
        await asyncio.sleep(0)
    wire.hang_up(CloseCode.NORMAL, "")
    await wire.closed()


async def _measure(port: int, turns: int, operations: int) -> tuple[float, float]:
    """Microseconds of CPU per operation: with a send for each, and by the wire."""
    spent: list[float] = []
    for write in (_by_sends, _by_the_wire):
        socket = await connect(f"ws://127.0.0.1:{port}", compression=None)
        began = time.process_time()
        await write(socket, turns, operations)
        spent.append((time.process_time() - began) * 1e6 / (turns * operations))
        await socket.close()
    return spent[0], spent[1]


def main() -> None:
    """Measure both and print them with their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=2_000)
    parser.add_argument("--operations", type=int, default=8)
    arguments = parser.parse_args()
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        sends, wire = asyncio.run(_measure(port, arguments.turns, arguments.operations))
    finally:
        server.terminate()
        server.wait(timeout=20)
    print(f"{arguments.operations} operations a turn, CPU per operation")
    print(f"a send for each {sends:8.1f} us")
    print(f"one write       {wire:8.1f} us   ratio {wire / sends:.2f}")


if __name__ == "__main__":
    main()
