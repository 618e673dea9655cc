"""Messages as a program sees them: plain dictionaries, with the reference's names."""

from dataclasses import dataclass
from typing import Any

from boardroom_tui.protocol.catalogue import ServerMessage


@dataclass(frozen=True, slots=True)
class Message:
    """What the server said, others' text made harmless (no control or bidi characters)."""

    type: str
    data: dict[str, Any]
    """The payload as the reference has it: camelCase names, times as RFC 3339 text."""
    id: str | None = None
    correlation_id: str | None = None
    """The id of the request that it answers, if it answers one."""


def plain(message: ServerMessage) -> Message:
    """A decoded message as a program sees it."""
    metadata = message.metadata
    return Message(
        message.type,
        message.data.model_dump(mode="json"),
        message.id,
        None if metadata is None else metadata.correlation_id,
    )
