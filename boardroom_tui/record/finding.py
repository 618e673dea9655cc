"""What a check of the record finds, and how it names the place."""

import re
from dataclasses import dataclass

from boardroom_tui.protocol.text import clean
from boardroom_tui.record.chain import Link

_LONGEST = 60
_LONGEST_LINE = 400
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d{6}Z")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be: at which event, and what is wrong there."""

    place: str
    problem: str

    def __str__(self) -> str:
        return shown(f"{self.place}: {self.problem}", _LONGEST_LINE)


def at(link: Link, problem: str) -> Finding:
    """A finding at an event."""
    return Finding(named(link), problem)


def named(link: Link) -> str:
    """An event by its number, its time and its type."""
    time = _TIME.fullmatch(link.time)
    moment = shown(link.time) if time is None else f"{time[1]} {time[2]} UTC"
    return f"event {link.sequence}, {moment}, {shown(link.type)}"


def shown(stored: str, longest: int = _LONGEST) -> str:
    """Something stored that may hold anything, as one line that is not too long."""
    text = clean(stored.encode(errors="surrogateescape").decode(errors="replace"))
    return text if len(text) <= longest else f"{text[:longest]}…"


def short(hash_: str) -> str:
    """Enough of a hash to tell it from another."""
    return f"{shown(hash_[:12])}…"
