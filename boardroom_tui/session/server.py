"""The server's end of one connection: every frame takes the same way in (DESIGN.md, One vote).

Decode, rate, identity, permission; what passes all four is delivered. Decoding comes first
because the type names the bucket, and a frame that is no message is counted all the same.
"""

from collections import deque
from collections.abc import Mapping
from typing import Any, TypeVar

from boardroom_tui.protocol.catalogue import EXTENSIONS, ClientMessage
from boardroom_tui.protocol.codec import Spoken, Undecodable, UnknownType, decode_spoken
from boardroom_tui.protocol.envelope import Event
from boardroom_tui.protocol.errors import CloseCode, ErrorCode
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.limits import (
    FRAME_BYTES,
    LIMITS,
    RATE_NAMES,
    UNDECODABLE_FRAMES,
    UNDECODABLE_WINDOW_SECONDS,
    Rate,
)
from boardroom_tui.protocol.messages.connection import (
    AuthExpiring,
    AuthRefresh,
    AuthRefreshed,
    ConnectionReady,
    Ping,
    Pong,
    RateLimit,
    Refused,
)
from boardroom_tui.protocol.moment import Moment
from boardroom_tui.session.ending import ending
from boardroom_tui.session.identity import Identity
from boardroom_tui.session.latency import one_way_ms
from boardroom_tui.session.lifetime import Expiry, Silence
from boardroom_tui.session.rates import Buckets, counted_in, take
from boardroom_tui.session.refusal import refusal, too_many
from boardroom_tui.session.server_output import Deliver, Send, ServerOutput
from boardroom_tui.session.stamp import stamped

_E = TypeVar("_E", bound=Event)


