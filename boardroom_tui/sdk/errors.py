"""What a program may catch."""

from collections.abc import Mapping
from typing import Any

from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.messages.connection import Refused


class BoardroomError(Exception):
    """Everything that the library raises of its own."""


class RequestError(BoardroomError):
    """The answer to a request is an error (websocket-api.md:495-528)."""

    def __init__(self, answer: Refused) -> None:
        data = answer.data
        super().__init__(f"{data.code}: {data.message}")
        self.code: str = str(data.code)
        """A code of the reference's table, for example `"PERMISSION_DENIED"`."""
        self.message: str = data.message
        self.details: Mapping[str, Any] = data.details or {}
        self.retryable: bool = _is_retryable(data)
        """Whether the same request may succeed later."""
        self.retry_after: float | None = (
            None if data.retry_after is None else data.retry_after / 1000
        )
        """Seconds, where the server said so."""


class ConnectionEndedError(BoardroomError):
    """There is no connection any more, and none will be made."""

    def __init__(self, reason: str, code: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        """The close code, where there was one; 4501 is a refused token."""


def _is_retryable(data: Refused.Data) -> bool:
    """What the error says, else what the reference's table says of its code."""
    if data.retryable is not None:
        return data.retryable
    return isinstance(data.code, ErrorCode) and data.code.retryable
