"""One authenticated connection: its session, its writer, and where it stands."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from boardroom_tui.clock import read_clocks
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.events import Event
from boardroom_tui.meeting.standing import lower
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.codec import NOTHING_READY, Ready
from boardroom_tui.protocol.errors import CloseCode, ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Channel, Kind, bare
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.server.connection import Connection, Framed, Socket
from boardroom_tui.server.logging import Seldom, note
from boardroom_tui.server.metrics import Metrics
from boardroom_tui.server.settings import Settings
from boardroom_tui.session.refusal import limit_of
from boardroom_tui.session.server import ServerSession
from boardroom_tui.session.server_output import Close, Deliver, Send, ServerOutput

SHORTEST_TICK = 0.01
"""Seconds; a session that is due at once is not asked more often than this."""


class Peer:
    """A client as the server knows it, from `connection.ready` until it is gone."""

    def __init__(
        self,
        socket: Socket,
        session: ServerSession,
        *,
        cap: Role | None,
        client_id: str | None,
        settings: Settings,
        metrics: Metrics,
    ) -> None:
        self.session = session
        self.cap = cap
        """The token's role; without one the meeting's file rules."""
        self.client_id = client_id
        self.subscriptions: dict[Channel, str] = {}
        """What the client itself subscribed to, in its own words."""
        self.has_spoken = False
        self._socket = socket
        self.connection = Connection(
            socket,
            lag_bytes=settings.lag_bytes,
            lag_seconds=settings.lag_seconds,
            closing_seconds=settings.closing_seconds,
            fell_behind=self._cut,
        )
        self._clock: asyncio.TimerHandle | None = None
        self._when_alive: Callable[[], None] | None = None
        self._limited = Seldom()
        self._metrics = metrics
        socket.pong_came = self._pong

    @property
    def user(self) -> str:
        """The user's id in the form in which two of them are compared."""
        return bare(Kind.USER, self.session.identity.user_id)

    @property
    def _name(self) -> str:
        """The user's id as the log has it: in the token's words."""
        return self.session.identity.user_id

    def capped(self, role: Role) -> Role:
        """The role that is in force where a meeting's file gives `role`."""
        return role if self.cap is None else lower(role, self.cap)

    def start(self) -> None:
        """Say that the connection is ready, and begin to watch the time."""
        self._perform(self.session.start(read_clocks()))
        self._arm()

    def when_alive(self, do: Callable[[], None]) -> None:
        """Ask the client for a sign of life, and do this when one comes."""
        self._when_alive = do
        self.connection.ping()

    def receive(self, frame: str | bytes) -> list[ClientMessage]:
        """What of a frame is to be acted on; the rest is answered here."""
        self._is_alive()
        return self._perform(self.session.receive(frame, read_clocks()))

    def answer(
        self,
        request: ClientMessage,
        message: ServerMessage,
        event: Event | None = None,
        *,
        ready: Ready = NOTHING_READY,
    ) -> None:
        """Send the answer to a request: what `event` says, where it is about one."""
        now = read_clocks()
        if event is None:
            self._send(self.session.answer(request, message, now), ready)
            return
        then = replace(now, wall=event.at)
        self._send(self.session.answer(request, message, then, sequence=event.sequence))

    def tell(self, message: ServerMessage, ready: Ready = NOTHING_READY) -> None:
        """Send something that answers nothing, with what of it is `ready`."""
        self._send(self.session.stamp(message, read_clocks()), ready)

    def refuse(self, request: ClientMessage, refusal: Refusal) -> None:
        """Send the error about a request."""
        details: dict[str, Any] = {}
        if refusal.reason is not None:
            details["reason"] = refusal.reason
        if refusal.confirm:
            details["confirm"] = list(refusal.confirm)
        self._perform(
            [
                self.session.refuse(
                    request.correlation,
                    refusal.code,
                    refusal.message,
                    read_clocks(),
                    details=details or None,
                )
            ]
        )

    def perform(self, outputs: Iterable[ServerOutput]) -> None:
        """Do what the session asks for outside of a frame; it delivers nothing then."""
        self._perform(outputs)
        self._arm()

    def end(self, close: CloseCode, reason: str | None = None) -> None:
        """Say why, where the close code has an error, and close."""
        self._perform(self.session.end(close, read_clocks(), reason=reason))

    def stop_watching(self) -> None:
        """Forget the time: the connection is gone."""
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _send(self, message: ServerMessage, ready: Ready = NOTHING_READY) -> None:
        self._metrics.sending(message)
        if isinstance(message, Refused):
            self._note_limit(message)
        self.connection.send(Framed(message, ready))

    def _perform(self, outputs: Iterable[ServerOutput]) -> list[ClientMessage]:
        delivered: list[ClientMessage] = []
        for output in outputs:
            match output:
                case Send(message=message):
                    self._send(message)
                case Close(code=code, reason=reason):
                    self.stop_watching()
                    self.connection.close(code, reason)
                case Deliver(message=request):
                    self._metrics.received[request.type] += 1
                    delivered.append(request)
        return delivered

    def _arm(self) -> None:
        self.stop_watching()
        if not self.connection.closing:
            delay = max(SHORTEST_TICK, self.session.next_tick(read_clocks()))
            self._clock = asyncio.get_running_loop().call_later(delay, self._tick)

    def _tick(self) -> None:
        self.perform(self.session.tick(read_clocks()))

    def _is_alive(self) -> None:
        do, self._when_alive = self._when_alive, None
        if do is not None:
            do()

    def _pong(self) -> None:
        self._is_alive()
        self.session.heard(read_clocks(), self._socket.latency)

    def _cut(self) -> None:
        """The client does not read: what waits for it is lost, and it may come back."""
        if not self.connection.closing:
            note("cut", logging.WARNING, user=self._name, waiting=self.connection.waiting)
            self._metrics.cut += 1
            self.connection.forget_waiting()
            self.end(CloseCode.TOO_SLOW)

    def _note_limit(self, refused: Refused) -> None:
        limit = limit_of(refused) if refused.data.code is ErrorCode.RATE_LIMITED else None
        if limit is not None and self._limited.due():
            said = f"{limit.count} in {limit.seconds} s"
            note("limited", logging.WARNING, user=self._name, limit=said)
