"""What is typed at the door: kept as it came, and read as far as it is plain text."""

import re
from codecs import utf_8_decode
from typing import NamedTuple

from boardroom_tui.protocol.text import clean

PAUSE_SECONDS = 0.1
"""An Escape that nothing follows for so long is a key of its own, as Textual has it."""

SILENT_SECONDS = 1.0
"""A paste that nothing follows for so long may have lost its end: Ctrl+C is a key again."""

_PASTE = b"\x1b[200~"
_LOOKS = (b"\x1b[I", b"\x1b[O")
"""The terminal is looked at, or no longer."""
_STEP = re.compile(
    rb"(?P<text>[\x20-\x7e\x80-\xff]+)|(?P<line>\n)|(?P<erase>\x7f)|(?P<looks>\x1b\[[IO])"
    rb"|\x1b\[200~(?P<paste>[^\x1b]*)\x1b\[201~"
)
_MOST = 3000
"""So many bytes are shown, or looked through for a paste's end; of much more the board says how
many characters they are."""
_INTERRUPT = b"\x03"
_PASTED = re.compile(rb"\x1b\[200~.*?\x1b\[201~", re.DOTALL)
_PASTE_END = b"\x1b[201~"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)


class Piece(NamedTuple):
    """What was sent at once."""

    data: bytes
    is_apart: bool
    """Whether nothing was sent for a while before it."""


class Typed:
    """Bytes of a terminal. Behind what only the board can do, all waits for it."""

    def __init__(self) -> None:
        self.text = ""
        """What is written, as far as that is plain."""
        self.lines_pasted = 0
        """How many were pasted last, if nothing was written since."""
        self.pieces: list[Piece] = []
        """All of it, as it came."""
        self._came = 0.0
        self._unread = bytearray()
        self._waits = False
        self._open = b""
        """The end of what came, from where a paste began or a mark of one may."""

    def take(self, data: bytes, now: float) -> bool:
        """Add what was sent at this time, in seconds; whether Ctrl+C is part of it."""
        self.pieces.append(Piece(data, self.is_over(now)))
        if now - self._came > SILENT_SECONDS:
            self._open = b""
        self._came = now
        self._unread += data
        while not self._waits and self._unread:
            if not self._read():
                break
        return self._is_interrupted(data)

    def is_over(self, now: float) -> bool:
        """Whether what was sent last is whole: nothing followed it for a while."""
        return now - self._came > PAUSE_SECONDS

    @property
    def written(self) -> str:
        """All of it in one line of words, without the keys that are none."""
        rest = _SEQUENCE.sub("", self._unread.decode(errors="replace"))
        return clean(self.text + rest).strip()

    def _is_interrupted(self, data: bytes) -> bool:
        """Whether Ctrl+C is part of this, and not of a paste, which may come in many pieces."""
        keys, begun, pasted = _PASTED.sub(b"", self._open + data).partition(_PASTE)
        self._open = begun + pasted[-len(_PASTE_END) :] if begun else _beginning(keys)
        return _INTERRUPT in keys

    def _read(self) -> bool:
        """Do the next to the text; whether anything could be done."""
        found = _STEP.match(self._unread)
        if found is None or len(self.text) + found.end() > _MOST:
            self._waits = found is not None or not _may_go_on(bytes(self._unread[: _MOST + 1]))
            return False
        done = found.end()
        match found.lastgroup:
            case "erase":
                self._put(self.text[:-1])
            case "line":
                self._put(f"{self.text}\n")
            case "text":
                done = self._write(found["text"], is_whole=done < len(self._unread))
            case "paste":
                pasted = clean(found["paste"].decode(errors="replace"), lines=True)
                self._put(self.text + pasted)
                self.lines_pasted = len(pasted.splitlines()) if "\n" in pasted else 0
            case _:
                pass
        del self._unread[:done]
        return done > 0

    def _write(self, data: bytes, *, is_whole: bool) -> int:
        """Add characters to the text; how many bytes of them are done."""
        try:
            text, done = utf_8_decode(data, "strict", is_whole)
        except UnicodeDecodeError as error:
            self._waits = True
            text, done = data[: error.start].decode(), error.start
        for place, character in enumerate(text):
            if not character.isprintable():
                self._waits = True
                text = text[:place]
                done = len(text.encode())
                break
        self._put(self.text + text)
        return done

    def _put(self, text: str) -> None:
        self.text, self.lines_pasted = text, 0


def _beginning(keys: bytes) -> bytes:
    """What may be the beginning of a paste, at the end of this."""
    marks = (_PASTE[:length] for length in range(len(_PASTE) - 1, 0, -1))
    return next((mark for mark in marks if keys.endswith(mark)), b"")


def _may_go_on(unread: bytes) -> bool:
    """Whether this is the beginning of what could be done with the rest of it."""
    if unread.startswith(_PASTE):
        return len(unread) <= _MOST
    return any(one.startswith(unread) for one in (_PASTE, *_LOOKS))
