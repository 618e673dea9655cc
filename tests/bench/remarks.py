"""What the measured programs are told: remarks of a dozen people, each found by its first word.

A terminal program leaves out what stands on the screen already. So the first words of remarks
that may stand in each other's place have no letter in common, and none with the rest.
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

_ALPHABETS = ("ABCDEF", "GHIJKL", "MNOPRS", "TUVWYZ")
_WORDS = ("budget", "audit", "travel", "we", "the", "is", "not", "agreed", "year", "board")
_LETTERS = 8


def mark(number: int) -> str:
    """The first word of a remark; no letter stands twice in a row, which some write once."""
    alphabet = _ALPHABETS[number % len(_ALPHABETS)]
    steps = len(alphabet) - 1
    left, place, letters = number * 1_000_003 % steps**_LETTERS, 0, ""
    for _ in range(_LETTERS):
        left, step = divmod(left, steps)
        place = (place + 1 + step) % len(alphabet)
        letters += alphabet[place]
    return letters


def remarks(first: int, count: int) -> Sequence[tuple[str, str]]:
    """So many remarks from a number on, each as (speaker, words); the same in every run."""
    chance = random.Random(first)
    return [
        (
            chance.choice(SPEAKERS),
            f"{mark(number)} {' '.join(chance.choices(_WORDS, k=chance.randint(3, 20)))}",
        )
        for number in range(first, first + count)
    ]


KEYS = "".join(chr(code) for code in range(0xC0, 0x240) if chr(code).isalpha())
"""Letters that nothing else on the screen has, to be typed one after the other."""
