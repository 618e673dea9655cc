"""What others wrote, made harmless: nothing in it moves a terminal or hides from the eye.

Source: DESIGN.md, The terminal. It is done once, where a message comes in or a record goes out.
"""

import re
import unicodedata
from functools import cache

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Unicode's Default_Ignorable_Code_Point: bidi controls, zero widths, variation selectors, tags."""

_PICTURE = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u231a-\u23ff\u2460-\u24ff\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
"""Where emoji stand; that some of these are none does no harm."""


@cache
def _removed() -> re.Pattern[str]:
    """What is taken out, or named `kept`; read when first used: most programs clean plain text."""
    return re.compile(
        rf"(?P<kept>(?<=[{_PICTURE}])\ufe0f"  # a picture shown as an emoji
        rf"|(?:(?<=[{_PICTURE}])|(?<=[{_PICTURE}]\ufe0f))\u200d(?=[{_PICTURE}])"  # two joined
        rf"|(?<=[0-9#*])\ufe0f(?=\u20e3))"  # a keycap
        rf"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff9-\ufffb{_UNSEEN}]"
    )


def clean(text: str, *, lines: bool = False) -> str:
    """The text without controls, bidi controls and zero-width characters, in NFC.

    Joiners and selectors stay where they are part of an emoji. Each line end becomes a newline
    if `lines`, else a blank; a tab becomes a blank. Cleaning twice changes nothing more.
    """
    if is_plain(text):
        return text
    text = _LINE_END.sub("\n" if lines else " ", text).replace("\t", " ")
    # Normalised on both sides: a singleton like U+2329 must not pass for the picture it is not
    # in NFC, and what was removed may have kept a letter from its accent.
    text = _removed().sub(lambda found: found["kept"] or "", unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", text)


def is_harmless(frame: str | bytes) -> bool:
    """Whether no string in a frame of JSON needs cleaning, as in most frames; seen at one look."""
    # Of what is ASCII there is only one character to clean that JSON lets stand without an escape.
    return isinstance(frame, str) and frame.isascii() and "\\" not in frame and "\x7f" not in frame


def is_plain(text: str) -> bool:
    """Whether there is nothing to clean, as in most texts; there are many of them."""
    return text.isascii() and text.isprintable()
