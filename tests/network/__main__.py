"""`python -m tests.network --schedules 300 --seed 1`: meetings over networks that fail at random.

It prints its figures in the end; what did not hold is told with the seed that shows it, and how
to run that one alone. A seed fixes what is done and what fails, and when; not in which order a
busy machine gets to it.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from boardroom_tui.server import newest, page
from tests.network.clock import in_fast_time
from tests.network.every_byte import lose_at_every_byte
from tests.network.schedule import Figures, schedule

EVENTS_KEPT = 12
"""So few that some who come back have missed more."""

PAGE_BYTES, PAGE_ANNOUNCEMENTS = 4_000, 8
"""So little at once that everybody has to read back."""


async def run(first: int, count: int, at_once: int) -> tuple[Figures, dict[int, BaseException]]:
    """Run so many schedules, some of them side by side; the figures, and what failed."""
    seeds = iter(range(first, first + count))
    figures = [Figures()]
    failed: dict[int, BaseException] = {}

    async def work() -> None:
        for seed in seeds:
            with tempfile.TemporaryDirectory() as folder:
                try:
                    figures.append(await schedule(Path(folder), seed))
                except Exception as error:  # noqa: BLE001 - it is told, and the others go on
                    failed[seed] = error
                    print(f"seed {seed}: {type(error).__name__}\n{error}", flush=True)

    with (
        patch.object(newest, "KEPT", EVENTS_KEPT),
        patch.object(page, "CHAT_BYTES", PAGE_BYTES),
        patch.object(page, "PROCEEDINGS", PAGE_ANNOUNCEMENTS),
    ):
        await asyncio.gather(*(work() for _ in range(at_once)))
    return sum(figures[1:], figures[0]), failed


def main() -> None:
    """Run them and tell what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.network", description=__doc__)
    parser.add_argument("--schedules", type=int, default=300, help="(default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the first (default: %(default)s)")
    parser.add_argument(
        "--at-once", type=int, default=4, help="so many side by side (default: %(default)s)"
    )
    parser.add_argument(
        "--every-byte",
        action="store_true",
        help="lose a connection at every byte of its handshake and of its frames instead",
    )
    given = parser.parse_args()
    begun = time.monotonic()
    if given.every_byte:
        with tempfile.TemporaryDirectory() as folder:
            lost = in_fast_time(lose_at_every_byte(Path(folder), given.seed, step=1))
        print(f"{lost} connections lost, one at every byte: {time.monotonic() - begun:.0f} s")
        return
    figures, failed = in_fast_time(run(given.seed, given.schedules, given.at_once))
    print(f"{figures}; {time.monotonic() - begun:.0f} s")
    for seed in sorted(failed):
        print(f"failed: python -m tests.network --schedules 1 --seed {seed}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
