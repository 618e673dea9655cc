"""The link to a meeting: a socket, a clock and a client session, kept alive.

`ClientSession` decides; the link performs. It dials, sends what is to be sent, waits as long as
it is told to, and tells its one reader what it heard.
"""

import asyncio
import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from boardroom_tui.client.address import Address
from boardroom_tui.client.dialing import Unreachable, dial
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.supply import TokenSupply
from boardroom_tui.client.tokens import TokenSource, as_token
from boardroom_tui.client.trust import Authorities, Trust
from boardroom_tui.client.updates import ConnectionChanged, Update, Updates
from boardroom_tui.client.wire import Lost, Watch, Wire
from boardroom_tui.clock import read_clocks
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.cleaning import cleaned, cleaned_data
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.meeting import ChatMessage
from boardroom_tui.protocol.moment import Moment
from boardroom_tui.protocol.text import clean, is_harmless
from boardroom_tui.session.client import ClientSession
from boardroom_tui.session.client_output import (
    ClientOutput,
    Ended,
    Hangup,
    Heard,
    NewTokenWanted,
    Retry,
    Settled,
    TokenRefused,
    Unfamiliar,
    Write,
)
from boardroom_tui.session.connection import Connection, Phase
from boardroom_tui.stretch import Stretch

_JITTER = random.SystemRandom()


def _forget(_token: str) -> None:
    """Keep no token."""


def _is_talk(outputs: Sequence[ClientOutput]) -> bool:
    """Whether somebody said something, as mostly, which changes nothing of the connection."""
    first = outputs[0] if len(outputs) == 1 else None
    return isinstance(first, Heard) and isinstance(first.message, ChatMessage)


