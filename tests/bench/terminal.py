"""The terminal client beside other programs, each in a real pseudo-terminal of 120x40.

    python -m tests.bench.terminal [--quick] [--sides boardroom,weechat] [--figures start,keys]

Measured in one run, one program after the other: `boardroom join` in a meeting of twelve with its
clocks running and a vote open, a Textual program that says hello, a bare Textual chat, weechat and
irssi (left out where they are not installed). Each is fed over the loopback by this process, which
also reads its terminal (Linux alone tells what it costs):

    start     from the process's start until a key is echoed, and until all is there
    idle      CPU while nobody does anything and an open vote's seconds are counted
    keys      from a key to its letter on the terminal, idle and during 1,000 messages a second
    messages  from a message on the wire to its first word on the terminal
    burst     5,000 messages at once, until the last one is painted
    memory    with 100,000 messages

`boardroom join` talks to a real `boardroom serve`; what is said during a measurement is put on
the wire by a relay between the two, so that no server's speed is measured with it. Bytes are those
that reach the terminal. CPU is that of all the program's threads, with its clocks'; where the
machine does other work it tells more than the time. The table ends with what boardroom needs in
multiples of the others.
"""

import argparse
import asyncio
import math
import signal
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.bench.pseudo_terminal import SECONDS, PseudoTerminal
from tests.bench.remarks import KEYS, mark, remarks
from tests.bench.terminal_sides import SIDES, Side, Voice, version

Figures = dict[str, float]
"""By the row of the table."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    starts: int = 9
    idle_seconds: float = 15.0
    keys: int = 100
    flood_seconds: float = 6.0
    messages: int = 200
    burst: int = 5_000
    memory: int = 100_000


QUICK = Plan(starts=3, idle_seconds=5, keys=40, flood_seconds=3, messages=60, memory=20_000)

ROWS: Mapping[str, tuple[str, str]] = {
    "start": ("start until a key is echoed, ms", "{:,.0f}"),
    "start whole": ("start until all is there, ms", "{:,.0f}"),
    "idle": ("idle CPU, %", "{:.2f}"),
    "key p50": ("key to echo, p50 ms", "{:.1f}"),
    "key p99": ("key to echo, p99 ms", "{:.1f}"),
    "key cpu": ("a key, ms of CPU", "{:.2f}"),
    "key bytes": ("bytes a key", "{:,.0f}"),
    "flood p50": ("key to echo at 1,000 messages/s, p50 ms", "{:.1f}"),
    "flood p99": ("key to echo at 1,000 messages/s, p99 ms", "{:.1f}"),
    "flood cpu": ("a message at 1,000/s, ms of CPU", "{:.2f}"),
    "message p50": ("message to paint, p50 ms", "{:.1f}"),
    "message p99": ("message to paint, p99 ms", "{:.1f}"),
    "message cpu": ("a message, ms of CPU", "{:.2f}"),
    "message bytes": ("bytes a message", "{:,.0f}"),
    "burst": ("burst until painted, s", "{:.2f}"),
    "burst cpu": ("burst, s of CPU", "{:.2f}"),
    "burst bytes": ("burst, bytes", "{:,.0f}"),
    "rss": ("memory (RSS), MiB", "{:.0f}"),
    "pss": ("memory (PSS), MiB", "{:.0f}"),
}
_SETTLE_SECONDS = 2.0
"""After a start, until nothing of it goes on any more."""
_KEY_SECONDS = 0.03
"""Between a key's echo and the next key."""
_MESSAGE_SECONDS = 0.03
"""Before a message, without anything else."""
_BATCH = 500


def percentile(times: Sequence[float], part: float) -> float:
    """The least of the times that so large a part does not exceed."""
    return sorted(times)[math.ceil(part * len(times)) - 1]


