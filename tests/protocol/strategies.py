"""Messages made at random, by the JSON schema that pydantic gives of each type."""

import json
import re
from datetime import UTC
from functools import cache
from typing import Any, cast

from hypothesis import strategies as st

from boardroom_tui.protocol.schema import Schema, referred, schemas

KNOWN = schemas()

_TEXT = st.characters(codec="utf-8")


def _strings(schema: Schema) -> st.SearchStrategy[Any]:
    if schema.get("format") == "date-time":
        return st.datetimes(timezones=st.just(UTC)).map(
            lambda moment: moment.isoformat().replace("+00:00", "Z")
        )
    if "pattern" in schema:
        most = schema.get("maxLength", 128)
        matching = st.from_regex(re.compile(cast("str", schema["pattern"])), fullmatch=True)
        return matching.map(lambda text: text[:most])
    least, most = schema.get("minLength", 0), min(schema.get("maxLength", 60), 60)
    return _showing_something(least, most) if least else st.text(_TEXT, max_size=most)


def _showing_something(least: int, most: int) -> st.SearchStrategy[str]:
    """Made with a character that shows, for a message of many texts would too often have one
    without, and Hypothesis gives up on what is thrown away too often."""
    return st.tuples(
        st.text(_TEXT, min_size=least - 1, max_size=most - 1),
        st.characters(codec="utf-8", exclude_categories=("Z", "C")),
        st.integers(0, most - 1),
    ).map(lambda made: made[0][: made[2]] + made[1] + made[0][made[2] :])


def _objects(schema: Schema) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        values = schema.get("additionalProperties", True)
        free = st.integers() | st.text(_TEXT)
        inner = free if isinstance(values, bool) else values_of(cast("Schema", values))
        return st.dictionaries(st.text(_TEXT, min_size=1, max_size=20), inner, max_size=3)
    required = schema.get("required", ())
    members = {name: values_of(entry) for name, entry in schema["properties"].items()}
    return st.fixed_dictionaries(
        {name: values for name, values in members.items() if name in required},
        optional={name: values for name, values in members.items() if name not in required},
    )


def values_of(schema: Schema) -> st.SearchStrategy[Any]:
    """JSON values that a schema allows."""
    name = referred(schema)
    if name is not None:
        return values_of(KNOWN[name])
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    for alternatives in ("anyOf", "oneOf"):
        if alternatives in schema:
            return st.one_of([values_of(entry) for entry in schema[alternatives]])
    match schema["type"]:
        case "string":
            return _strings(schema)
        case "integer":
            return st.integers(schema.get("minimum"), schema.get("maximum", 2**53 - 1))
        case "number":
            return st.floats(schema.get("minimum"), allow_nan=False, allow_infinity=False)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "array":
            return st.lists(
                values_of(schema["items"]), min_size=schema.get("minItems", 0), max_size=2
            )
        case _:
            return _objects(schema)


@cache
def frames(name: str) -> st.SearchStrategy[str]:
    """Frames of the message class of this name."""
    return values_of(KNOWN[name]).map(json.dumps)
