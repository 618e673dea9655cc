"""Load: a meeting of a thousand in which all vote at once, two hundred meetings, and a long day.

    python -m tests.bench.load [--members 1000] [--meetings 200] [--slow 20] [--soak MINUTES]

Each server runs in a process of its own, the clients in this one, over plain sockets on the
loopback. A bare server on `websockets`, and one on aiohttp, give each frame to everybody in its
meeting and do nothing else; Boardroom checks it, writes it to disk, answers it and tells the tally.
A vote is timed from before the first is sent until its voter has the answer.
"""

import argparse
import asyncio
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.crowd import Attendee, connected, part
from tests.bench.server_process import ServerProcess, served
from tests.bench.soak import soak

PATIENCE = 600.0
CHOICES = ("approve", "approve", "reject", "abstain", "approve")


@dataclass(frozen=True, slots=True)
class Figures:
    """What one server did; times in seconds."""

    join: float
    median: float
    slowest_of_100: float
    slowest: float
    cpu: float
    """Of the server, for all the votes."""
    frames: int
    """That the clients received for them."""
    resident_mib: float


async def measured(kind: str, meetings: int, members: int, slow: int = 0) -> Figures:
    """Let everybody in, then all vote at once; `slow` of them read nothing from then on."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(kind, meetings, members, Path(folder)) as server,
    ):
        async with asyncio.timeout(PATIENCE):
            return await _vote(server, kind, slow)


async def _vote(server: ServerProcess, kind: str, slow: int) -> Figures:
    began = time.perf_counter()
    crowd = await connected(server.seats)
    if kind == "boardroom":
        await _join(crowd)
    joined = time.perf_counter() - began
    deaf, voters = crowd[len(crowd) - slow :], crowd[: len(crowd) - slow]
    for one in deaf:
        one.transport.pause_reading()
    before, frames = server.usage(), sum(one.frames for one in voters)
    began = time.perf_counter()
    for number, one in enumerate(voters):
        answer = '"decision.vote.received"' if kind == "boardroom" else '"vote"'
        one.wait_for(answer, f'"vote-{number}"')
    for number, one in enumerate(crowd):
        vote = {"decisionId": one.seat.decision_id, "vote": CHOICES[number % len(CHOICES)]}
        one.send("decision.vote.cast", vote, f"vote-{number}")
    await asyncio.gather(*(one.heard() for one in voters))
    waits = sorted(one.found_at - began for one in voters)
    after = server.usage()
    received = sum(one.frames for one in voters) - frames
    if kind == "boardroom":
        await _check(crowd, voters)
    await part(crowd)
    return Figures(
        joined,
        statistics.median(waits),
        waits[len(waits) * 99 // 100],
        waits[-1],
        after.cpu_seconds - before.cpu_seconds,
        received,
        server.usage().resident_mib,
    )


async def _join(crowd: Sequence[Attendee]) -> None:
    for number, one in enumerate(crowd):
        one.wait_for('"meeting.state"')
        one.send("meeting.join", {"meetingId": one.seat.meeting_id}, f"join-{number}")
    await asyncio.gather(*(one.heard() for one in crowd))


async def _check(crowd: Sequence[Attendee], voters: Sequence[Attendee]) -> None:
    """Every vote was counted once: whoever asks is told the result, to the last vote."""
    for one in voters:
        one.wait_for('"meeting.state"')
        one.send("meeting.join", {"meetingId": one.seat.meeting_id}, "again")
    for one in voters[:: max(1, len(voters) // 200)]:
        state = json.loads(await one.heard())["data"]
        told = state["decisions"][0]["outcome"]["finalVotes"]
        mine = [n for n, other in enumerate(crowd) if other.seat.meeting_id == state["meetingId"]]
        cast = [CHOICES[n % len(CHOICES)] for n in mine]
        counted = {choice: told[choice] for choice in set(CHOICES)}
        assert counted == {choice: cast.count(choice) for choice in set(CHOICES)}, (told, len(mine))


ROWS: Mapping[str, Callable[[Figures], str]] = {
    "all have joined, s": lambda figures: f"{figures.join:.2f}",
    "vote to answer, median, s": lambda figures: f"{figures.median:.2f}",
    "  slowest of 100, s": lambda figures: f"{figures.slowest_of_100:.2f}",
    "  slowest, s": lambda figures: f"{figures.slowest:.2f}",
    "server's CPU for the votes, s": lambda figures: f"{figures.cpu:.2f}",
    "frames to the clients meanwhile": lambda figures: f"{figures.frames:,}",
    "server's memory, MiB": lambda figures: f"{figures.resident_mib:.0f}",
}


def show(title: str, columns: Mapping[str, Figures]) -> None:
    """Print the figures of some servers beside each other."""
    print(f"\n{title}")
    print(f"{'':34}" + "".join(f"{name:>16}" for name in columns))
    for name, told in ROWS.items():
        print(f"{name:34}" + "".join(f"{told(figures):>16}" for figures in columns.values()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--members", type=int, default=1000, help="(default: %(default)s)")
    parser.add_argument("--meetings", type=int, default=200, help="(default: %(default)s)")
    parser.add_argument("--each", type=int, default=10, help="members of each of them")
    parser.add_argument("--slow", type=int, default=20, help="who read nothing")
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="this alone, so long")
    given = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if given.soak is not None:
        asyncio.run(soak(given.soak * 60))
        return
    kinds = ("bare", "aiohttp", "boardroom")
    one = {kind: asyncio.run(measured(kind, 1, given.members)) for kind in kinds}
    show(f"One meeting of {given.members}: all vote at once", one)
    slow = {
        "boardroom": one["boardroom"],
        "with slow ones": asyncio.run(measured("boardroom", 1, given.members, given.slow)),
    }
    show(f"The same; {given.slow} of them read nothing", slow)
    many = {kind: asyncio.run(measured(kind, given.meetings, given.each)) for kind in kinds}
    show(f"{given.meetings} meetings of {given.each}: all vote at once", many)


if __name__ == "__main__":
    main()
