"""What others wrote as part of a line: it ends no line and moves no terminal."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from boardroom_tui.protocol.text import clean


def plain(text: str) -> str:
    """The text in one line, without anything that could act on a terminal."""
    return " ".join(clean(text).split())


def sentence(text: str) -> str:
    """The text in one line, with an end."""
    words = plain(text)
    return words if words.endswith((".", "!", "?", "…", ":")) else f"{words}."


def at(moment: datetime, words: str, zone: tzinfo | None) -> str:
    """What happened, after the time at which it did; `zone` None is this machine's."""
    return f"{moment.astimezone(zone):%H:%M} {words}"


def counted(number: int, one: str, several: str) -> str:
    """`1 message`, `2 messages`."""
    return f"{number} {one if number == 1 else several}"


def listed(names: Iterable[str]) -> str:
    """The names behind one another."""
    return ", ".join(plain(name) for name in names)
