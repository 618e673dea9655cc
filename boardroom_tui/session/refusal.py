"""The `error` message for everything that is refused (CONTRACT.md, Errors)."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.limits import Limit
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.session.rates import Exceeded

UNTOLD_WAIT_SECONDS = 1.0
SHORTEST_WAIT_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 300.0
"""A client waits no shorter and no longer before it repeats a message, whatever it is told."""


def refusal(
    code: ErrorCode,
    message: str,
    *,
    correlation: str | None = None,
    details: Mapping[str, Any] | None = None,
    retry_after: int | None = None,
) -> Refused:
    """An error about the message that `correlation` names; `retry_after` is in milliseconds."""
    return Refused(
        data=Refused.Data(
            code=code,
            message=message,
            details=None if details is None else dict(details),
            correlation_id=correlation,
            retryable=code.retryable,
            retry_after=retry_after,
        )
    )


def too_many(exceeded: Exceeded, *, correlation: str | None = None) -> Refused:
    """The error for a message over a limit, with the time after which it may come again."""
    milliseconds = ceil(exceeded.wait * 1000)
    return refusal(
        ErrorCode.RATE_LIMITED,
        "Rate limit exceeded",
        correlation=correlation,
        details={
            "limit": exceeded.limit.count,
            "window": exceeded.limit.seconds,
            "retryAfter": ceil(exceeded.wait),
        },
        retry_after=milliseconds,
    )


def limit_of(refused: Refused) -> Limit | None:
    """The limit that a message was over, where the error says so."""
    details = refused.data.details or {}
    count, seconds = details.get("limit"), details.get("window")
    if isinstance(count, int) and isinstance(seconds, int) and count > 0 and seconds > 0:
        return Limit(count, seconds)
    return None


def wait_before_retry(refused: Refused) -> float:
    """Seconds after which a message over a limit may come again, within what is sensible.

    An error as in the reference's example has them in `details` alone, another one nowhere.
    """
    details = refused.data.details or {}
    seconds = details.get("retryAfter")
    if refused.data.retry_after is not None:
        seconds = refused.data.retry_after / 1000
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        seconds = UNTOLD_WAIT_SECONDS
    return float(min(max(seconds, SHORTEST_WAIT_SECONDS), LONGEST_WAIT_SECONDS))
