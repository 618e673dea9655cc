"""A connection lost at each byte of its handshake and of its frames, in both directions."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from boardroom_tui.protocol.fields import Role
from tests.network.attendant import attending
from tests.network.checking import assert_all_answered, assert_said_once
from tests.network.relay import Cut, Loss, relayed
from tests.network.schedule import PATIENCE, House, housed

AT_ONCE = 12
IN_ONE_MEETING = 60
"""Whoever comes in is told what was said before: in one meeting of thousands that took hours."""
_USER = "user_ben"


@dataclass(frozen=True, slots=True)
class Length:
    """How many bytes pass each way until one has come in and has said something."""

    to_server: int
    to_client: int


async def lose_at_every_byte(folder: Path, seed: int, step: int) -> int:
    """Lose a connection at every `step`th byte, and let its member say what they wanted to say.

    How it is lost is drawn by the seed. Returns how many were lost; AssertionError says what did
    not come through, or came twice.
    """
    random = Random(seed)
    async with housed(folder / "length") as house:
        length = await _length(house)
    cuts = [Cut(*place, random.choice(list(Loss))) for place in _places(length, step)]
    for first in range(0, len(cuts), IN_ONE_MEETING):
        await _lose_all(folder / f"from {first}", cuts[first : first + IN_ONE_MEETING])
    return len(cuts)


async def _lose_all(folder: Path, cuts: Sequence[Cut]) -> None:
    async with housed(folder) as house:
        left = iter(cuts)
        await asyncio.gather(*(_lose(house, left) for _ in range(AT_ONCE)))
    assert_said_once(folder, [_words(cut) for cut in cuts])


def _places(length: Length, step: int) -> Iterator[tuple[int, bool]]:
    yield from ((place, False) for place in range(0, length.to_server, step))
    yield from ((place, True) for place in range(0, length.to_client, step))


def _words(cut: Cut) -> str:
    return f"Lost after {cut.after} bytes {'to me' if cut.to_client else 'from me'}"


async def _lose(house: House, cuts: Iterable[Cut]) -> None:
    for cut in cuts:
        await _say(house, _words(cut), cut)


async def _length(house: House) -> Length:
    passed = await _say(house, "Nothing is lost", None)
    return Length(passed[False], passed[True])


async def _say(house: House, words: str, cut: Cut | None) -> dict[bool, int]:
    """Come in, say this, and be heard, although the first connection is lost there."""
    async with relayed(house.address) as relay:
        relay.next_cut = cut
        token = house.token(_USER)
        async with attending(_USER, Role.PARTICIPANT, relay, token) as one:
            one.say(words)
            await one.until(lambda one: bool(one.answers), PATIENCE)
            await one.until(lambda one: one.is_quiet, PATIENCE)
            assert_all_answered([one])
            return dict(relay.passages[0].passed)
