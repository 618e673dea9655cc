"""What was said long ago: not in the memory, and there all the same."""

import gc
import tracemalloc
from pathlib import Path
from random import Random

from boardroom_tui.protocol.packed_entries import CHUNK, PackedEntries
from boardroom_tui.server.spool import Spool

BYTES_EACH = 24
"""What is left of an entry in the memory: where it stands, by its key's hash, in growing arrays."""


def fill(entries: PackedEntries[str], count: int) -> int:
    """Put so many more in; what the memory holds then."""
    for number in range(entries.end, entries.end + count):
        entries.append(f"key {number}", text(number))
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def text(number: int) -> str:
    return Random(number).randbytes(50).hex()


def test_what_is_put_away_is_brought_back_and_takes_no_memory(tmp_path: Path) -> None:
    spool, count = Spool(tmp_path), 8 * CHUNK
    entries = PackedEntries[str](spool.keeping)
    tracemalloc.start()
    before = fill(entries, count)
    grown = fill(entries, count) - before
    tracemalloc.stop()
    assert grown < count * BYTES_EACH
    assert list(tmp_path.iterdir()) == []
    back = [entry for _, entry in entries.between(0, 2 * count)]
    assert back == [text(number) for number in range(2 * count)]
    assert entries.place(f"key {count}") == count
    spool.close()


def test_where_no_file_can_be_made_it_stays_in_the_memory(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "missing")
    entries = PackedEntries[str](spool.keeping)
    fill(entries, 5 * CHUNK)
    assert entries.entry(0) == text(0)
    spool.close()
