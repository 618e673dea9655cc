"""The chat pane against a bare Textual RichLog: from a message to its paint, and memory.

    python -m tests.bench.chat_pane [--messages 100000]

Each side runs in a process of its own, a 120x40 terminal without a screen, and says the same.
A paint is the CPU time from the message to the idle program. RichLog needs most of a minute.
"""

import argparse
import asyncio
import gc
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from rich.text import Text
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import RichLog

from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.state.model import Entry, Meeting, SpokenLine
from boardroom_tui.ui.widgets.chat.pane import ChatPane

_PAINTS = 60
_WORDS = ("budget", "audit", "travel", "we", "the", "is", "not", "agreed", "year", "board")
_START = datetime(2027, 1, 15, 14, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one side needed."""

    fill_seconds: float
    paint_milliseconds: float
    slowest_milliseconds: float
    state_mebibytes: float
    """For the messages that the widget draws from."""
    widget_mebibytes: float


def messages(count: int) -> Iterator[SpokenLine]:
    """So many remarks of a dozen people, the same in every run."""
    chance = random.Random(7)
    for number in range(count):
        speaker = chance.randrange(12)
        said = " ".join(chance.choices(_WORDS, k=chance.randint(3, 30)))
        yield SpokenLine(
            message_id=f"message_{number}",
            user_id=f"user_{speaker}",
            user_name=f"Member {speaker}",
            message=said,
            reply_to=None,
            timestamp=_START + timedelta(seconds=20 * number),
        )


class _Host(App[None]):
    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def compose(self) -> ComposeResult:
        yield self._widget


def resident() -> float:
    """The process's memory in MiB: Linux tells it at this moment, elsewhere it is not told."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    kibibytes = next(
        line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS")
    )
    return int(kibibytes) / 1024


class Pane:
    """Our pane, drawing from the meeting's state."""

    def __init__(self) -> None:
        self.widget = ChatPane(zone=UTC)
        self._log = KeyedLog[Entry]()

    def hold(self, lines: Iterable[SpokenLine]) -> None:
        """Keep the messages as the state does."""
        for line in lines:
            self._log = self._log.adding(line.message_id, line)

    def show(self) -> None:
        """Hand them to the widget."""
        self.widget.show(Meeting("meeting_1", chat=self._log))


class Log:
    """A bare RichLog, to which each message is written; nothing else is kept."""

    def __init__(self) -> None:
        self.widget = RichLog(wrap=True, auto_scroll=True)
        self._held: Iterable[SpokenLine] = ()

    def hold(self, lines: Iterable[SpokenLine]) -> None:
        """Have the messages written by the next `show`."""
        self._held = lines

    def show(self) -> None:
        """Write them."""
        for line in self._held:
            time_and_name = f"{line.timestamp:%H:%M} {line.user_name}"
            self.widget.write(Text.assemble((time_and_name, "bold"), f"  {line.message}"))


async def measured(side: Pane | Log, count: int) -> Figures:
    """Fill the widget, then add message by message, each until it is painted."""
    async with _Host(side.widget).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        lines = messages(count + _PAINTS)
        gc.collect()
        empty = resident()
        side.hold(islice(lines, count))
        gc.collect()
        held, started = resident(), time.perf_counter()
        side.show()
        await pilot.pause()
        filled = time.perf_counter() - started
        gc.collect()
        shown = resident()
        paints = [await _paint(pilot, side, line) for line in lines]
    return Figures(filled, statistics.median(paints), max(paints), held - empty, shown - held)


async def _paint(pilot: Pilot[None], side: Pane | Log, line: SpokenLine) -> float:
    started = time.process_time()
    side.hold([line])
    side.show()
    await pilot.pause()
    return (time.process_time() - started) * 1000


SIDES: dict[str, type[Pane | Log]] = {"pane": Pane, "richlog": Log}


def compared(count: int) -> dict[str, Figures]:
    """Both sides, each in a fresh process, one after the other."""
    found: dict[str, Figures] = {}
    for side in SIDES:
        command = [sys.executable, "-m", __spec__.name, "--side", side, "--messages", f"{count}"]
        done = subprocess.run(command, capture_output=True, check=True, timeout=300, text=True)
        found[side] = Figures(**json.loads(done.stdout))
    return found


def report(count: int, found: dict[str, Figures]) -> str:
    """A table with ratios; over 1 the pane needs less."""
    ours, theirs = found["pane"], found["richlog"]
    rows = [
        ("fill, s", ours.fill_seconds, theirs.fill_seconds),
        ("message to paint, median ms", ours.paint_milliseconds, theirs.paint_milliseconds),
        ("message to paint, slowest ms", ours.slowest_milliseconds, theirs.slowest_milliseconds),
        ("memory of the widget, MiB", ours.widget_mebibytes, theirs.widget_mebibytes),
        ("and with the messages, MiB", _all(ours), _all(theirs)),
    ]
    lines = [f"{count:,} messages{'':<19} {'pane':>9} {'RichLog':>9} {'ratio':>8}"]
    lines += [
        f"{name:<32}{one:>9.2f} {other:>9.2f} {other / one:>7.1f}x" for name, one, other in rows
    ]
    return "\n".join(lines)


def _all(figures: Figures) -> float:
    return figures.widget_mebibytes + figures.state_mebibytes


def main() -> None:
    """Print both sides' figures and their ratios, or one side's as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--side", choices=tuple(SIDES))
    chosen = parser.parse_args()
    if chosen.side is not None:
        figures = asyncio.run(measured(SIDES[chosen.side](), chosen.messages))
        sys.stdout.write(json.dumps(asdict(figures)))
    else:
        sys.stdout.write(report(chosen.messages, compared(chosen.messages)) + "\n")


if __name__ == "__main__":
    main()
