"""Programs in processes of their own, and what a test watches of them."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.command import clean_environment
from tests.server.running import RunningServer

SECONDS = 60.0
"""How long a test waits for what must happen."""

PROGRAMS = Path(__file__).parent / "programs"


def environment(server: RunningServer, user_id: str) -> Mapping[str, str]:
    """What a user of the server sets: their token, and the certificate to trust."""
    return {
        "BOARDROOM_TOKEN": server.token(user_id),
        "SSL_CERT_FILE": str(server.ca),
        "PYTHONUNBUFFERED": "1",
    }


class Program:
    """A program that runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def line(self) -> str:
        """The next line that it prints."""
        assert self.process.stdout is not None
        async with asyncio.timeout(SECONDS):
            return (await self.process.stdout.readline()).decode().rstrip("\n")

    async def end(self) -> tuple[int | None, str, str]:
        """Wait for its end: the exit code, what else it printed, what it complained of."""
        async with asyncio.timeout(SECONDS):
            printed, complaints = await self.process.communicate()
        return self.process.returncode, printed.decode(), complaints.decode()


@asynccontextmanager
async def running(
    *arguments: str, home: Path, more: Mapping[str, str], input_too: bool = False
) -> AsyncGenerator[Program]:
    """`python ARGUMENTS` with what a user has set beside; killed when the block is left."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        env=clean_environment(home, more),
        stdin=asyncio.subprocess.PIPE if input_too else asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
