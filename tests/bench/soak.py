"""A long day: members talk, vote, drop out and come back, while the server's memory is watched.

Two kinds of minutes take turns. In the one much is done that leaves nothing new to be told to who
joins later: the same votes are cast anew, members drop out and come back, and what is said pushes
out what was said before. In the other a decision is made each round, which whoever joins is told.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from boardroom_tui.server.requests import KEPT
from tests.bench.crowd import Attendee, connected, part
from tests.bench.server_process import ServerProcess, served

MEMBERS = 100
TURNS = 6
"""Of each kind."""
SAID_A_ROUND = 20
DROPPED_A_ROUND = 3
_ROUND_SECONDS = 1.0
_ASKED_AT_ONCE = 50


async def soak(seconds: float) -> None:
    """Hold a meeting for so long, print what the server used in each turn, and what it kept."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served("boardroom", 1, MEMBERS, Path(folder)) as server,
    ):
        day = Day(await connected(server.seats))
        await day.begin()
        await day.fill()
        talking, deciding = Turn("talk", day.talk), Turn("decide", day.decide)
        print(f"{'':10}{'minutes':>8}{'rounds':>8}{'MiB':>8}{'KiB/round':>11}{'ms/rejoin':>11}")
        for turn in (talking, deciding) * TURNS:
            await _take(turn, day, server, seconds / TURNS / 2)
        for turn in (talking, deciding):
            rest = turn.grown[1:]  # In its first turn each fills what is bounded.
            print(f"{turn.name}: {sum(rest) / len(rest):.1f} KiB a round, its first turn apart")
        await part(day.crowd)


@dataclass
class Turn:
    """A kind of minutes, and by how many KiB the server grew in each round of each turn."""

    name: str
    round: Callable[[], Awaitable[None]]
    grown: list[float] = field(default_factory=list[float])


async def _take(turn: Turn, day: "Day", server: ServerProcess, seconds: float) -> None:
    began, rounds, before = time.monotonic(), 0, server.usage()
    while (left := began + seconds - time.monotonic()) > 0:
        await turn.round()
        rounds += 1
        await asyncio.sleep(min(_ROUND_SECONDS, max(0.0, left)))
    after = server.usage()
    turn.grown.append((after.resident_mib - before.resident_mib) * 1024 / max(1, rounds))
    cpu = await _rejoining(day, server)
    print(
        f"{turn.name:10}{seconds / 60:8.1f}{rounds:8}{after.resident_mib:8.1f}"
        f"{turn.grown[-1]:11.1f}{cpu * 1000:11.2f}",
        flush=True,
    )


async def _rejoining(day: "Day", server: ServerProcess) -> float:
    """The server's CPU seconds for one who comes back."""
    before = server.usage().cpu_seconds
    for _ in range(_ASKED_AT_ONCE):
        await day.drop_one()
    return (server.usage().cpu_seconds - before) / _ASKED_AT_ONCE


class Day:
    """A meeting's members, and what they do in it."""

    def __init__(self, crowd: list[Attendee]) -> None:
        self.crowd = crowd
        self.said = 0
        self._random = Random(1)
        self._decision = crowd[0].seat.decision_id
        self._count = 0

    async def begin(self) -> None:
        """All join."""
        await asyncio.gather(*(self._join(one) for one in self.crowd))

    async def fill(self, requests: int = KEPT) -> None:
        """Ask for so much that the server forgets what was asked first."""
        for _ in range(requests // len(self.crowd)):
            mine = {"channels": [f"meeting:{self.crowd[0].seat.meeting_id}"]}
            await asyncio.gather(*(self._ask(one, "subscribe", mine) for one in self.crowd))

    async def talk(self) -> None:
        """Some speak, all but one vote anew, and some drop out and come back."""
        for _ in range(SAID_A_ROUND):
            speaker = self._random.choice(self.crowd)
            words = {
                "meetingId": speaker.seat.meeting_id,
                "message": f"{self.said}: " + "word " * 12,
            }
            await self._ask(speaker, "meeting.chat.message", words)
            self.said += 1
        await self._vote(self.crowd[1:])
        for _ in range(DROPPED_A_ROUND):
            await self.drop_one()

    async def decide(self) -> None:
        """All vote, the chair last, which closes the decision; then the next one is opened."""
        await self._vote(self.crowd[1:])
        await self._vote(self.crowd[:1])
        chair = self.crowd[0]
        motion = {"title": "Next", "text": "So be it.", "autoClose": True}
        data = {"meetingId": chair.seat.meeting_id, **motion}
        opened = await self._ask(chair, "decision.open", data)
        self._decision = json.loads(opened)["data"]["decisionId"]

    async def drop_one(self) -> None:
        """One drops out and comes back."""
        place = self._random.randrange(1, len(self.crowd))
        self.crowd[place].transport.abort()
        (self.crowd[place],) = await connected([self.crowd[place].seat])
        await self._join(self.crowd[place])

    async def _vote(self, voters: list[Attendee]) -> None:
        vote = {"decisionId": self._decision, "vote": "approve"}
        await asyncio.gather(*(self._ask(one, "decision.vote.cast", vote) for one in voters))

    async def _join(self, one: Attendee) -> None:
        one.wait_for('"meeting.state"')
        one.send("meeting.join", {"meetingId": one.seat.meeting_id}, self._next_id())
        await one.heard()

    async def _ask(self, one: Attendee, kind: str, data: Mapping[str, object]) -> bytes:
        request_id = self._next_id()
        one.wait_for(f'"correlationId":"{request_id}"')
        one.send(kind, data, request_id)
        answer = await one.heard()
        assert b'"type":"error"' not in answer, answer
        return answer

    def _next_id(self) -> str:
        self._count += 1
        return f"soak-{self._count}"