class RequestRefusedError(Exception):
    """The server refused what was sent."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(f"{refused.data.code}: {refused.data.message}")
        self.refused = refused


class LinkEndedError(Exception):
    """The link ended before the answer came; whether it had an effect is not known."""


class Link:
    """A client's connection to one meeting, through every interruption, until it is closed.

    `updates` must be read: once a thousand wait, nothing more is read from the socket.
    """

    def __init__(
        self,
        address: Address,
        tokens: TokenSource,
        *,
        meeting_id: str | None,
        role: Role | None = None,
        trust: Trust | None = None,
        client_id: str | None = None,
        reconnect: bool = True,
        asks: bool = False,
        resumes: bool = False,
        watch: Watch | None = None,
        on_token: Callable[[str], None] = _forget,
    ) -> None:
        """`role` can only lower the one that the meeting gives; `trust` is the system's store.

        Without `reconnect` it ends with its first connection. Where somebody can be asked for a
        new token (`asks`), it waits for `give_token` when the old one has run out. With `resumes`
        its reader keeps what it heard, and is told only what came after it. `watch` sees every
        frame, `on_token` every token before it is used.
        """
        self.address = address
        self.updates = Updates[Update]()
        self._tokens = TokenSupply(tokens, on_token)
        self._trust = Authorities() if trust is None else trust
        # A second link of the same user is a second client, and displaces nobody.
        self._client_id = client_id or f"client_{secrets.token_hex(8)}"
        self._watch = watch
        run_id = f"req_{secrets.token_hex(8)}"
        self._session = ClientSession(
            meeting_id,
            role,
            run_id,
            now=read_clocks(),
            reconnect=reconnect,
            asks=asks,
            resumes=resumes,
        )
        self._connection: Connection = self._session.connection
        self._stood: Connection = self._connection
        """As the session told it when it was last looked at."""
        self._running: asyncio.Task[None] | None = None
        self._renewing: asyncio.Task[None] | None = None
        self._wire: Wire | None = None
        self._retry: Retry | None = None
        self._answers: dict[str, asyncio.Future[ServerMessage]] = {}
        self._poked = asyncio.Event()
        """The session was called: its next tick may be another."""
        self._impatient = asyncio.Event()
        """Nobody waits for the next attempt any more."""
        self._settled_down = asyncio.Event()
        """The first attempt has led to a connection or to a failure."""
        self._waiting = asyncio.Event()
        """The next attempt is waited for."""

    @property
    def connection(self) -> Connection:
        """How the connection stands."""
        return self._connection

    async def run(self) -> None:
        """Connect, and reconnect, until the link has ended.

        Several may wait here; the first to come starts it, and only `close` stops it.
        """
        if self._running is None:
            self._running = asyncio.create_task(self._keep_connected())
        await asyncio.wait({self._running})
        if not self._running.cancelled():
            self._running.result()

    async def ready(self) -> Problem | None:
        """Wait until the first attempt has succeeded (None) or failed, and why."""
        await self._settled_down.wait()
        if self._connection.phase is Phase.READY:
            return None
        return Problem(self._connection.reason or "the connection failed")

    async def waiting(self) -> str:
        """Wait until the connection is lost, or did not come about, and is tried again; and why."""
        await self._waiting.wait()
        return self._connection.reason or "the connection was lost"

    def send(self, message: ClientMessage) -> str:
        """Send a message as soon as there is a connection; its id, at once.

        What is lasting is kept until it is answered, and `updates` tells of the answer.
        """
        request_id, outputs = self._session.send(message, read_clocks())
        self._perform(outputs)
        return request_id

    async def send_and_wait(self, message: ClientMessage, timeout: float = 30) -> ServerMessage:  # noqa: ASYNC109 - DESIGN.md's own interface
        """Send a message and wait for its answer, `timeout` seconds at most.

        Raises:
            RequestRefusedError: The answer is an error.
            LinkEndedError: The link ended first.
            TimeoutError: No answer came in time; the message is still sent and may be answered.
        """
        if self._connection.phase is Phase.ENDED:
            raise LinkEndedError(self._connection.reason or "the link is closed")
        answered = asyncio.get_running_loop().create_future()
        request_id, outputs = self._session.send(message, read_clocks())
        self._answers[request_id] = answered
        try:
            self._perform(outputs)
            async with asyncio.timeout(timeout):
                answer = await answered
        finally:
            del self._answers[request_id]
        if isinstance(answer, Refused):
            raise RequestRefusedError(answer)
        return answer

    def retry_now(self) -> None:
        """Make the next attempt without waiting any longer."""
        self._impatient.set()

    def give_token(self, text: str) -> str | None:
        """Go on with this token: renew the connection's, or connect at once.

        Returns why it cannot be one, in words to show; what the server says of it is told later.
        """
        token = as_token(text, "what you gave")
        if isinstance(token, Problem):
            return str(token)
        self._tokens.give(token)
        if self._connection.phase is Phase.READY:
            self._tokens.use(token)
        self._perform(self._session.new_token(token, read_clocks()))
        self._impatient.set()
        return None

    async def close(self) -> None:
        """Close with 1000 and end; what is on its way gets a moment to leave."""
        self._perform(self._session.close(read_clocks()))
        if self._running is None:
            self.updates.end()
            return
        if self._wire is None:
            self._running.cancel()
        await asyncio.wait({self._running})

    async def vanish(self) -> None:
        """End without a word, as in a tunnel: the server finds out by itself."""
        if self._wire is not None:
            self._wire.cut()
        await self.close()

    async def _keep_connected(self) -> None:
        ticking = asyncio.create_task(self._tick())
        try:
            while self._connection.phase is not Phase.ENDED:
                await self._connect_once()
                await self._wait_for_retry()
        finally:
            ticking.cancel()
            if self._renewing is not None:
                self._renewing.cancel()
            self._finish()

    async def _connect_once(self) -> None:
        """One attempt and, where it succeeds, the whole connection."""
        self._retry = None
        self._session.connecting(read_clocks())
        self._changed()
        token = await self._tokens.read()
        if not isinstance(token, str):
            self._do_without(token)
            return
        socket = await dial(self.address, self._trust, token, self._client_id)
        if isinstance(socket, Unreachable):
            self._fail(socket.reason, for_good=socket.for_good)
            return
        self._tokens.use(token)
        self._wire = wire = Wire(socket, self._watch)
        try:
            self._session.opened(read_clocks())
            self._changed()
            lost = await self._listen(wire)
        finally:
            await wire.closed()
            self._wire = None
        self._lose(lost)

    def _do_without(self, problem: Problem | None) -> None:
        """There is no token to connect with; without a problem, it has run out."""
        again = self._tokens.renewable
        if problem is not None:
            self._fail(str(problem), for_good=not again)
            return
        self._perform(self._session.token_ran_out(_JITTER.random(), read_clocks(), again=again))

    async def _listen(self, wire: Wire) -> Lost:
        """Read until the connection ends, from there or from here."""
        reading = asyncio.create_task(self._read(wire))
        hung_up = asyncio.create_task(wire.hung_up.wait())
        try:
            await asyncio.wait({reading, hung_up}, return_when=asyncio.FIRST_COMPLETED)
            return reading.result() if reading.done() else Lost(None, "the connection was closed")
        finally:
            reading.cancel()
            hung_up.cancel()

    async def _read(self, wire: Wire) -> Lost:
        stretch = Stretch()
        while True:
            await self.updates.room()
            await stretch.pause_if_long()
            frames = await wire.read()
            if isinstance(frames, Lost):
                return frames
            now = read_clocks()
            for frame in frames:
                self._take_in(frame, now)

    def _take_in(self, frame: str | bytes, now: Moment) -> None:
        """Do what a frame leads to; what it says is cleaned only where there is anything to."""
        harmless = is_harmless(frame)
        outputs = self._session.received(frame, now)
        for output in outputs:
            if harmless and isinstance(output, Heard):
                self.updates.add(output)
            else:
                self._perform_one(output)
        if not _is_talk(outputs):
            self._changed()

    async def _wait_for_retry(self) -> None:
        if self._retry is None or self._tokens.has_untried:
            return
        self._impatient.clear()
        at = self._retry.at
        try:
            async with asyncio.timeout(None if at is None else at - read_clocks().monotonic):
                await self._impatient.wait()
        except TimeoutError:
            return

    async def _tick(self) -> None:
        """Call the session whenever it has said that something is due."""
        while True:
            self._poked.clear()
            due = self._session.next_tick(read_clocks())
            try:
                async with asyncio.timeout(due):
                    await self._poked.wait()
            except TimeoutError:
                self._perform(self._session.tick(read_clocks()))

    def _fail(self, reason: str, *, for_good: bool) -> None:
        if for_good:
            self._perform(self._session.give_up(reason, read_clocks()))
        else:
            self._lose(Lost(None, reason))

    def _lose(self, lost: Lost) -> None:
        self._perform(self._session.lost(lost.code, lost.reason, _JITTER.random(), read_clocks()))

    def _perform(self, outputs: Sequence[ClientOutput]) -> None:
        for output in outputs:
            self._perform_one(output)
        self._changed()

    def _perform_one(self, output: ClientOutput) -> None:  # noqa: PLR0912 - one for each output
        match output:
            case Write():
                if self._wire is not None:
                    self._wire.write(output.frame, compressible=output.compressible)
            case Heard():
                self.updates.add(Heard(cleaned(output.message)))
            case Unfamiliar():
                self.updates.add(Unfamiliar(clean(output.type), cleaned_data(output.data)))
            case Settled():
                self._settle(Settled(output.request, cleaned(output.answer)))
            case Hangup():
                if self._wire is not None:
                    self._wire.hang_up(output.code, output.reason)
            case Retry():
                self._retry = output
                if output.fresh_token:
                    self._tokens.spend()
            case Ended():
                self._retry = None
            case NewTokenWanted():
                self._renewing = asyncio.create_task(self._renew())
            case TokenRefused():
                self._tokens.drop_given()
            case _:
                assert_never(output)

    def _settle(self, settled: Settled) -> None:
        self.updates.add(settled)
        answered = self._answers.get(settled.request.id or "")
        if answered is not None and not answered.done():
            answered.set_result(settled.answer)

    async def _renew(self) -> None:
        token = await self._tokens.read_newer()
        if token is None:
            self._session.no_newer_token()
            self._changed()
            return
        self._tokens.use(token)
        self._perform(self._session.new_token(token, read_clocks()))

    def _changed(self) -> None:
        """Tell of the connection where it has changed, and let the ticking look again."""
        self._poked.set()
        stands = self._session.connection
        if stands is self._stood:
            return
        self._stood = connection = stands
        if connection.reason is not None:
            connection = replace(connection, reason=clean(connection.reason))
        if connection == self._connection:
            return
        self._connection = connection
        self.updates.add(ConnectionChanged(connection))
        if connection.phase is not Phase.CONNECTING:
            self._settled_down.set()
        if connection.phase is Phase.WAITING:
            self._waiting.set()
        else:
            self._waiting.clear()

    def _finish(self) -> None:
        self.updates.end()
        self._settled_down.set()
        reason = self._connection.reason or "the link is closed"
        for answered in self._answers.values():
            if not answered.done():
                answered.set_exception(LinkEndedError(reason))
