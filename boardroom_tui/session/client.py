"""The client's end: it connects again and again, and says when that is useless.

`Requests` is what it talks about; here is when a connection begins, lives, fails and ends.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.codec import Undecodable, UnknownType, decode_server
from boardroom_tui.protocol.errors import CloseCode, ErrorCode, may_reconnect
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.messages.connection import (
    AuthExpiring,
    AuthRefresh,
    AuthRefreshed,
    ConnectionFailed,
    ConnectionReady,
    Ping,
    Pong,
    Refused,
)
from boardroom_tui.protocol.messages.meeting import ChatMessage
from boardroom_tui.protocol.moment import Moment, rfc_3339
from boardroom_tui.session.backoff import delay
from boardroom_tui.session.client_output import (
    ClientOutput,
    Ended,
    Hangup,
    Heard,
    NewTokenWanted,
    Retry,
    TokenRefused,
    Unfamiliar,
)
from boardroom_tui.session.connection import Connection, Held, Phase, TokenWanted
from boardroom_tui.session.heartbeat import Heartbeat
from boardroom_tui.session.matching import correlation_of
from boardroom_tui.session.outbox import Hold
from boardroom_tui.session.requests import Requests

READY_SECONDS = 10.0
"""How long `connection.ready` may take after the handshake."""

STEADY_SECONDS = 10.0
"""A connection that was ready for so long starts the backoff anew."""


class ClientSession:
    """One user's conversation with a server, over as many connections as it takes.

    `meeting_id` is joined on every connection, in `role` if that lowers one's own. `run_id` is
    random and new for every run of a program: request ids begin with it, and servers remember
    those for good. Without `reconnect` the first connection, or attempt at one, is the last.
    `asks` where somebody can be asked for a new token: then it waits for one instead of ending.
    `resumes` where what was heard is kept: then a server need tell only what came after it.
    """

    def __init__(
        self,
        meeting_id: str | None,
        role: Role | None,
        run_id: str,
        now: Moment,
        *,
        reconnect: bool = True,
        asks: bool = False,
        resumes: bool = False,
    ) -> None:
        self._reconnect = reconnect
        self._asks = asks
        self._requests = Requests(meeting_id, role, run_id, resumes=resumes)
        self._phase = Phase.CONNECTING
        self._since = now
        self._failures = 0
        self._retry_at: float | None = None
        self._ready_by: float | None = None
        self._heartbeat = Heartbeat(now.monotonic)
        self._latency_ms: float | None = None
        self._failure: ConnectionFailed.Data | None = None
        self._hangup_reason: str | None = None
        self._reason: str | None = None
        self._code: int | None = None
        self._lost_at: datetime | None = None
        self._ignored = 0
        self._token_ends: datetime | None = None
        self._token_wanted: TokenWanted | None = None
        self._refresh_id: str | None = None
        self._other_user = False
        self._stood: tuple[object, ...] = ()
        """What the connection was last made of; it is asked for with every message."""
        self._connection = self._as_it_stands()

    @property
    def connection(self) -> Connection:
        """The connection as it stands; the very same while nothing of it has changed."""
        stands = (
            *(self._phase, self._since, self._lost_at, self._failures, self._retry_at),
            *(self._latency_ms, len(self._requests), self._requests.holds),
            *(self._token_wanted, self._reason, self._code, self._ignored),
        )
        if stands != self._stood:
            self._stood, self._connection = stands, self._as_it_stands()
        return self._connection

    def _as_it_stands(self) -> Connection:
        return Connection(
            phase=self._phase,
            since=self._since.wall,
            lost_at=self._lost_at,
            attempt=self._failures,
            next_attempt=None if self._retry_at is None else self._on_the_wall(self._retry_at),
            latency_ms=self._latency_ms,
            waiting=len(self._requests),
            held=tuple(self._held(hold) for hold in self._requests.holds),
            token_wanted=self._token_wanted,
            reason=self._reason,
            code=self._code,
            ignored=self._ignored,
        )

    @property
    def extensions(self) -> frozenset[str] | None:
        """The types beyond the reference that the server knows; None before it was met."""
        server = self._requests.server
        return None if server is None else frozenset(server.extensions or ())

    @property
    def user_id(self) -> str | None:
        """Who the user is, once the server has said so."""
        server = self._requests.server
        return None if server is None else server.user_id

    def connecting(self, now: Moment) -> None:
        """An attempt begins; after the end none does."""
        if self._phase is Phase.ENDED:
            return
        self._enter(Phase.CONNECTING, now)
        self._failure = None
        self._hangup_reason = None
        self._other_user = False

    def opened(self, now: Moment) -> None:
        """The socket is open; the server's first message must follow."""
        if self._phase is Phase.ENDED:
            return
        self._ready_by = now.monotonic + READY_SECONDS

    def received(self, frame: str | bytes, now: Moment) -> list[ClientOutput]:
        """What a frame of the server leads to."""
        if self._phase is Phase.ENDED:
            return []
        self._heartbeat.heard(now.monotonic)
        message = decode_server(frame)
        if isinstance(message, ChatMessage):  # as most are
            return [Heard(message), *self._requests.answer(message, now)]
        if isinstance(message, Undecodable | UnknownType):
            self._ignored += 1
            return [] if isinstance(message, Undecodable) else [_unfamiliar(message)]
        noticed = self._noticed(message, now)
        return [Heard(message), *noticed, *self._requests.answer(message, now)]

    def lost(self, code: int | None, reason: str, random: float, now: Moment) -> list[ClientOutput]:
        """The socket is gone, or none came about (`code` is None).

        `random` is uniform in [0, 1).
        """
        if self._phase is Phase.ENDED:
            return []
        self._requests.disconnected(now)
        words = self._why(code, reason)
        if self._wants_another_token(code):
            return self._wait_for_token(words, now, refusal=words)
        if not self._reconnect or (code is not None and not may_reconnect(code)):
            return self._end(code, words, now)
        self._code = code
        self._enter(Phase.WAITING, now)
        self._failures += 1
        self._reason = words
        self._retry_at = now.monotonic + delay(self._failures, random)
        expired = code == CloseCode.TOKEN_EXPIRED or (
            self._failure is not None and self._failure.code is ErrorCode.AUTH_EXPIRED
        )
        return [Retry(self._retry_at, words, expired)]

    def send(self, message: ClientMessage, now: Moment) -> tuple[str, list[ClientOutput]]:
        """Send a message now or as soon as there is a connection; the id of the request."""
        return self._requests.post(message, now)

    def new_token(self, token: str, now: Moment) -> list[ClientOutput]:
        """Renew the connection's token; without a connection the next one takes it anyway."""
        if self._phase is not Phase.READY:
            self._token_wanted = None
        elif self._token_wanted is not None:
            self._token_wanted = replace(self._token_wanted, refusal=None)
        message = AuthRefresh(data=AuthRefresh.Data(token=token))
        self._refresh_id, outputs = self.send(message, now)
        return outputs

    def no_newer_token(self) -> None:
        """The token ends soon, and where it came from there is none that is newer."""
        if self._phase is Phase.READY and self._token_ends is not None:
            self._token_wanted = TokenWanted(self._token_ends)

    def token_ran_out(self, random: float, now: Moment, *, again: bool) -> list[ClientOutput]:
        """There is no token to connect with but one that has run out.

        `again`: where it came from there may be another one later.
        """
        reason = "the token has run out; a new one is needed"
        if again:
            outputs = self.lost(None, reason, random, now)
            if self._asks and self._phase is Phase.WAITING:
                self._token_wanted = TokenWanted(None)
            return outputs
        if self._asks and self.user_id is not None:
            return self._wait_for_token(reason, now)
        return self.give_up(reason, now, code=CloseCode.TOKEN_EXPIRED)

    def close(self, now: Moment) -> list[ClientOutput]:
        """The user goes: close, and do not come back."""
        if self._phase is Phase.ENDED:
            return []
        hangup = Hangup(CloseCode.NORMAL, CloseCode.NORMAL.meaning)
        return [hangup, *self._end(CloseCode.NORMAL, CloseCode.NORMAL.meaning, now)]

    def give_up(
        self, reason: str, now: Moment, *, code: CloseCode | None = None
    ) -> list[ClientOutput]:
        """The shell knows that no further attempt can succeed, and why."""
        return [] if self._phase is Phase.ENDED else self._end(code, reason, now)

    def tick(self, now: Moment) -> list[ClientOutput]:
        """What time brings: a heartbeat, a server that does not answer, held requests."""
        if self._ready_by is not None and now.monotonic >= self._ready_by:
            return self._hang_up("the server did not say that it is ready", now)
        if self._phase is not Phase.READY:
            return []
        if self._heartbeat.dead(now.monotonic):
            return self._hang_up("the server does not answer any more", now)
        ping = self._ping(now) if self._heartbeat.due(now.monotonic) else []
        return [*ping, *self._requests.due(now)]

    def next_tick(self, now: Moment) -> float | None:
        """Seconds until `tick` has something to do; None if nothing is due."""
        if self._ready_by is not None:
            return max(0.0, self._ready_by - now.monotonic)
        if self._phase is not Phase.READY:
            return None
        left = self._heartbeat.seconds_left(now.monotonic)
        release_at = self._requests.release_at
        if release_at is not None:
            left = min(left, release_at - now.monotonic)
        return max(0.0, left)

    def _noticed(self, message: ServerMessage, now: Moment) -> list[ClientOutput]:
        """What the session itself does about a message."""
        match message:
            case ConnectionReady(data=data) if self._phase is Phase.CONNECTING:
                return self._ready(data, now)
            case ConnectionFailed(data=data):
                self._failure = data
            case AuthExpiring(data=data):
                self._token_ends = data.expires_at
                return [NewTokenWanted(data.expires_at)]
            case AuthRefreshed(data=data):
                self._token_ends, self._token_wanted = data.expires_at, None
            case Refused() if correlation_of(message) == self._refresh_id:
                self._token_wanted = TokenWanted(self._token_ends, message.data.message)
                return [TokenRefused()]
            case Pong():
                latency = self._heartbeat.answered(now.monotonic)
                self._latency_ms = self._latency_ms if latency is None else latency
            case _:
                pass
        return []

    def _ready(self, data: ConnectionReady.Data, now: Moment) -> list[ClientOutput]:
        if self.user_id is not None and not same(Kind.USER, self.user_id, data.user_id):
            # What waits in the outbox is not this user's to say.
            reason = f"the new token belongs to {data.user_id}, not to {self.user_id}"
            if self._asks:
                self._other_user = True
                return self._hang_up(reason, now, CloseCode.NORMAL)
            hangup = Hangup(CloseCode.NORMAL, CloseCode.NORMAL.meaning)
            return [hangup, *self._end(None, reason, now)]
        self._enter(Phase.READY, now)
        self._token_ends, self._token_wanted = data.expires_at, None
        self._heartbeat = Heartbeat(now.monotonic)
        return [*self._requests.resume(data, now), *self._ping(now)]

    def _ping(self, now: Moment) -> list[ClientOutput]:
        self._heartbeat.pinged(now.monotonic)
        return self.send(Ping(data=Ping.Data(timestamp=rfc_3339(now.wall))), now)[1]

    def _wants_another_token(self, code: int | None) -> bool:
        """Whether somebody who has been in gave a token that will not do, and may give another."""
        if not self._asks or self.user_id is None:
            return False
        return self._other_user or code == CloseCode.AUTH_FAILED

    def _wait_for_token(
        self, reason: str, now: Moment, *, refusal: str | None = None
    ) -> list[ClientOutput]:
        """Connect no more until somebody has given a token."""
        self._enter(Phase.WAITING, now)
        self._reason = reason
        self._token_wanted = TokenWanted(None, refusal)
        return [Retry(None, reason, fresh_token=True)]

    def _hang_up(
        self, reason: str, now: Moment, code: CloseCode = CloseCode.TOO_SLOW
    ) -> list[ClientOutput]:
        """Leave a server that will not do; the shell then reports the loss."""
        self._requests.disconnected(now)
        self._enter(Phase.WAITING, now)
        self._hangup_reason = self._reason = reason
        return [Hangup(code, reason)]

    def _end(self, code: int | None, reason: str, now: Moment) -> list[ClientOutput]:
        self._requests.disconnected(now)
        self._requests.over = True
        self._enter(Phase.ENDED, now)
        self._code = code
        self._reason = reason
        return [Ended(code, reason)]

    def _enter(self, phase: Phase, now: Moment) -> None:
        """Begin a phase, with nothing left of the one before."""
        steady = now.monotonic - self._since.monotonic >= STEADY_SECONDS
        if self._phase is Phase.READY and steady:
            self._failures = 0
        if phase is Phase.READY:
            self._lost_at = None
        elif self._phase is Phase.READY:
            self._lost_at = now.wall
        self._phase = phase
        self._since = now
        self._latency_ms = None
        self._ready_by = None
        self._retry_at = None
        if phase is Phase.READY:
            self._reason = None

    def _why(self, code: int | None, reason: str) -> str:
        """Why the connection was lost: in the server's words if it said, else in ours."""
        if self._failure is not None:
            return self._failure.message.removesuffix(".")
        if self._hangup_reason is not None:
            return self._hangup_reason
        if code in tuple(CloseCode):
            return CloseCode(code).meaning
        return reason or "the connection was lost"

    def _held(self, hold: Hold) -> Held:
        return Held(hold.rate, hold.count, self._on_the_wall(hold.until), hold.limit)

    def _on_the_wall(self, monotonic: float) -> datetime:
        """The wall clock's time of a monotonic one."""
        return self._since.wall + timedelta(seconds=monotonic - self._since.monotonic)


def _unfamiliar(message: UnknownType) -> Unfamiliar:
    return Unfamiliar(message.type, message.data)
