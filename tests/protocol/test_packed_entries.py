"""What lies packed is what was put there, wherever it stands."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.packed_entries import CHUNK, Keeping, PackedEntries

GROWTH = st.lists(
    st.tuples(st.booleans(), st.sampled_from((1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK))),
    max_size=4,
)
"""At which end entries come, and how many."""


def grown(growth: list[tuple[bool, int]]) -> tuple[PackedEntries[str], list[tuple[str, str]]]:
    """What has grown so, and the same as a list."""
    packed, plain = PackedEntries[str](), list[tuple[str, str]]()
    for number, (at_end, count) in enumerate(growth):
        new = [(f"{number} {one}", f"entry {number} {one}") for one in range(count)]
        if at_end:
            packed.append(*new[0])
            packed.extend(new[1:])
            plain += new
        else:
            packed.precede(new)
            plain[:0] = new
    return packed, plain


@given(GROWTH, st.integers(0, 4000), st.integers(0, 4000))
def test_packed_entries_are_those_that_a_list_has(
    growth: list[tuple[bool, int]], start: int, length: int
) -> None:
    packed, plain = grown(growth)
    assert packed.end - packed.first == len(plain)
    assert list(packed.between(packed.first, packed.end)) == plain
    start = min(start, len(plain))
    end = min(start + length, len(plain))
    assert list(packed.between(packed.first + start, packed.first + end)) == plain[start:end]
    for place in range(0, len(plain), 97):
        key, entry = plain[place]
        assert packed.place(key) == packed.first + place
        assert packed.entry(packed.first + place) == entry
    assert packed.place("nobody's") is None


def test_a_flood_is_packed_but_for_the_newest_once_there_is_time() -> None:
    put_away: list[bytes] = []

    def keep(piece: bytes) -> Callable[[], bytes]:
        put_away.append(piece)
        return lambda: piece

    packed = PackedEntries[str](Keeping(newest=8, keep=keep))
    flood = [(f"key {one}", f"entry {one}") for one in range(7 * CHUNK + 1)]
    packed.extend(flood)
    assert not put_away
    packed.settle()
    packed.settle()
    assert len(put_away) == 6
    assert list(packed.between(0, packed.end)) == flood
    assert packed.place("key 0") == 0
