"""Names that a reader could take for one another.

A member could call themselves like the chair. Where two names look alike, the screen shows the
user's id beside each (DESIGN.md, The terminal).
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_TWINS = str.maketrans(
    {
        # Cyrillic
        "а": "a", "в": "b", "е": "e", "з": "3", "і": "i", "ї": "i", "к": "k", "м": "m", "н": "h",
        "о": "o", "р": "p", "с": "c", "т": "t", "у": "y", "х": "x", "ѕ": "s", "ј": "j", "ԁ": "d",
        "һ": "h", "ԛ": "q", "ԝ": "w", "ь": "b",
        # Greek
        "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "m", "ν": "v",
        "ο": "o", "ρ": "p", "σ": "o", "τ": "t", "υ": "u", "χ": "x", "ω": "w",
        # Latin
        "ı": "l", "ɩ": "l", "ł": "l", "đ": "d", "ø": "o", "ɑ": "a", "ɡ": "g",
        # What takes another's place in many typefaces
        "0": "o", "1": "l", "i": "l", "|": "l", "5": "s",
    }
)  # fmt: skip

_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


@lru_cache(maxsize=4_096)
def skeleton(name: str) -> str:
    """What is left of a name when case, accents, blanks, punctuation and script are ignored."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = folded.translate(_TWINS)
    kept = "".join(letter for letter in letters if letter.isalnum())
    for pair, twin in _PAIRS:
        kept = kept.replace(pair, twin)
    return kept


def lookalikes(names: Iterable[str]) -> frozenset[str]:
    """Those skeletons that two or more of the names share."""
    counted = Counter(map(skeleton, names))
    return frozenset(bones for bones, times in counted.items() if times > 1)
