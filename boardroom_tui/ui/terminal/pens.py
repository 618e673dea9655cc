"""How a cell is drawn, as the numbers SGR takes: `1;38;2;255;0;0`; empty is the terminal's own pen.

ECMA-48, 8.3.117, and xterm's control sequences for the colours.
"""

from dataclasses import dataclass
from functools import lru_cache

_OFF = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "21": "24",
    "51": "54",
    "52": "54",
    "53": "55",
}
"""What ends an attribute; some end two."""

_UNSEEN_ON_BLANKS = frozenset({"1", "2", "3", "5", "6", "8"})
_COLOUR_LENGTH = {"5": 3, "2": 5}
"""How many numbers a colour takes, by the second of them."""


@dataclass(frozen=True, slots=True)
class _Parts:
    attributes: frozenset[str]
    ink: str
    ground: str


@lru_cache(maxsize=4096)
def ground_of(pen: str) -> str | None:
    """The pen that draws a blank alike and nothing else; None if this one shows on a blank."""
    parts = _parts(pen)
    return parts.ground if parts.attributes <= _UNSEEN_ON_BLANKS else None


@lru_cache(maxsize=4096)
def change(before: str, after: str) -> str:
    """The shortest sequence that takes a terminal from one pen to another."""
    if before == after:
        return ""
    anew = f"\x1b[;{after}m" if after else "\x1b[m"
    step = f"\x1b[{';'.join(_steps(_parts(before), _parts(after)))}m"
    return min(anew, step, key=len)


def _steps(before: _Parts, after: _Parts) -> list[str]:
    ended = {_OFF[one] for one in before.attributes - after.attributes if one in _OFF}
    if any(one not in _OFF for one in before.attributes - after.attributes):
        ended.add("0")
        before = _Parts(frozenset(), "", "")
    kept = {one for one in before.attributes & after.attributes if _OFF.get(one) not in ended}
    steps = [*sorted(ended), *sorted(after.attributes - kept)]
    if after.ink != before.ink:
        steps.append(after.ink or "39")
    if after.ground != before.ground:
        steps.append(after.ground or "49")
    return steps


@lru_cache(maxsize=4096)
def _parts(pen: str) -> _Parts:
    numbers = pen.split(";") if pen else []
    attributes: set[str] = set()
    ink, ground = "", ""
    at = 0
    while at < len(numbers):
        number = numbers[at]
        length = 1
        if number in {"38", "48"}:
            length = _COLOUR_LENGTH.get(numbers[at + 1], 1)
        whole = ";".join(numbers[at : at + length])
        match int(number):
            case 39:
                ink = ""
            case 49:
                ground = ""
            case code if 30 <= code < 39 or 90 <= code < 98:
                ink = whole
            case code if 40 <= code < 49 or 100 <= code < 108:
                ground = whole
            case _:
                attributes.add(number)
        at += length
    return _Parts(frozenset(attributes), ink, ground)
