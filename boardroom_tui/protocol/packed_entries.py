"""A growing row of entries with keys, of which only the newest lie open in memory.

A meeting says a hundred thousand things, and hardly anybody reads the first of them again. What is
older lies packed in a tenth of the room, chunk by chunk, and is opened when it is looked at.
"""

import pickle
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Generic, TypeVar, final

T = TypeVar("T")

CHUNK = 512
"""Entries that are packed together."""
_KEPT_OPEN = 4
"""Chunks that stay open after they were looked at."""
_NEWEST = 2
"""Chunks at the end that lie open where there is time to pack the others."""
_SEGMENTS = 1024
_NOTE = Struct("<Ii")


def _in_memory(piece: bytes) -> Callable[[], bytes]:
    return lambda: piece


@dataclass(frozen=True, slots=True)
class Keeping:
    """How much lies open, and where the rest is kept."""

    newest: int = 10
    """Chunks at the end that may lie open: all that a flood leaves behind until it is drawn."""
    keep: Callable[[bytes], Callable[[], bytes]] = _in_memory
    """Puts something away, and gives what brings it back."""


ALL_IN_MEMORY = Keeping()


@final
@dataclass(frozen=True, slots=True)
class _Away:
    bring_back: Callable[[], bytes]


class PackedEntries(Generic[T]):
    """Entries at places that count up at the end and down at the beginning; all must pickle."""

    def __init__(self, keeping: Keeping = ALL_IN_MEMORY) -> None:
        self.keeping = keeping
        self.first = 0
        """The place of the first entry."""
        self.end = 0
        """The place behind the last."""
        self._starts: list[int] = []
        self._chunks: list[_Away | list[tuple[str, T]]] = []
        self._open: dict[int, list[tuple[str, T]]] = {}
        """Packed chunks that were looked at last, by where they start."""
        self._places: dict[str, int] = {}
        """Of the newest; of those before them `_index` tells."""
        self._index = _Index()

    def append(self, key: str, entry: T) -> None:
        """Put an entry at the end; its key is not there yet."""
        self.extend(((key, entry),))

    def extend(self, entries: Sequence[tuple[str, T]]) -> None:
        """Put entries at the end; none of their keys is there yet."""
        self._places |= {key: place for place, (key, _) in enumerate(entries, self.end)}
        left = entries
        while left:
            newest = self._chunks[-1] if self._chunks else None
            if not isinstance(newest, list) or len(newest) >= CHUNK:
                newest = self._begin_chunk()
            taken = left[: CHUNK - len(newest)]
            newest.extend(taken)
            self.end += len(taken)
            left = left[len(taken) :]

    def _begin_chunk(self) -> list[tuple[str, T]]:
        """An empty chunk at the end; from now on one less of those before it lies open."""
        begun: list[tuple[str, T]] = []
        self._starts.append(self.end)
        self._chunks.append(begun)
        if len(self._chunks) > self.keeping.newest:
            self._pack(len(self._chunks) - self.keeping.newest - 1)
        return begun

    def settle(self) -> None:
        """Pack what a flood left open, now that there is time; the newest stay as they are."""
        count = len(self._chunks)
        for number in range(max(0, count - self.keeping.newest), count - _NEWEST):
            self._pack(number)

    def precede(self, entries: Sequence[tuple[str, T]]) -> None:
        """Put entries before the first; none of their keys is there yet."""
        for end in range(len(entries), 0, -CHUNK):
            chunk = list(entries[max(0, end - CHUNK) : end])
            self.first -= len(chunk)
            self._starts.insert(0, self.first)
            self._chunks.insert(0, chunk)
            self._places.update((key, self.first + at) for at, (key, _) in enumerate(chunk))
            self._pack(0)

    def entry(self, place: int) -> T:
        """The entry at a place."""
        return self._at(place)[1]

    def place(self, key: str) -> int | None:
        """Where the entry of this key stands, or None."""
        place = self._places.get(key)
        if place is not None:
            return place
        for candidate in self._index.candidates(key):
            if self._at(candidate)[0] == key:
                return candidate
        return None

    def between(self, first: int, end: int) -> Iterator[tuple[str, T]]:
        """The entries from a place to before another, with their keys."""
        while first < end:
            number = bisect_right(self._starts, first) - 1
            start = self._starts[number]
            chunk = self._chunk(number)[first - start : end - start]
            yield from chunk
            first += len(chunk)

    def _at(self, place: int) -> tuple[str, T]:
        number = bisect_right(self._starts, place) - 1
        return self._chunk(number)[place - self._starts[number]]

    def _chunk(self, number: int) -> list[tuple[str, T]]:
        chunk = self._chunks[number]
        if isinstance(chunk, list):
            return chunk
        start = self._starts[number]
        found = self._open.get(start)
        if found is None:
            # Of this very process: nobody else wrote it.
            found = pickle.loads(zlib.decompress(chunk.bring_back()))  # noqa: S301
            while len(self._open) >= _KEPT_OPEN:
                del self._open[next(iter(self._open))]
            self._open[start] = found
        return found

    def _pack(self, number: int) -> None:
        chunk = self._chunks[number]
        if isinstance(chunk, list):
            keys = [key for key, _ in chunk]
            self._index.add(keys, self._starts[number])
            for key in keys:
                del self._places[key]
            packed = zlib.compress(pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL), 1)
            self._chunks[number] = _Away(self.keeping.keep(packed))


class _Index:
    """Where each of very many keys may stand: eight bytes a key, found by its hash."""

    def __init__(self) -> None:
        self._segments: list[bytearray] = []
        """Of each key four bytes of its hash, and four of its place."""

    def add(self, keys: Iterable[str], start: int) -> None:
        """Note keys, at one place after the other."""
        if not self._segments:
            self._segments = [bytearray() for _ in range(_SEGMENTS)]
        for place, key in enumerate(keys, start):
            code = hash(key)
            self._segments[code % _SEGMENTS] += _NOTE.pack(_mark(code), place)

    def candidates(self, key: str) -> Sequence[int]:
        """The places of all keys whose hash is so much like this one's, as hardly any is."""
        if not self._segments:
            return ()
        code = hash(key)
        segment, mark = self._segments[code % _SEGMENTS], _mark(code).to_bytes(4, "little")
        found: list[int] = []
        at = segment.find(mark)
        while at >= 0:
            if at % _NOTE.size == 0:
                found.append(_NOTE.unpack_from(segment, at)[1])
            at = segment.find(mark, at + 1)
        return found


def _mark(code: int) -> int:
    """32 more bits of a hash than those that tell the segment."""
    return code >> 24 & 0xFFFF_FFFF
