"""Messages and payloads with every string in them cleaned, as text.py cleans one."""

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
from boardroom_tui.protocol.text import clean, is_plain

_NO_TEXT = frozenset({type(None), bool, int, float, datetime})

_Model = TypeVar("_Model", bound=BaseModel)


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


def _model(model: _Model) -> _Model:
    changed: dict[str, Any] = {}
    for field, before in model.__dict__.items():
        if type(before) in _NO_TEXT or (type(before) is str and is_plain(before)):
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
