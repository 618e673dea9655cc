"""What a program hears of its connection, beside the server's messages.

`connect`       there is a connection; the data of its `connection.ready`
`disconnect`    it is gone: `code` (None where it just broke), `reason`, `willReconnect`
`reconnecting`  the next attempt is to come: `attempt`, `seconds`, `reason`
`error`         an error of the server (websocket-api.md:495-513), or the end for good
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from boardroom_tui.protocol.errors import CloseCode, ErrorCode
from boardroom_tui.sdk.message import Message
from boardroom_tui.session.connection import Connection, Phase

CONNECT = "connect"
DISCONNECT = "disconnect"
RECONNECTING = "reconnecting"
ERROR = "error"


_ENDINGS: Mapping[int | None, ErrorCode] = {
    CloseCode.AUTH_FAILED: ErrorCode.AUTH_FAILED,
    CloseCode.TOKEN_EXPIRED: ErrorCode.AUTH_EXPIRED,
}
"""The error for a close code after which nothing goes on."""


class Lifecycle:
    """Finds the events in how a connection stood and stands; each is told once."""

    def __init__(self) -> None:
        self.ready: dict[str, Any] | None = None
        """The data of the last `connection.ready`."""
        self._connected = False
        self._next_attempt: datetime | None = None

    def follow(self, connection: Connection) -> list[Message]:
        """What there is to tell now."""
        events: list[Message] = []
        is_ready = connection.phase is Phase.READY
        if is_ready and not self._connected:
            events.append(Message(CONNECT, self.ready or {}))
        if self._connected and not is_ready:
            events.append(_disconnected(connection))
        self._connected = is_ready
        if connection.next_attempt not in (None, self._next_attempt):
            events.append(_reconnecting(connection))
        self._next_attempt = connection.next_attempt
        return events


def failure(connection: Connection) -> Message:
    """The error of a connection that ended for good, not by the program's own wish."""
    return Message(
        ERROR,
        {
            "code": str(_ENDINGS.get(connection.code, ErrorCode.CONNECTION_ERROR)),
            "message": reason_of(connection),
            "retryable": False,
        },
    )


def reason_of(connection: Connection) -> str:
    """Why a connection is gone."""
    return connection.reason or "the connection was lost"


def _disconnected(connection: Connection) -> Message:
    return Message(
        DISCONNECT,
        {
            "code": connection.code,
            "reason": reason_of(connection),
            "willReconnect": connection.phase is not Phase.ENDED,
        },
    )


def _reconnecting(connection: Connection) -> Message:
    due = connection.next_attempt or connection.since
    return Message(
        RECONNECTING,
        {
            "attempt": connection.attempt,
            "seconds": max(0.0, (due - connection.since).total_seconds()),
            "reason": reason_of(connection),
        },
    )
