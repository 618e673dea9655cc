"""From a frame to a message and back.

What cannot be decoded is data, never an exception (DESIGN.md, Messages are declared once).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NoReturn, TypeGuard, TypeVar, cast

from pydantic import ValidationError
from pydantic.alias_generators import to_camel

from boardroom_tui.protocol.catalogue import (
    CLIENT_TYPES,
    SERVER_TYPES,
    ClientMessage,
    ServerMessage,
)
from boardroom_tui.protocol.limits import IDENTIFIER_CHARACTERS, MESSAGE_ID_CHARACTERS
from boardroom_tui.protocol.messages.meeting import ChatMessage


@dataclass(frozen=True, slots=True)
class Undecodable:
    """A frame that is no message: why, and what an error about it repeats."""

    reason: str
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class UnknownType:
    """A well-formed message of a type that is not in the catalogue."""

    type: str
    correlation: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)


class _NotStrictError(ValueError):
    """JSON that Python reads and the protocol does not."""


def _object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _NotStrictError("a key stands twice in one object")
    return members


def _no_constant(name: str) -> NoReturn:
    raise _NotStrictError(f"{name} is not JSON")


Ready = Mapping[str, Iterable[str]]
"""Arrays among a message's data whose elements are JSON already, by the name of their field: the
message leaves them empty, and has at least one other field."""

NOTHING_READY: Ready = MappingProxyType({})

_JSON = json.JSONDecoder(object_pairs_hook=_object_without_duplicates, parse_constant=_no_constant)

_SAID = '"type":"meeting.chat.message"'
_ANSWERS_NOTHING = '"replyTo":null'
_STRINGS = 15
"""The keys and values of what was said, without those that may be missing."""

_T = TypeVar("_T", bound=ClientMessage | ServerMessage)


def _correlation(members: Mapping[str, Any]) -> str | None:
    metadata = members.get("metadata")
    inner = (
        cast("Mapping[str, Any]", metadata).get("correlationId")
        if isinstance(metadata, dict)
        else None
    )
    return next((one for one in (inner, members.get("id")) if _is_message_id(one)), None)


def _is_message_id(candidate: object) -> TypeGuard[str]:
    return (
        isinstance(candidate, str)
        and candidate != ""
        and _repeatable(candidate, MESSAGE_ID_CHARACTERS) == candidate
    )


def _explain(error: ValidationError) -> str:
    """The first mistake as `data.vote: Input should be …`, without repeating the input."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part)[:64] for part in first["loc"])
    mistake = first["msg"].removeprefix("Value error, ")[:300]
    return f"{place}: {mistake}" if place else mistake


def _repeatable(text: str, at_most: int) -> str:
    """What a client wrote so that an answer can hold it: not too long, and valid UTF-8."""
    return text[:at_most].encode("utf-8", "replace").decode("utf-8")


def _members(frame: str | bytes) -> Mapping[str, Any] | Undecodable:
    if isinstance(frame, bytes):
        return Undecodable("a binary frame; the protocol uses text frames")
    try:
        parsed: Any = _JSON.decode(frame)
    except _NotStrictError as error:
        return Undecodable(str(error))
    except (ValueError, RecursionError):
        return Undecodable("not JSON")
    if not isinstance(parsed, dict):
        return Undecodable("not a JSON object")
    return cast("Mapping[str, Any]", parsed)


def _message(
    frame: str | bytes, members: Mapping[str, Any], types: Mapping[str, type[_T]]
) -> _T | Undecodable | UnknownType:
    name = members.get("type")
    if not isinstance(name, str):
        return Undecodable("type: must be a string", _correlation(members))
    kind = types.get(name)
    if kind is None:
        data = members.get("data")
        if not isinstance(data, dict):
            return Undecodable("data: must be an object", _correlation(members))
        return UnknownType(
            _repeatable(name, IDENTIFIER_CHARACTERS),
            _correlation(members),
            cast("Mapping[str, Any]", data),
        )
    try:
        # By the wire's names only: `meeting_id` is a field that nobody knows.
        return kind.model_validate_json(frame, by_alias=True, by_name=False)
    except ValidationError as error:
        return Undecodable(_explain(error), _correlation(members))


def _said(frame: str | bytes) -> ChatMessage | None:
    """What was said, where a frame holds that and no more, as most do: it is read only once.

    A key that stands twice, or that nobody knows, is a string that the message has not; and where
    nothing is escaped, there are two quotation marks to each string.
    """
    if isinstance(frame, bytes) or _SAID not in frame or "\\" in frame:
        return None
    try:
        said = ChatMessage.model_validate_json(frame, by_alias=True, by_name=False)
    except ValidationError:
        return None
    if "type" not in said.model_fields_set:  # it stands somewhere else, where nobody knows it
        return None
    about = {} if said.metadata is None else vars(said.metadata)
    answered = said.data.reply_to
    optional = (said.id, answered, *about.values())
    strings = _STRINGS + 2 * (len(optional) - optional.count(None))
    # Of these a key may stand there whose value is no string.
    strings += bool(about) - (about.get("sequence") is not None)
    strings += answered is None and _ANSWERS_NOTHING in frame
    return said if frame.count('"') == 2 * strings else None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A client's message, and the users whom it names as its sender."""

    message: ClientMessage
    speakers: tuple[object, ...]
    """The `userId` of its metadata and of its data, where there is one; the latter may be
    anything, as no client's type has such a field."""


def decode_spoken(frame: str | bytes) -> Spoken | Undecodable | UnknownType:
    """The client's message in a frame, with who it claims to be from."""
    members = _members(frame)
    if isinstance(members, Undecodable):
        return members
    message = _message(frame, members, CLIENT_TYPES)
    if isinstance(message, Undecodable | UnknownType):
        return message
    in_metadata = None if message.metadata is None else message.metadata.user_id
    in_data = members["data"].get("userId")
    return Spoken(message, tuple(user for user in (in_metadata, in_data) if user is not None))


def decode_client(frame: str | bytes) -> ClientMessage | Undecodable | UnknownType:
    """The client's message in a frame, for a server."""
    spoken = decode_spoken(frame)
    return spoken.message if isinstance(spoken, Spoken) else spoken


def decode_server(frame: str | bytes) -> ServerMessage | Undecodable | UnknownType:
    """The server's message in a frame, for a client."""
    said = _said(frame)
    if said is not None:
        return said
    members = _members(frame)
    return members if isinstance(members, Undecodable) else _message(frame, members, SERVER_TYPES)


def encode(message: ClientMessage | ServerMessage, ready: Ready = NOTHING_READY) -> str:
    """The text frame of a message, with what of it is `ready`."""
    if not ready:
        return message.model_dump_json()
    rest = message.model_dump_json(exclude={"data": set(ready)})
    # What stands before the data are strings, in which every quotation mark has a backslash.
    before, begin, after = rest.partition('"data":{')
    fields = [f'"{to_camel(name)}":[{",".join(elements)}],' for name, elements in ready.items()]
    return "".join((before, begin, *fields, after))
