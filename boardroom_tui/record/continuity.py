"""Whether the links of a chain follow one another, and where one does not, what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from boardroom_tui.record.chain import BEGINNING, Link
from boardroom_tui.record.finding import Finding, at, named, short

_MOST_SEARCHED = 20
_NEAR = 3


def continuity(links: Sequence[Link]) -> Iterator[Finding]:
    """What is missing, altered, added or moved in a meeting's links, in their order.

    One that is altered does not make those behind it wrong: each is compared with what is stored.
    """
    for shift, run in groupby(_judged(links), key=lambda one: one.shift):
        alike = tuple(run)
        for one in alike:
            if one.link.sequence != one.due:
                yield _gap(one)
            if shift is None:
                yield at(one.link, _altered(one))
        if shift:
            yield _moved(alike[0].link, alike[-1].link, shift)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A link where it stands."""

    link: Link
    last: Link | None
    """The one before it."""
    due: int
    """The number that it should have."""
    expected: frozenset[str]
    """The hashes that it may have here; none where what it follows is missing."""
    shift: int | None
    """How much higher it was numbered when it was recorded; None if it was altered."""


def _judged(links: Sequence[Link]) -> Iterator[_Judged]:
    search = _Search(links)
    last: Link | None = None
    due, shift = 1, 0
    before = frozenset({BEGINNING})
    for link in links:
        if link.sequence != due:
            before = frozenset[str]()
        expected = frozenset(link.hash_after(each) for each in before)
        follows = not expected or link.hash in expected
        now = 0 if follows else search.shift(link, last, shift or 0)
        yield _Judged(link, last, due, expected, now)
        # Where the hash itself was altered, what comes next still follows from the true one.
        before = frozenset({link.hash}) if follows else expected | {link.hash}
        last, due, shift = link, link.sequence + 1, now


def _gap(one: _Judged) -> Finding:
    end = one.link.sequence - 1
    which = f"event {end} is" if one.due == end else f"events {one.due} to {end} are"
    place, verb = which.rsplit(" ", 1)
    after = "the record begins with" if one.last is None else f"after {named(one.last)} comes"
    return Finding(place, f"{verb} missing: {after} {named(one.link)}")


def _altered(one: _Judged) -> str:
    place = "at the beginning" if one.last is None else f"behind event {one.last.sequence}"
    expected = " or ".join(sorted(short(each) for each in one.expected))
    return (
        f"was altered, or was not recorded {place}: "
        f"its hash is {short(one.link.hash)}, and it should be {expected}"
    )


def _moved(first: Link, last: Link, shift: int) -> Finding:
    origin = first.sequence + shift
    if first is last:
        return at(first, f"was recorded as event {origin}: it was moved or renumbered")
    return Finding(
        f"events {first.sequence} to {last.sequence}",
        f"were recorded as events {origin} to {last.sequence + shift}: "
        "they were moved or renumbered",
    )


class _Search:
    """Finds where an event that is whole stood when it was recorded."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._links = links
        self._searched = 0

    def shift(self, link: Link, last: Link | None, likely: int) -> int | None:
        """How much higher it was numbered, if its hash can still tell.

        First it is looked for behind the one before it, which was moved by `likely`.
        """
        if likely and _was(link, link.sequence + likely, _hash(last)):
            return likely
        # In a record that is all wrong each search would go through all of it.
        if self._searched >= _MOST_SEARCHED:
            return None
        self._searched += 1
        for other in (None, *self._links):
            behind = 1 if other is None else other.sequence + 1
            near = range(max(1, link.sequence - _NEAR), link.sequence + _NEAR + 1)
            for sequence in (behind, *near):
                if _was(link, sequence, _hash(other)):
                    return sequence - link.sequence
        return None


def _hash(link: Link | None) -> str:
    return BEGINNING if link is None else link.hash


def _was(link: Link, sequence: int, before: str) -> bool:
    """Whether an event was recorded under this number behind this hash."""
    return replace(link, sequence=sequence).hash_after(before) == link.hash
