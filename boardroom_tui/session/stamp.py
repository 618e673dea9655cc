"""The envelope that our side puts around every message it sends (CONTRACT.md, Envelope)."""

from typing import TypeVar

from boardroom_tui.protocol.endpoint import VERSION
from boardroom_tui.protocol.envelope import Message, Metadata
from boardroom_tui.protocol.moment import Moment

_M = TypeVar("_M", bound=Message)


def stamped(
    message: _M,
    message_id: str,
    now: Moment,
    *,
    user_id: str | None = None,
    correlation_id: str | None = None,
    sequence: int | None = None,
) -> _M:
    """The message with its id and metadata; `user_id` is who speaks or caused it.

    Where it tells of an event of a record, `sequence` is the event's and `now` when it happened.
    """
    metadata = Metadata(
        timestamp=now.wall,
        user_id=user_id,
        correlation_id=correlation_id,
        version=VERSION,
        sequence=sequence,
    )
    return message.model_copy(update={"id": message_id, "metadata": metadata})
