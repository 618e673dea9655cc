"""What the measured programs are told: remarks of a dozen people, the last found by its first word.

A terminal program leaves out what stands on the screen already. So that word, and what may have
stood in its place before, have no letter in common.
"""

import random
from collections.abc import Sequence

SPEAKERS = (
    "ada",
    "ben",
    "cleo",
    "dan",
    "eva",
    "finn",
    "gita",
    "hugo",
    "ines",
    "jon",
    "kim",
    "lars",
)
"""In lower case, and without `user_` before them."""

_ALPHABETS = ("MNO", "PRS", "TUV", "WYZ")
"""Capitals that no name begins with."""
_WORDS = ("budget", "audit", "travel", "we", "the", "is", "not", "agreed", "year", "board")
_LETTERS = 8


def mark(time: int) -> str:
    """The word of one time; no letter stands twice in a row, which some write once."""
    alphabet = _ALPHABETS[time % len(_ALPHABETS)]
    steps = len(alphabet) - 1
    left, place, letters = time * 1_000_003 % steps**_LETTERS, 0, ""
    for _ in range(_LETTERS):
        left, step = divmod(left, steps)
        place = (place + 1 + step) % len(alphabet)
        letters += alphabet[place]
    return letters


def remarks(time: int, count: int, *, marked: bool = True) -> Sequence[tuple[str, str]]:
    """So many, each as (speaker, words); always the same.

    The last one has the mark of this time, unless nobody looks for it: of many marks on the screen
    one would stand in another's place with the same letters.
    """
    chance = random.Random(time)
    first_words = ["question"] * count
    if marked and count:
        first_words[-1] = mark(time)
    return [
        (
            chance.choice(SPEAKERS),
            f"{first} {' '.join(chance.choices(_WORDS, k=chance.randint(3, 20)))}",
        )
        for first in first_words
    ]


KEYS = "".join(chr(code) for code in range(0xC0, 0x240) if chr(code).isalpha())
"""Letters that nothing else on the screen has, to be typed one after the other."""
