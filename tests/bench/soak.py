"""A long day: members talk, vote, drop out and come back, while the server's memory is watched."""

import asyncio
import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random

from tests.bench.crowd import Attendee, connected, part
from tests.bench.server_process import served

MEMBERS = 100
SAMPLES = 12
WORDS = "The figures for the third quarter are on page twelve; they are better than planned."
_ROUND_SECONDS = 1.0
_SAID_A_ROUND = 20
_DROPPED_A_ROUND = 3


async def soak(seconds: float) -> None:
    """Hold a meeting for so long, and print what the server has used at a dozen moments."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served("boardroom", 1, MEMBERS, Path(folder)) as server,
    ):
        day = _Day(await connected(server.seats))
        await day.begin()
        began = time.monotonic()
        print(f"{'minutes':>8}{'said':>8}{'votes':>8}{'rejoined':>10}{'MiB':>8}{'CPU s':>8}")
        for sample in range(1, SAMPLES + 1):
            while time.monotonic() - began < seconds * sample / SAMPLES:
                await day.round()
            used = server.usage()
            minutes = (time.monotonic() - began) / 60
            print(
                f"{minutes:8.1f}{day.said:8}{day.votes:8}{day.rejoined:10}"
                f"{used.resident_mib:8.1f}{used.cpu_seconds:8.1f}",
                flush=True,
            )
        await part(day.crowd)


class _Day:
    def __init__(self, crowd: list[Attendee]) -> None:
        self.crowd = crowd
        self.said = 0
        self.votes = 0
        self.rejoined = 0
        self._random = Random(1)
        self._decision = crowd[0].seat.decision_id
        self._count = 0

    async def begin(self) -> None:
        await asyncio.gather(*(self._join(one) for one in self.crowd))

    async def round(self) -> None:
        """A second of the meeting."""
        until = time.monotonic() + _ROUND_SECONDS
        for _ in range(_SAID_A_ROUND):
            speaker = self._random.choice(self.crowd)
            words = {
                "meetingId": speaker.seat.meeting_id,
                "message": f"{self.said}: " + "word " * 12,
            }
            await self._ask(speaker, "meeting.chat.message", words)
            self.said += 1
        await self._vote()
        for _ in range(_DROPPED_A_ROUND):
            await self._drop_one()
        await asyncio.sleep(max(0.0, until - time.monotonic()))

    async def _vote(self) -> None:
        """All vote, which closes the decision, and the chair opens the next."""
        chair = self.crowd[0]
        vote = {"decisionId": self._decision, "vote": "approve"}
        await asyncio.gather(*(self._ask(one, "decision.vote.cast", vote) for one in self.crowd))
        self.votes += len(self.crowd)
        motion = {"title": "Next", "text": "So be it.", "autoClose": True}
        data = {"meetingId": chair.seat.meeting_id, **motion}
        opened = await self._ask(chair, "decision.open", data)
        self._decision = json.loads(opened)["data"]["decisionId"]

    async def _drop_one(self) -> None:
        place = self._random.randrange(1, len(self.crowd))
        self.crowd[place].transport.abort()
        (self.crowd[place],) = await connected([self.crowd[place].seat])
        await self._join(self.crowd[place])
        self.rejoined += 1

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
