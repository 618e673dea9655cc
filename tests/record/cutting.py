"""A journal as a power cut leaves it: one of its files cut off at any byte, and what is left.

`python -m tests.record.cutting --cuts 20000 --seed 1` tries so many more than the tests do.
"""

import argparse
import asyncio
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from boardroom_tui.record.database import log_of
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import DamagedError
from boardroom_tui.record.schema import JOURNAL
from tests.record.examples import MEETING, open_journal, said

FRAME_BYTES = 4_096 + 24
"""A page in the log, with its head."""


@dataclass(frozen=True, slots=True)
class Left:
    """The folder of a journal that was in use, or closed, as a copy."""

    folder: Path
    ends: tuple[int, ...]
    """How long the log was when each event was acknowledged; nothing where it was closed."""

    @property
    def file(self) -> Path:
        """The database's own file."""
        return self.folder / JOURNAL.file


async def in_use(folder: Path, events: int = 12) -> Left:
    """A journal of which nobody closed anything: part of it in its file, the newer in its log."""
    ends: list[int] = []
    async with open_journal(folder / "live") as journal:
        for number in range(1, events + 1):
            await journal.append(MEETING, number - 1, [said(number, "So be it. " * 30)])
            ends.append(log_of(folder / "live" / JOURNAL.file).stat().st_size)
        shutil.copytree(folder / "live", folder / "in-use")
    # What the system keeps in memory for those who share a log is gone with its power.
    (folder / "in-use" / f"{JOURNAL.file}-shm").unlink()
    return Left(folder / "in-use", tuple(ends))


async def closed(folder: Path, events: int = 60) -> Left:
    """A journal that was closed in good order: one file."""
    async with open_journal(folder / "closed") as journal:
        for number in range(1, events + 1):
            await journal.append(MEETING, number - 1, [said(number, "So be it. " * 30)])
    return Left(folder / "closed", ())


async def events_left(left: Left, file: Path, length: int) -> int | None:
    """How many events are there when `file` ends after so many bytes; None: it was refused.

    What is refused must stay as it is, and what is not must go on.
    """
    with tempfile.TemporaryDirectory(dir=left.folder.parent) as place:
        folder = Path(place) / "cut"
        shutil.copytree(left.folder, folder)
        with (folder / file.name).open("r+b") as cut:
            cut.truncate(length)
        before = (folder / file.name).read_bytes()
        try:
            journal = await Journal.open(folder)
        except DamagedError:
            assert (folder / file.name).read_bytes() == before
            return None
        try:
            count = len(await journal.read(MEETING))
            await journal.append(MEETING, count, [said(count + 1)])
        except DamagedError:
            return None
        finally:
            await journal.close()
        return count


async def check_log(left: Left, lengths: Iterable[int]) -> int:
    """A log cut there leaves every event that was on the disk whole, and no half; how many cuts."""
    tried = 0
    for length in lengths:
        whole = sum(end <= length for end in left.ends)
        assert await events_left(left, log_of(left.file), length) == whole, length
        tried += 1
    return tried


async def check_file(left: Left, lengths: Iterable[int], events: int) -> int:
    """A file cut there is refused, or had nothing to lose; how many cuts were refused."""
    refused = 0
    for length in lengths:
        found = await events_left(left, left.file, length)
        assert found in {None, events}, length
        refused += found is None
    return refused


def around_frames(left: Left, events: int) -> list[int]:
    """Where the log of the last events may end: about each page's head, whole and not."""
    begin, end = left.ends[-1 - events], left.ends[-1]
    return [
        length
        for frame in range(begin, end + 1, FRAME_BYTES)
        for length in (frame - 1, frame, frame + 1, frame + 23, frame + 24, frame + 2_000)
        if length <= end
    ]


async def _try(cuts: int, seed: int) -> str:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as place:
        left, whole = await in_use(Path(place)), await closed(Path(place))
        last = range(left.ends[-3], left.ends[-1] + 1)
        chosen = last if cuts >= 2 * len(last) else random.sample(last, cuts // 2)
        tried = await check_log(left, chosen)
        anywhere = [random.randrange(left.ends[-1]) for _ in range(cuts // 4)]
        tried += await check_log(left, anywhere)
        size = whole.file.stat().st_size
        refused = await check_file(whole, (random.randrange(size) for _ in range(cuts // 4)), 60)
    return f"{tried} cuts of the log recovered, {refused} of {cuts // 4} of the file refused"


def main() -> None:
    """Cut, and tell what came of it; an AssertionError names the length that went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.record.cutting", description=__doc__)
    parser.add_argument("--cuts", type=int, default=20_000, help="(default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="(default: %(default)s)")
    given = parser.parse_args()
    print(f"{asyncio.run(_try(given.cuts, given.seed))}; seed {given.seed}")


if __name__ == "__main__":
    main()
