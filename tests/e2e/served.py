"""A server started as its operator starts it: `boardroom serve`, in a process of its own."""

import asyncio
import contextlib
import json
import signal
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from boardroom_tui.server.tokens import Tokens
from tests.command import Process, started

MEETING = """\
[meeting]
id = "meeting_q3"
title = "Q3 board meeting"
quorum = 2

[[member]]
id = "user_ada"
name = "Ada Lind"
role = "facilitator"

[[member]]
id = "user_ben"
name = "Ben Okafor"
role = "participant"

[[agenda]]
id = "item_1"
title = "Opening"

[[agenda]]
id = "item_2"
title = "Budget review"
minutes = 15

[[decision]]
id = "decision_budget"
item = "item_2"
title = "Approve the 2027 budget"
text = "That the budget as circulated be approved."
threshold = "two_thirds"
"""

SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Served:
    """A server that accepts connections, and what members need to join."""

    process: Process
    url: str
    ca: str
    home: Path
    data: Path

    def token(self, user_id: str, *, seconds: int = 3_600) -> str:
        """A token for a member, as `boardroom token` makes one."""
        life = timedelta(seconds=seconds)
        return Tokens.open(self.data).issue(user_id, user_id, None, life, datetime.now(UTC))

    def join_arguments(self, user_id: str) -> tuple[str, ...]:
        """The arguments of a member's `boardroom join`, with a token in a file of their own."""
        file = self.home / f"{user_id}.token"
        file.touch(mode=0o600)
        file.write_text(self.token(user_id))
        join = ("join", self.url, "--meeting", "meeting_q3")
        return (*join, "--token-file", str(file), "--ca", self.ca)

    async def kill(self) -> None:
        """Let the server vanish, as a power cut would."""
        self.process.kill()
        await self.process.wait()


@contextlib.asynccontextmanager
async def served(
    home: Path, *, port: int = 0, environment: Mapping[str, str] | None = None
) -> AsyncGenerator[Served]:
    """`boardroom serve` with TLS, its files under `home`; stopped when the block is left."""
    meeting, ready, data = home / "q3.toml", home / "ready.json", home / "data"
    meeting.write_text(MEETING)
    ready.unlink(missing_ok=True)
    process = await started(
        *("serve", "--meeting", str(meeting), "--data", str(data)),
        *("--port", str(port), "--ready-file", str(ready)),
        home=home,
        environment=environment,
    )
    try:
        async with asyncio.timeout(SECONDS):
            while not ready.exists():
                assert process.returncode is None, "the server ended before it was ready"
                await asyncio.sleep(0.02)
        told = json.loads(ready.read_text())
        yield Served(process, told["url"], told["ca"], home, data)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()
