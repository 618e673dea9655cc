"""Error codes and close codes, and what a client does about each."""

from enum import IntEnum, StrEnum


class ErrorCode(StrEnum):
    """The reference's table (websocket-api.md:519-528)."""

    AUTH_FAILED = "AUTH_FAILED"
    AUTH_EXPIRED = "AUTH_EXPIRED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    RATE_LIMITED = "RATE_LIMITED"
    INVALID_MESSAGE = "INVALID_MESSAGE"
    RESOURCE_NOT_FOUND = "RESOURCE_NOT_FOUND"
    CONNECTION_ERROR = "CONNECTION_ERROR"
    SERVER_ERROR = "SERVER_ERROR"

    @property
    def retryable(self) -> bool:
        """Whether the same message may succeed later, as the reference's table says."""
        return self in _RETRYABLE

    @property
    def description(self) -> str:
        """The reference's words for it."""
        return _DESCRIPTIONS[self]


_RETRYABLE = frozenset(
    {
        ErrorCode.AUTH_EXPIRED,
        ErrorCode.RATE_LIMITED,
        ErrorCode.CONNECTION_ERROR,
        ErrorCode.SERVER_ERROR,
    }
)

_DESCRIPTIONS = {
    ErrorCode.AUTH_FAILED: "Authentication failed",
    ErrorCode.AUTH_EXPIRED: "Token expired",
    ErrorCode.PERMISSION_DENIED: "Insufficient permissions",
    ErrorCode.RATE_LIMITED: "Too many requests",
    ErrorCode.INVALID_MESSAGE: "Message format invalid",
    ErrorCode.RESOURCE_NOT_FOUND: "Resource doesn't exist",
    ErrorCode.CONNECTION_ERROR: "Connection issue",
    ErrorCode.SERVER_ERROR: "Internal server error",
}


class CloseCode(IntEnum):
    """Why a connection ended (CONTRACT.md, close codes)."""

    NORMAL = 1000
    GOING_AWAY = 1001
    TOO_BIG = 1009
    RESTARTING = 1012
    TRY_LATER = 1013
    TOKEN_EXPIRED = 4401
    TOO_SLOW = 4408
    UNDECODABLE = 4500
    AUTH_FAILED = 4501
    DISPLACED = 4509

    @property
    def meaning(self) -> str:
        """What happened, in the words that are shown and documented."""
        return _MEANINGS[self]


_MEANINGS = {
    CloseCode.NORMAL: "closed normally",
    CloseCode.GOING_AWAY: "the server goes away",
    CloseCode.TOO_BIG: "a frame was over the size limit",
    CloseCode.RESTARTING: "the server restarts",
    CloseCode.TRY_LATER: "too many connections",
    CloseCode.TOKEN_EXPIRED: "the token ran out and was not renewed in time",
    CloseCode.TOO_SLOW: "too slow, or nothing received for 60 s",
    CloseCode.UNDECODABLE: "thirty undecodable frames in a minute",
    CloseCode.AUTH_FAILED: "no token, a bad one, or a revoked one",
    CloseCode.DISPLACED: "the same clientId connected again",
}


def may_reconnect(code: int) -> bool:
    """Whether a client comes back after this close code: any but 1000 and 4500 to 4999."""
    return code != CloseCode.NORMAL and not 4500 <= code <= 4999