class ServerSession:
    """One authenticated connection.

    `buckets` are this connection's own, `user_buckets` those of its user, shared by all of the
    user's connections. Once the session has asked for the close, it asks for nothing more.
    """

    def __init__(
        self,
        session_id: str,
        identity: Identity,
        buckets: Buckets,
        user_buckets: Buckets,
        now: Moment,
    ) -> None:
        self.identity = identity
        self._session_id = session_id
        self._buckets = buckets
        self._user_buckets = user_buckets
        self._expiry = Expiry(identity.expires_at, now)
        self._silence = Silence(now)
        self._round_trip: float | None = None
        self._undecodable: deque[float] = deque(maxlen=UNDECODABLE_FRAMES)
        self._sent = 0
        self._over = False

    def start(self, now: Moment) -> list[ServerOutput]:
        """The first message of the connection, `connection.ready`."""
        ready = ConnectionReady(
            data=ConnectionReady.Data(
                session_id=self._session_id,
                user_id=self.identity.user_id,
                permissions=self._permissions(),
                server_time=now.wall,
                extensions=EXTENSIONS,
                expires_at=self.identity.expires_at,
                rate_limits=self._own_limits(),
            )
        )
        return [Send(self.stamp(ready, now))]

    def receive(self, frame: str | bytes, now: Moment) -> list[ServerOutput]:
        """What a frame leads to: an answer, a refusal, a delivery, or the end."""
        self._silence.broken(now)
        due = self.tick(now)
        if self._over:
            return due
        if _is_too_big(frame):
            return [*due, *self.end(CloseCode.TOO_BIG, now)]
        spoken = decode_spoken(frame)
        if isinstance(spoken, Spoken):
            return [*due, *self._admit(spoken, now)]
        return [*due, *self._reject(spoken, now)]

    def heard(self, now: Moment, round_trip: float | None = None) -> None:
        """A WebSocket pong came; `round_trip` is in seconds, where the shell has measured it."""
        self._silence.broken(now)
        if round_trip is not None:
            self._round_trip = round_trip

    def stamp(
        self,
        message: _E,
        now: Moment,
        *,
        correlation: str | None = None,
        sequence: int | None = None,
    ) -> _E:
        """The message as this connection gets it: with id and metadata (`stamped`)."""
        self._sent += 1
        return stamped(
            message,
            f"{self._session_id}.{self._sent}",
            now,
            user_id=self.identity.user_id,
            correlation_id=correlation,
            sequence=sequence,
        )

    def answer(
        self, request: ClientMessage, message: _E, now: Moment, *, sequence: int | None = None
    ) -> _E:
        """The message as the answer to a request."""
        return self.stamp(message, now, correlation=request.correlation, sequence=sequence)

    def refuse(
        self,
        correlation: str | None,
        code: ErrorCode,
        message: str,
        now: Moment,
        *,
        details: Mapping[str, Any] | None = None,
    ) -> Send:
        """The `error` about the message that `correlation` names."""
        return self._refusing(refusal(code, message, correlation=correlation, details=details), now)

    def renewed(self, identity: Identity, request: AuthRefresh, now: Moment) -> list[ServerOutput]:
        """Live on under a new token, if it is the same user's and not too late."""
        if self._over:
            return []
        if not same(Kind.USER, identity.user_id, self.identity.user_id):
            return [
                self.refuse(
                    request.correlation,
                    ErrorCode.AUTH_FAILED,
                    "The new token belongs to another user.",
                    now,
                )
            ]
        self.identity = identity
        self._expiry = Expiry(identity.expires_at, now)
        refreshed = AuthRefreshed(
            data=AuthRefreshed.Data(expires_at=identity.expires_at, permissions=self._permissions())
        )
        return [Send(self.answer(request, refreshed, now))]

    def end(
        self, close: CloseCode, now: Moment, *, reason: str | None = None
    ) -> list[ServerOutput]:
        """Say why, where the close code has an error, and close."""
        if self._over:
            return []
        self._over = True
        self._sent += 1
        message_id = f"{self._session_id}.{self._sent}"
        return [*ending(close, message_id, now, reason=reason, user_id=self.identity.user_id)]

    def tick(self, now: Moment) -> list[ServerOutput]:
        """What time brings: the warning before the token's end, its end, or too long a silence."""
        if self._over:
            return []
        if self._expiry.over(now):
            return self.end(CloseCode.TOKEN_EXPIRED, now)
        if self._silence.too_long(now):
            return self.end(CloseCode.TOO_SLOW, now, reason="Nothing was received for 60 s.")
        if self._expiry.warning_due(now):
            expiring = AuthExpiring(data=AuthExpiring.Data(expires_at=self._expiry.ends_at))
            return [Send(self.stamp(expiring, now))]
        return []

    def next_tick(self, now: Moment) -> float:
        """Seconds until `tick` has something to do; 0 if it has now."""
        return max(0.0, min(self._expiry.seconds_left(now), self._silence.seconds_left(now)))

    def _permissions(self) -> tuple[str, ...]:
        return tuple(permission.value for permission in self.identity.permissions)

    def _own_limits(self) -> dict[str, RateLimit] | None:
        """The limits that are not the reference's, so that clients keep to these."""
        limits = self._buckets.limits
        return {
            name: RateLimit(limit=limits[rate].count, window=limits[rate].seconds)
            for name, rate in RATE_NAMES.items()
            if limits[rate] != LIMITS[rate]
        } or None

    def _refusing(self, refused: Refused, now: Moment) -> Send:
        return Send(self.stamp(refused, now, correlation=refused.data.correlation_id))

    def _reject(self, problem: Undecodable | UnknownType, now: Moment) -> list[ServerOutput]:
        """Refuse what is no message of the protocol, and end the connection if it goes on."""
        if isinstance(problem, UnknownType):
            reason = f"The message type {problem.type} is unknown."
        else:
            reason = f"Not a message: {problem.reason}."
            if self._too_much_garbage(now):
                return self.end(CloseCode.UNDECODABLE, now)
        exceeded = take([self._buckets[Rate.CONNECTION]], now.monotonic)
        if exceeded is not None:
            return [self._refusing(too_many(exceeded, correlation=problem.correlation), now)]
        return [self.refuse(problem.correlation, ErrorCode.INVALID_MESSAGE, reason, now)]

    def _too_much_garbage(self, now: Moment) -> bool:
        self._undecodable.append(now.monotonic)
        return (
            len(self._undecodable) == UNDECODABLE_FRAMES
            and now.monotonic - self._undecodable[0] < UNDECODABLE_WINDOW_SECONDS
        )

    def _admit(self, spoken: Spoken, now: Moment) -> list[ServerOutput]:
        message = spoken.message
        exceeded = take(counted_in(message.rate, self._buckets, self._user_buckets), now.monotonic)
        if exceeded is not None:
            return [self._refusing(too_many(exceeded, correlation=message.correlation), now)]
        if any(not self._is_own(speaker) for speaker in spoken.speakers):
            reason = "The userId is not your own."
            return [self.refuse(message.correlation, ErrorCode.PERMISSION_DENIED, reason, now)]
        if message.permission not in self.identity.permissions:
            reason = f"{message.type} needs the permission to {message.permission}."
            return [self.refuse(message.correlation, ErrorCode.PERMISSION_DENIED, reason, now)]
        if isinstance(message, Ping):
            sent = message.data.timestamp
            pong = Pong(
                data=Pong.Data(timestamp=sent, latency=one_way_ms(sent, self._round_trip, now))
            )
            return [Send(self.answer(message, pong, now))]
        return [Deliver(message)]

    def _is_own(self, speaker: object) -> bool:
        return isinstance(speaker, str) and same(Kind.USER, speaker, self.identity.user_id)


def _is_too_big(frame: str | bytes) -> bool:
    """Whether a frame is over the limit; a character is one to four bytes."""
    if isinstance(frame, bytes) or len(frame) > FRAME_BYTES:
        return len(frame) > FRAME_BYTES
    return len(frame) * 4 > FRAME_BYTES and len(frame.encode("utf-8", "replace")) > FRAME_BYTES
