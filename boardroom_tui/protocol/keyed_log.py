"""An immutable, growing list of things that have names: what was said, in order.

State is frozen, and a meeting says a hundred thousand things; copying a tuple for each of them
would cost more than the meeting. Versions of a log share their storage: each sees only its own
stretch of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from boardroom_tui.protocol.packed_entries import PackedEntries

T = TypeVar("T")


class KeyedLog(Sequence[T], Generic[T]):
    """A sequence that only grows, by `adding` and `preceded_by`; each entry is found by its key.

    Growing costs the same whatever the length, where this is the newest version; an older one is
    copied first where it would otherwise see what the newer has, so no version ever changes.
    """

    __slots__ = ("_end", "_entries", "_first")

    def __init__(
        self, entries: PackedEntries[T] | None = None, first: int = 0, end: int = 0
    ) -> None:
        """A stretch of entries that others may have, too; without any, empty."""
        self._entries = PackedEntries[T]() if entries is None else entries
        self._first = first
        self._end = end

    def adding(self, key: str, entry: T) -> "KeyedLog[T]":
        """This log and one entry more; the same log if it already holds `key`."""
        return self.adding_all(((key, entry),))

    def adding_all(self, entries: Iterable[tuple[str, T]]) -> "KeyedLog[T]":
        """This log and these entries more, of those with one key the first that there was."""
        new: dict[str, T] = {}
        newest = self._end == self._entries.end
        for key, entry in entries:
            place = self._entries.place(key)
            if place is None or not self._first <= place < self._end:
                new.setdefault(key, entry)
                newest = newest and place is None
        if not new:
            return self
        longer = self._again() if newest else self._copied()
        longer._entries.extend(list(new.items()))
        longer._end += len(new)
        return longer

    def preceded_by(self, earlier: Iterable[tuple[str, T]]) -> "KeyedLog[T]":
        """This log with these in front of it; the same log if it already holds all their keys."""
        new = {key: entry for key, entry in earlier if key not in self}
        if not new:
            return self
        unseen = all(self._entries.place(key) is None for key in new)
        newest = unseen and self._first == self._entries.first
        longer = self._again() if newest else self._copied()
        longer._entries.precede(list(new.items()))
        longer._first -= len(new)
        return longer

    def continues(self, other: "KeyedLog[T]") -> bool:
        """Whether this is surely the other log and what was added to its end, if anything."""
        return self._entries is other._entries and self._first == other._first

    def settle(self) -> None:
        """Have what is older take less room; it says the same. Call it now and then, at rest."""
        self._entries.settle()

    def _again(self) -> "KeyedLog[T]":
        """This stretch of the same entries."""
        return KeyedLog(self._entries, self._first, self._end)

    def _copied(self) -> "KeyedLog[T]":
        copied = PackedEntries[T](self._entries.keeping)
        for key, entry in self._entries.between(self._first, self._end):
            copied.append(key, entry)
        return KeyedLog(copied, copied.first, copied.end)

    def find(self, key: str) -> T | None:
        """The entry of this key, or None."""
        place = self.place(key)
        return None if place is None else self[place]

    def place(self, key: str) -> int | None:
        """Where the entry of this key stands, or None."""
        place = self._entries.place(key)
        return (
            None if place is None or not self._first <= place < self._end else place - self._first
        )

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.place(key) is not None

    def __len__(self) -> int:
        return self._end - self._first

    def __iter__(self) -> Iterator[T]:
        return self._between(0, len(self))

    def since(self, place: int) -> Iterator[T]:
        """The entries from a place on."""
        return self._between(place, len(self))

    def _between(self, first: int, end: int) -> Iterator[T]:
        chunks = self._entries.between(self._first + first, self._first + end)
        return (entry for _, entry in chunks)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        length = len(self)
        if isinstance(index, slice):
            places = range(*index.indices(length))
            if places.step == 1:
                return [*self._between(places.start, places.stop)]
            return [self._entries.entry(self._first + place) for place in places]
        if not -length <= index < length:
            raise IndexError(index)
        return self._entries.entry((self._first if index >= 0 else self._end) + index)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KeyedLog):
            return NotImplemented
        return len(self) == len(other) and all(  # pyright: ignore[reportUnknownArgumentType]
            one == another
            for one, another in zip(self, other, strict=True)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        )

    __hash__ = None  # type: ignore[assignment]
