"""Every JSON example of the reference is a message of ours, in the right direction."""

import json
from typing import Any

import pytest

from boardroom_tui.protocol.catalogue import CLIENT_TYPES, SERVER_TYPES
from boardroom_tui.protocol.codec import (
    Undecodable,
    UnknownType,
    decode_client,
    decode_server,
    encode,
)
from boardroom_tui.protocol.envelope import Message
from boardroom_tui.protocol.schema import schemas
from tests.spec.reference import Direction, Example, examples, keys, line

SCHEMAS = schemas()
EXAMPLES = examples()
TEMPLATE = next(example for example in EXAMPLES if example.type == "message.type")
MESSAGES = [example for example in EXAMPLES if example is not TEMPLATE]


def _again(direction: Direction, value: dict[str, Any]) -> Any:
    """The value after one decoding and one encoding."""
    frame = json.dumps(value)
    message = decode_client(frame) if direction == "client" else decode_server(frame)
    assert not isinstance(message, Undecodable | UnknownType), message
    return json.loads(encode(message))


@pytest.mark.parametrize("example", MESSAGES, ids=lambda e: f"{e.line}-{e.type}")
def test_every_example_decodes_in_its_direction_and_encodes_to_the_same_json(
    example: Example,
) -> None:
    assert _again(example.direction, example.value) == example.value


def test_the_envelope_of_the_reference_goes_around_a_message_and_comes_back_the_same() -> None:
    value = {**TEMPLATE.value, "type": "meeting.leave", "data": {"meetingId": "meeting_123"}}
    assert _again("client", value) == value


def test_only_the_two_examples_with_a_placeholder_for_a_payload_hold_a_comment() -> None:
    assert [example.type for example in EXAMPLES if example.commented] == ["message.type", "error"]


def test_the_types_that_are_not_marked_as_extensions_are_those_of_the_reference() -> None:
    in_reference = {(example.direction, example.type) for example in MESSAGES}
    ours = {
        *(("client", name) for name, kind in CLIENT_TYPES.items() if not kind.extension),
        *(("server", name) for name, kind in SERVER_TYPES.items() if not kind.extension),
    }
    assert ours == in_reference


def test_the_fields_that_are_not_marked_as_ours_are_those_of_the_reference() -> None:
    shown: dict[tuple[Direction, str], set[str]] = {}
    for example in MESSAGES:
        top = {path.partition(".")[0].removesuffix("[]") for _, path in keys(example)}
        shown.setdefault((example.direction, example.type), set()).update(top)
    for (direction, name), fields in shown.items():
        types = CLIENT_TYPES if direction == "client" else SERVER_TYPES
        kind: type[Message] = types[name]
        ours = set(SCHEMAS[f"{kind.__name__}.Data"]["properties"]) - set(kind.own_fields)
        assert ours == fields, name


def test_each_type_names_the_line_of_the_reference_that_defines_it() -> None:
    first: dict[tuple[Direction, str], Example] = {}
    for example in MESSAGES:
        first.setdefault((example.direction, example.type), example)
    for (direction, name), example in first.items():
        types = CLIENT_TYPES if direction == "client" else SERVER_TYPES
        kind: type[Message] = types[name]
        number = int(kind.source.removeprefix("websocket-api.md:"))
        between = [other for other in EXAMPLES if number < other.line < example.line]
        assert number < example.line, name
        assert not between, name
        assert line(number).startswith("#") or line(number).endswith(":"), name
