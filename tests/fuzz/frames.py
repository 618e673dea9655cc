"""Frames that are nearly messages: examples of each type with something in them changed."""

import copy
import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from boardroom_tui.protocol.catalogue import CLIENT_TYPES, SERVER_TYPES
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.schema import Schema, referred, schemas
from tests.fuzz.choices import Choices
from tests.spec.reference import Direction, examples

KNOWN = schemas()

STRANGE: tuple[Any, ...] = (
    *(None, True, False, "", 0, -1, 1.5, 2**53, -(2**63), 10**4_000, 1e308),
    *(float("nan"), float("inf"), [], {}, [[]], "\ud800", "\0", "\u202e", "user_456", "0" * 5_000),
    *("2027-01-15T12:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
    *("9999-12-31T23:59:59Z", "error", "RATE_LIMITED", "meeting_123", "decision_123", "fuzz-1"),
)

SPLICES = ('"type":"x",', '"data":{},', "NaN,", "[" * 2_000, '{"a":' * 2_000, "9" * 5_000, "\ufeff")


@cache
def templates(direction: Direction) -> tuple[dict[str, Any], ...]:
    """An example of every type: the reference's own, and one with every field of each other."""
    types = CLIENT_TYPES if direction == "client" else SERVER_TYPES
    shown = [e.value for e in examples() if e.direction == direction and e.type in types]
    others = [kind for name, kind in types.items() if name not in {one["type"] for one in shown}]
    return (*shown, *(_whole(KNOWN[kind.__name__]) for kind in others))


def _whole(schema: Schema) -> Any:
    """A value with every field that a schema names."""
    name = referred(schema)
    if name is not None:
        return _whole(KNOWN[name])
    for key in ("anyOf", "oneOf", "enum"):
        if key in schema:
            first = schema[key][0]
            return first if key == "enum" else _whole(first)
    if "const" in schema:
        return schema["const"]
    match schema["type"]:
        case "object":
            return {field: _whole(inner) for field, inner in schema.get("properties", {}).items()}
        case "array":
            return [_whole(schema["items"])]
        case "string":
            return _text(schema)
        case "boolean":
            return True
        case _:
            return 1


_TEXTS = ("meeting_123", "AAAA", "A" * 43, "A" * 86, "0" * 64)


def _text(schema: Schema) -> str:
    if schema.get("format") == "date-time":
        return "2027-01-15T12:00:00Z"
    return next(text for text in _TEXTS if re.search(schema.get("pattern", ""), text))


@cache
def _names() -> tuple[str, ...]:
    """Every field that any message has."""
    fields = {name for schema in KNOWN.values() for name in schema.get("properties", ())}
    return tuple(sorted(fields | {"userId", "correlationId", "retryAfter"}))


def frame(choices: Choices, direction: Direction) -> str | bytes:
    """Any text or bytes, or an example with a few changes."""
    match choices.number(8):
        case 0:
            return choices.text()
        case 1:
            return choices.chunk()
        case _:
            return _nearly(choices, templates(direction))


def refusal(choices: Choices, run_id: str) -> str:
    """An error about one of the first requests of a client, with any time to wait."""
    codes = (*ErrorCode, "TEAPOT")
    data = {
        "code": codes[choices.number(len(codes))],
        "message": choices.text(),
        "correlationId": f"{run_id}-{choices.number(16)}",
        "details": {"retryAfter": _value(choices)},
        "retryAfter": choices.number(256) ** 6,
    }
    if choices.number(2):
        del data["retryAfter"]
    return json.dumps({"type": "error", "data": data})


def _nearly(choices: Choices, known: Sequence[dict[str, Any]]) -> str:
    message = copy.deepcopy(known[choices.number(len(known))])
    for _ in range(choices.number(4)):
        _change(choices, message)
    text = json.dumps(message)
    if choices.number(8) == 1:
        place = choices.number(256) * len(text) // 256
        text = text[:place] + SPLICES[choices.number(len(SPLICES))] + text[place:]
    return text


def _change(choices: Choices, whole: dict[str, Any]) -> None:
    """Put something else somewhere, take a field out, or add one."""
    inside: Any = whole
    while True:
        places: list[Any] = [*inside] if isinstance(inside, dict) else [*range(len(inside))]
        if not places:
            return
        place = places[choices.number(min(len(places), 256))]
        if isinstance(inside[place], dict | list) and choices.number(4):
            inside = cast("Any", inside[place])
            continue
        break
    match choices.number(4):
        case 0 if isinstance(inside, dict):
            del inside[place]
        case 1 if isinstance(inside, dict):
            inside[_names()[choices.number(256) % len(_names())]] = _value(choices)
        case _:
            inside[place] = _value(choices)


def _value(choices: Choices) -> Any:
    if choices.number(3) == 1:
        return choices.text()
    return copy.deepcopy(STRANGE[choices.number(len(STRANGE))])
