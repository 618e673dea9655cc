"""The JSON schema of every message, as pydantic has it, under short names."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from boardroom_tui.protocol.catalogue import CLIENT_TYPES, SERVER_TYPES

Schema = Mapping[str, Any]

PREFIX = "#/components/schemas/"
"""What a schema's name stands behind when another one refers to it."""


class _WithoutTitles(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: object) -> bool:
        """A title made from the field's name says nothing that the name does not."""
        del schema
        return False


def _short(name: str) -> str:
    """`boardroom_tui__protocol__messages__meeting__ChatSend__Data` as `ChatSend.Data`."""
    return ".".join(part for part in name.split("__") if part[:1].isupper())


def _shortened(value: object) -> Any:
    """A piece of a schema with short references, without titles and without null defaults."""
    if isinstance(value, list):
        return [_shortened(entry) for entry in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    members: dict[str, Any] = {}
    for key, entry in cast("dict[str, Any]", value).items():
        if key == "$ref":
            members[key] = PREFIX + _short(str(entry).removeprefix(PREFIX))
        elif key == "mapping":
            targets = cast("dict[str, str]", entry).items()
            members[key] = {
                name: PREFIX + _short(target.removeprefix(PREFIX)) for name, target in targets
            }
        elif key == "properties":
            properties = cast("dict[str, object]", entry)
            members[key] = {name: _shortened(schema) for name, schema in properties.items()}
        elif key != "title" and not (key == "default" and entry is None):
            members[key] = _shortened(entry)
    return members


@cache
def schemas() -> Mapping[str, Schema]:
    """Every message and every structure within one, by its name, in the order of the names."""
    kinds = [*CLIENT_TYPES.values(), *SERVER_TYPES.values()]
    _, definitions = models_json_schema(
        [(kind, "validation") for kind in kinds],
        ref_template=PREFIX + "{model}",
        schema_generator=_WithoutTitles,
    )
    named = {_short(name): _shortened(body) for name, body in definitions["$defs"].items()}
    for kind in kinds:
        named[kind.__name__]["required"] = ["type", "data"]
    return dict(sorted(named.items()))


def referred(schema: Schema) -> str | None:
    """The name of the schema that this one refers to, or None."""
    target = schema.get("$ref")
    return target.removeprefix(PREFIX) if isinstance(target, str) else None
