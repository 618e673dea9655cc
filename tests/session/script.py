"""The words in which the sessions' tests are written: a time, a frame, what came out."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.codec import Undecodable, UnknownType, decode_client, encode
from boardroom_tui.protocol.envelope import Event, Metadata
from boardroom_tui.protocol.moment import Moment
from boardroom_tui.session.client_output import ClientOutput, Write
from boardroom_tui.session.server_output import Send, ServerOutput

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)

_T = TypeVar("_T")


def at(seconds: float) -> Moment:
    """So many seconds after noon; the monotonic clock started elsewhere."""
    return Moment(NOON + timedelta(seconds=seconds), 5_000.0 + seconds)


def frame(kind: str, data: dict[str, Any], **envelope: Any) -> str:
    """A frame as somebody's own client or server would write it."""
    return json.dumps({"type": kind, "data": data, **envelope})


def sent_by_server(outputs: Iterable[ServerOutput]) -> list[Any]:
    """The messages among a server's outputs."""
    return [output.message for output in outputs if isinstance(output, Send)]


def written(outputs: Iterable[ClientOutput]) -> list[ClientMessage]:
    """The messages that a client wrote, as a server decodes them."""
    messages: list[ClientMessage] = []
    for output in outputs:
        if isinstance(output, Write):
            message = decode_client(output.frame)
            assert not isinstance(message, Undecodable | UnknownType), message
            messages.append(message)
    return messages


def only(kind: type[_T], outputs: Sequence[object]) -> list[_T]:
    """The outputs of one kind."""
    return [output for output in outputs if isinstance(output, kind)]


def answering(request: ClientMessage, answer: Event) -> str:
    """The frame of an answer that carries its request's correlation."""
    metadata = Metadata(correlation_id=request.correlation)
    return encode(answer.model_copy(update={"metadata": metadata}))  # pyright: ignore[reportArgumentType]
