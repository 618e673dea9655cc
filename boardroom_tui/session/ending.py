"""How a server ends a connection: it says why, then closes (CONTRACT.md, close codes)."""

from boardroom_tui.protocol.errors import CloseCode, ErrorCode
from boardroom_tui.protocol.messages.connection import ConnectionFailed
from boardroom_tui.protocol.moment import Moment
from boardroom_tui.session.server_output import Close, Send
from boardroom_tui.session.stamp import stamped

_ERRORS = {
    CloseCode.TOO_BIG: ErrorCode.INVALID_MESSAGE,
    CloseCode.TRY_LATER: ErrorCode.CONNECTION_ERROR,
    CloseCode.TOKEN_EXPIRED: ErrorCode.AUTH_EXPIRED,
    CloseCode.TOO_SLOW: ErrorCode.CONNECTION_ERROR,
    CloseCode.UNDECODABLE: ErrorCode.INVALID_MESSAGE,
    CloseCode.AUTH_FAILED: ErrorCode.AUTH_FAILED,
    CloseCode.DISPLACED: ErrorCode.CONNECTION_ERROR,
}
"""The error that goes before each close; the other codes of WebSocket speak for themselves."""


def ending(
    close: CloseCode,
    message_id: str,
    now: Moment,
    *,
    reason: str | None = None,
    user_id: str | None = None,
) -> list[Send | Close]:
    """The `connection.error`, where this close has one, and the close.

    `reason` is what the error says; without one it is the close code's meaning.
    """
    closing = Close(close, close.meaning)
    code = _ERRORS.get(close)
    if code is None:
        return [closing]
    failed = ConnectionFailed(
        data=ConnectionFailed.Data(
            code=code, message=reason or close.meaning, retryable=code.retryable
        )
    )
    return [Send(stamped(failed, message_id, now, user_id=user_id)), closing]
