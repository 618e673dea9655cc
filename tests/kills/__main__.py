"""`python -m tests.kills --kills 300 --seed 1`: a server killed again and again, then the count.

It prints its figures in the end; an AssertionError says what was lost, doubled, or not to be
verified. The same seed kills after as many answers; what the members do meanwhile is theirs.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from tests.kills.siege import siege


def main() -> None:
    """Run one siege and tell what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="(default: %(default)s)")
    parser.add_argument("--stops", type=int, default=30, help="by SIGTERM (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="(default: %(default)s)")
    given = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(siege(Path(folder), given.kills, given.seed, given.stops))
    print(f"{figures}; {time.monotonic() - begun:.0f} s, seed {given.seed}")


if __name__ == "__main__":
    main()