class Run:
    """One program under measurement."""

    def __init__(self, voice: Voice, program: PseudoTerminal, plan: Plan) -> None:
        self._voice = voice
        self._program = program
        self._plan = plan
        self._said = 0
        self._times = 0
        """How often something was said."""
        self._keys = iter(KEYS)

    def _next(self, count: int, *, marked: bool = True) -> bytes:
        """So many remarks more, as they go over the wire."""
        self._said += count
        self._times += 1
        return self._voice.frames(remarks(self._times, count, marked=marked))

    async def _told(self, count: int) -> float:
        """Tell it so many remarks at once; the seconds until the last is painted."""
        frames = self._next(count)
        await asyncio.sleep(_MESSAGE_SECONDS)
        began = perf_counter()
        self._voice.send(frames)
        return await self._program.shown(mark(self._times)) - began

    async def keys(self) -> Figures:
        """Keys while nothing else happens, then in a flood of messages."""
        self._program.type("so ")
        await asyncio.sleep(0.5)
        cpu = self._program.cpu_seconds()
        quiet, sizes = await self._press(self._plan.keys)
        quiet_cpu = self._program.cpu_seconds() - cpu
        cpu, said = self._program.cpu_seconds(), self._said
        flooding = asyncio.create_task(self._flood())
        await asyncio.sleep(0.5)
        busy, _ = await self._press(int(self._plan.flood_seconds / 0.06))
        flooding.cancel()
        await self._told(1)
        return {
            "key p50": percentile(quiet, 0.5),
            "key p99": percentile(quiet, 0.99),
            "key cpu": quiet_cpu * 1000 / (2 * len(quiet)),
            "key bytes": statistics.median(sizes),
            "flood p50": percentile(busy, 0.5),
            "flood p99": percentile(busy, 0.99),
            "flood cpu": (self._program.cpu_seconds() - cpu) * 1000 / (self._said - said),
        }

    async def _press(self, count: int) -> tuple[list[float], list[int]]:
        """The milliseconds and bytes of each key; each is taken back before the next."""
        times: list[float] = []
        sizes: list[int] = []
        for _ in range(count):
            key, before, began = next(self._keys), self._program.bytes, perf_counter()
            self._program.type(key)
            try:
                times.append((await self._program.shown(key) - began) * 1000)
            except TimeoutError:
                times.append(math.inf)
                break
            await asyncio.sleep(_KEY_SECONDS)
            sizes.append(self._program.bytes - before)
            self._program.type("\x7f")
            await asyncio.sleep(_KEY_SECONDS)
        return times, sizes

    async def _flood(self) -> None:
        began, said = perf_counter(), 0
        while True:
            due = int((perf_counter() - began) * 1000) - said
            if due > 0:
                self._voice.send(self._next(due, marked=False))
                said += due
            await asyncio.sleep(0.002)

    async def messages(self) -> Figures:
        """Messages one by one, at thirty a second."""
        await asyncio.sleep(0.5)
        cpu, before = self._program.cpu_seconds(), self._program.bytes
        times = [await self._told(1) * 1000 for _ in range(self._plan.messages)]
        await asyncio.sleep(_MESSAGE_SECONDS)
        return {
            "message p50": percentile(times, 0.5),
            "message p99": percentile(times, 0.99),
            "message cpu": (self._program.cpu_seconds() - cpu) * 1000 / len(times),
            "message bytes": (self._program.bytes - before) / len(times),
        }

    async def burst(self) -> Figures:
        """Many at once."""
        await asyncio.sleep(0.5)
        cpu, size = self._program.cpu_seconds(), self._program.bytes
        seconds = await self._told(self._plan.burst)
        await asyncio.sleep(0.2)
        return {
            "burst": seconds,
            "burst cpu": self._program.cpu_seconds() - cpu,
            "burst bytes": self._program.bytes - size,
        }

    async def memory(self) -> Figures:
        """As many as a long meeting has."""
        while self._said < self._plan.memory:
            await self._told(min(_BATCH, self._plan.memory - self._said))
        await asyncio.sleep(1)
        rss, pss = self._program.mebibytes()
        return {"rss": rss, "pss": pss}


