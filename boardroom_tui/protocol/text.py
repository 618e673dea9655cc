"""What others wrote, made harmless: nothing in it moves a terminal or hides from the eye.

Source: DESIGN.md, The terminal. It is done once, where a message comes in or a record goes out.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.messages.decision import Question
from boardroom_tui.protocol.messages.meeting import ChatLine
from boardroom_tui.protocol.messages.minutes import MinutesDraft
from boardroom_tui.protocol.messages.motion import Motion

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

_REMOVED = re.compile(
    rf"(?P<kept>(?<=[{_PICTURE}])\ufe0f"  # a picture shown as an emoji
    rf"|(?:(?<=[{_PICTURE}])|(?<=[{_PICTURE}]\ufe0f))\u200d(?=[{_PICTURE}])"  # two joined into one
    rf"|(?<=[0-9#*])\ufe0f(?=\u20e3))"  # a keycap
    rf"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff9-\ufffb{_UNSEEN}]"
)

_NO_TEXT = frozenset({type(None), bool, int, float, datetime})

_Model = TypeVar("_Model", bound=BaseModel)


def clean(text: str, *, lines: bool = False) -> str:
    """The text without controls, bidi controls and zero-width characters, in NFC.

    Joiners and selectors stay where they are part of an emoji. Each line end becomes a newline
    if `lines`, else a blank; a tab becomes a blank. Cleaning twice changes nothing more.
    """
    if _is_plain(text):
        return text
    text = _LINE_END.sub("\n" if lines else " ", text).replace("\t", " ")
    # Normalised on both sides: a singleton like U+2329 must not pass for the picture it is not
    # in NFC, and what was removed may have kept a letter from its accent.
    text = _REMOVED.sub(lambda found: found["kept"] or "", unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", text)


def is_harmless(frame: str | bytes) -> bool:
    """Whether no string in a frame of JSON needs cleaning, as in most frames; seen at one look."""
    # Of what is ASCII there is only one character to clean that JSON lets stand without an escape.
    return isinstance(frame, str) and frame.isascii() and "\\" not in frame and "\x7f" not in frame


def cleaned(message: ServerMessage) -> ServerMessage:
    """The message with every string in it cleaned; what is text by nature keeps its lines."""
    return _model(message)


def cleaned_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """A payload of a type that nobody here knows, every string in it cleaned, names included."""
    return _value(dict(data))


def _keeps_lines(model: BaseModel, field: str) -> bool:
    if isinstance(model, MinutesDraft.Data) and field == "text":
        return True
    return (isinstance(model, ChatLine) and field == "message") or (
        isinstance(model, Question | Motion) and field == "text"
    )


def _is_plain(text: str) -> bool:
    """Whether there is nothing to clean, as in most texts; there are many of them."""
    return text.isascii() and text.isprintable()


def _model(model: _Model) -> _Model:
    changed: dict[str, Any] = {}
    for field, before in model.__dict__.items():
        if type(before) in _NO_TEXT or (type(before) is str and _is_plain(before)):
            continue
        lines = isinstance(before, str) and _keeps_lines(model, field)
        after = _value(before, lines=lines)
        if after is not before:
            changed[field] = after
    return model.model_copy(update=changed) if changed else model


def _value(value: Any, *, lines: bool = False) -> Any:
    """The value cleaned; the very same object where there was nothing to clean."""
    match value:
        case Enum():
            return value
        case str():
            return clean(value, lines=lines)
        case BaseModel():
            return _model(value)
        case tuple():
            before = cast("tuple[Any, ...]", value)
            after = tuple(_value(one) for one in before)
            same = all(one is other for one, other in zip(before, after, strict=True))
            return before if same else after
        case list():
            return [_value(one) for one in cast("list[Any]", value)]
        case dict():
            members = cast("Mapping[str, Any]", value)
            return {_value(key): _value(member) for key, member in members.items()}
        case _:
            return value
