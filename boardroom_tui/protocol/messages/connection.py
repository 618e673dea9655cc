"""The connection's own messages: readiness, heartbeat, renewal of the token, errors."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import (
    Count,
    EchoedTime,
    Identifier,
    MessageId,
    Model,
    Omitted,
    Text,
    Timestamp,
    TypeName,
)
from boardroom_tui.protocol.limits import TOKEN_CHARACTERS, Rate

Code = Annotated[ErrorCode | TypeName, Field(union_mode="left_to_right")]
"""An error code; another server's own, beyond the reference's table, is kept as text."""

Latency = Annotated[int, Field(ge=0)] | Annotated[float, Field(ge=0, allow_inf_nan=False)]
"""Milliseconds."""

Token = Annotated[str, Field(min_length=1, max_length=TOKEN_CHARACTERS, repr=False)]


class RateLimit(Model):
    """A token bucket: so many messages at once, refilled over the window, in seconds."""

    limit: Annotated[int, Field(ge=1, le=1_000_000_000)]
    window: Annotated[int, Field(ge=1, le=3_600)]


class ConnectionReady(Event):
    """The connection is authenticated; nothing else comes before it."""

    class Data(Model):
        session_id: Identifier
        user_id: Identifier
        permissions: tuple[TypeName, ...]
        server_time: Timestamp
        extensions: Annotated[tuple[TypeName, ...] | None, Omitted] = None
        expires_at: Annotated[Timestamp | None, Omitted] = None
        rate_limits: Annotated[dict[TypeName, RateLimit] | None, Omitted] = None
        """By name, those that are not as in the reference's table."""

    own_fields: ClassVar[tuple[str, ...]] = ("extensions", "expiresAt", "rateLimits")
    source: ClassVar[str] = "websocket-api.md:82"
    reach: ClassVar[Reach] = Reach.CONNECTION

    type: Literal["connection.ready"] = "connection.ready"
    data: Data


class ConnectionFailed(Event):
    """Why the server is about to close the connection."""

    class Data(Model):
        code: Code
        message: Text
        retryable: bool

    source: ClassVar[str] = "websocket-api.md:97"
    reach: ClassVar[Reach] = Reach.CONNECTION

    type: Literal["connection.error"] = "connection.error"
    data: Data


class Ping(Request):
    """Keep the connection alive and measure it."""

    class Data(Model):
        timestamp: EchoedTime

    source: ClassVar[str] = "websocket-api.md:111"
    permission: ClassVar[Permission] = Permission.READ
    rate: ClassVar[Rate | None] = None
    answers: ClassVar[tuple[str, ...]] = ("connection.heartbeat.pong",)

    type: Literal["connection.heartbeat.ping"] = "connection.heartbeat.ping"
    data: Data


class Pong(Event):
    """The heartbeat's answer: the ping's own timestamp, and the server's estimate in ms."""

    class Data(Model):
        timestamp: EchoedTime
        latency: Latency

    source: ClassVar[str] = "websocket-api.md:124"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["connection.heartbeat.pong"] = "connection.heartbeat.pong"
    data: Data


class AuthExpiring(Event):
    """The token runs out soon; a client may renew it over this connection."""

    class Data(Model):
        expires_at: Timestamp

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Renewing a token"
    reach: ClassVar[Reach] = Reach.CONNECTION

    type: Literal["connection.auth.expiring"] = "connection.auth.expiring"
    data: Data


class AuthRefresh(Request):
    """Renew the connection's token with a new one for the same user."""

    class Data(Model):
        token: Token

    extension: ClassVar[bool] = True
    compressible: ClassVar[bool] = False
    source: ClassVar[str] = "CONTRACT.md, Renewing a token"
    permission: ClassVar[Permission] = Permission.READ
    rate: ClassVar[Rate | None] = None
    answers: ClassVar[tuple[str, ...]] = ("connection.auth.refreshed",)

    type: Literal["connection.auth.refresh"] = "connection.auth.refresh"
    data: Data


class AuthRefreshed(Event):
    """The connection lives on under the new token."""

    class Data(Model):
        expires_at: Timestamp
        permissions: tuple[TypeName, ...]

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Renewing a token"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["connection.auth.refreshed"] = "connection.auth.refreshed"
    data: Data


class Refused(Event):
    """What was wrong with a message, whether it may be sent again, and when."""

    class Data(Model):
        code: Code
        message: Text
        details: Annotated[dict[str, Any] | None, Omitted] = None
        correlation_id: Annotated[MessageId | None, Omitted] = None
        retryable: Annotated[bool | None, Omitted] = None
        retry_after: Annotated[Count | None, Omitted] = None
        """Milliseconds; `details.retryAfter` is in seconds (CONTRACT.md, Errors)."""

    source: ClassVar[str] = "websocket-api.md:499"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["error"] = "error"
    data: Data