async def _starts(side: Side, plan: Plan) -> Figures:
    """Started again and again; the first time is not counted."""
    useful: list[float] = []
    whole: list[float] = []
    for _ in range(plan.starts + 1):
        async with side.running() as program:
            seen = await asyncio.gather(_usable(side, program), program.shown(side.whole))
            useful.append((seen[0] - program.began) * 1000)
            whole.append((max(seen) - program.began) * 1000)
    return {"start": statistics.median(useful[1:]), "start whole": statistics.median(whole[1:])}


async def _usable(side: Side, program: PseudoTerminal) -> float:
    """When it shows a key that was pressed as soon as there is something to write in."""
    seen = await program.shown(side.useful)
    if not side.echoes:
        return seen
    program.type(KEYS[0])
    return await program.shown(KEYS[0])


async def _idle(program: PseudoTerminal, plan: Plan) -> Figures:
    before, began = program.cpu_seconds(), perf_counter()
    await asyncio.sleep(plan.idle_seconds)
    return {"idle": 100 * (program.cpu_seconds() - before) / (perf_counter() - began)}


FIGURES = ("start", "idle", "keys", "messages", "burst", "memory")


async def measured(name: str, plan: Plan, wanted: Sequence[str]) -> Figures:
    """Everything that is wanted of one program."""
    with tempfile.TemporaryDirectory() as folder:
        async with SIDES[name](Path(folder)) as side:
            found = await _starts(side, plan) if "start" in wanted else {}
            async with side.running() as program:
                await program.shown(side.whole)
                found |= await _at_work(side, program, plan, wanted)
            return found


async def _at_work(
    side: Side, program: PseudoTerminal, plan: Plan, wanted: Sequence[str]
) -> Figures:
    await side.enter(program)
    await asyncio.sleep(_SETTLE_SECONDS)
    found = await _idle(program, plan) if "idle" in wanted else {}
    if side.voice is None:
        return found
    run = Run(side.voice, program, plan)
    steps: Mapping[str, Callable[[], Awaitable[Figures]]] = {
        "keys": run.keys,
        "messages": run.messages,
        "burst": run.burst,
        "memory": run.memory,
    }
    for step, measure in steps.items():
        if step not in wanted:
            continue
        try:
            found |= await measure()
        except TimeoutError:
            print(f"{step}: not painted within {SECONDS:.0f} s")
            break
    return found


def report(found: Mapping[str, Figures]) -> str:
    """The figures side by side, then boardroom's in multiples of the others'."""
    names = {side: version(side) or side for side in found}
    lines = [f"{'':<42}" + "".join(f"{name:>14}" for name in names.values())]
    for row, (title, form) in ROWS.items():
        cells = [form.format(one[row]) if row in one else "" for one in found.values()]
        if any(cells):
            lines.append(f"{title:<42}" + "".join(f"{cell:>14}" for cell in cells))
    ours = found.get("boardroom")
    others = {side: one for side, one in found.items() if side != "boardroom"}
    if ours is None or not others:
        return "\n".join(lines)
    lines += ["", f"{'boardroom in multiples of':<56}"]
    lines[-1] += "".join(f"{names[side]:>14}" for side in others)
    for row, (title, _) in ROWS.items():
        if row not in ours:
            continue
        cells = [f"{ours[row] / one[row]:.2f}x" if one.get(row) else "" for one in others.values()]
        if any(cells):
            lines.append(f"{title:<56}" + "".join(f"{cell:>14}" for cell in cells))
    return "\n".join(lines)


def _interrupt(*_: object) -> None:
    signal.raise_signal(signal.SIGINT)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--sides", default=",".join(SIDES), help="default: %(default)s")
    parser.add_argument("--figures", default=",".join(FIGURES), help="default: %(default)s")
    chosen = parser.parse_args()
    # So that what was started is stopped, too.
    signal.signal(signal.SIGTERM, _interrupt)
    found: dict[str, Figures] = {}
    try:
        for side in chosen.sides.split(","):
            if version(side) is None:
                print(f"{side} is not installed: left out")
                continue
            plan = QUICK if chosen.quick else Plan()
            found[side] = asyncio.run(measured(side, plan, chosen.figures.split(",")))
    except KeyboardInterrupt:
        sys.exit(130)
    print(report(found))


if __name__ == "__main__":
    main()
