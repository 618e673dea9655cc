"""An immutable, growing list of things that have names: what was said, in order.

State is frozen, and a meeting says a hundred thousand things; copying a tuple for each of them
would cost more than the meeting. Two versions of a log share their storage: an older one sees
only its own length of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class KeyedLog(Sequence[T], Generic[T]):
    """A sequence that only grows, by `adding` and `preceded_by`; each entry is found by its key.

    Adding to the newest version costs the same whatever the length; adding to an older one
    copies it first, so no version ever changes.
    """

    __slots__ = ("_entries", "_length", "_places")

    def __init__(self) -> None:
        self._entries: list[T] = []
        self._places: dict[str, int] = {}
        self._length = 0

    def adding(self, key: str, entry: T) -> "KeyedLog[T]":
        """This log and one entry more; the same log if it already holds `key`."""
        if key in self:
            return self
        longer = KeyedLog[T]()
        if self._length == len(self._entries):
            longer._entries, longer._places = self._entries, self._places
        else:
            longer._entries = self._entries[: self._length]
            longer._places = {k: i for k, i in self._places.items() if i < self._length}
        longer._places[key] = self._length
        longer._entries.append(entry)
        longer._length = self._length + 1
        return longer

    def preceded_by(self, earlier: Iterable[tuple[str, T]]) -> "KeyedLog[T]":
        """This log with these in front of it; the same log if it already holds all their keys.

        It is copied: that costs as much as it is long.
        """
        new = {key: entry for key, entry in earlier if key not in self}
        if not new:
            return self
        longer = KeyedLog[T]()
        longer._entries = [*new.values(), *self]
        longer._places = {key: place for place, key in enumerate(new)}
        known = ((k, place) for k, place in self._places.items() if place < self._length)
        longer._places.update((key, place + len(new)) for key, place in known)
        longer._length = len(longer._entries)
        return longer

    def find(self, key: str) -> T | None:
        """The entry of this key, or None."""
        place = self.place(key)
        return None if place is None else self._entries[place]

    def place(self, key: str) -> int | None:
        """Where the entry of this key stands, or None."""
        place = self._places.get(key)
        return place if place is not None and place < self._length else None

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.place(key) is not None

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return (self._entries[place] for place in range(self._length))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self._entries[place] for place in range(*index.indices(self._length))]
        return self._entries[range(self._length)[index]]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KeyedLog):
            return NotImplemented
        return len(self) == len(other) and all(  # pyright: ignore[reportUnknownArgumentType]
            one == another
            for one, another in zip(self, other, strict=True)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        )

    __hash__ = None  # type: ignore[assignment]
