"""From a type and a dictionary to a message of the protocol, or a clear complaint."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from boardroom_tui.protocol.catalogue import CLIENT_TYPES, ClientMessage
from boardroom_tui.protocol.codec import Undecodable, UnknownType, decode_client


def message_of(kind: str, data: Mapping[str, Any]) -> ClientMessage:
    """The message of this type with this payload.

    Raises:
        ValueError: No client sends this type, or a field is missing, wrong or unknown; it says
            which.
    """
    if kind not in CLIENT_TYPES:
        raise ValueError(f"{kind}: no client's message; there are {', '.join(CLIENT_TYPES)}")
    try:
        frame = json.dumps({"type": kind, "data": data})
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"{kind}: data: {error}") from None
    message = decode_client(frame)
    if isinstance(message, Undecodable | UnknownType):
        reason = message.reason if isinstance(message, Undecodable) else "unknown"
        raise ValueError(f"{kind}: {reason}")
    unknown = next(_lost(data, message.data.model_dump(mode="json"), "data"), None)
    if unknown is not None:
        raise ValueError(f"{kind}: {unknown}: no such field")
    return message


def _lost(given: Mapping[str, Any], taken: Mapping[str, Any], place: str) -> Iterator[str]:
    """The fields that were given and that the message does not have; a None may be left out."""
    for name, value in given.items():
        if value is None:
            continue
        if name not in taken:
            yield f"{place}.{name}"
        elif isinstance(value, Mapping) and isinstance(taken[name], dict):
            inner = cast("Mapping[str, Any]", value)
            yield from _lost(inner, cast("Mapping[str, Any]", taken[name]), f"{place}.{name}")
