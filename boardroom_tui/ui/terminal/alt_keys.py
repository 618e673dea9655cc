"""Alt and another key, which most terminals send as an Escape before it.

Textual 8.2 gives the other key alone, or what that writes: Alt+Enter would send, Alt+1 write "¡".
What is private to it is used here as in painting.py.
"""

from collections.abc import Callable, Iterable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.keys import key_to_character

AS_IN_8_2: tuple[tuple[Callable[..., object], str], ...] = (
    (XTermParser._sequence_to_key_events, "self sequence alt"),  # pyright: ignore[reportPrivateUsage]
)
"""The parameters of what is used here."""

_ESCAPE = "\x1b"
_ALT = "alt+"


class AltParser(XTermParser):
    """Textual's parser, whose keys with Alt write nothing."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if _writes_a_sign(sequence):
            sequence, alt = sequence[1], True
        for key in super()._sequence_to_key_events(sequence, alt):
            yield _with_alt(key) if alt else key


def letter_with_alt(key: str) -> str | None:
    """The character of a key with Alt, by Textual's name of it: `H` of `alt+shift+h`."""
    if not key.startswith(_ALT):
        return None
    name = key.removeprefix(_ALT)
    if name.startswith("shift+"):
        return name.removeprefix("shift+").upper()
    return key_to_character(name)


def _writes_a_sign(sequence: str) -> bool:
    """Whether it is an Escape and a key for which Textual has the sign that macOS would write."""
    is_alt = len(sequence) == 2 and sequence.startswith(_ESCAPE)
    return is_alt and isinstance(ANSI_SEQUENCES_KEYS.get(sequence), str)


def _with_alt(key: events.Key) -> events.Key:
    """The key as one with Alt, where it is one that writes, or Enter."""
    if not key.is_printable and key.key != "enter":
        return key
    return events.Key(key.key if key.key.startswith(_ALT) else f"{_ALT}{key.key}", None)
