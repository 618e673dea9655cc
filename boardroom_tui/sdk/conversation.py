"""One program's conversation with a server: the link, and those who hear what it tells.

Both forms of the client are made of it: the blocking one runs it in a thread of its own.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from boardroom_tui.client.link import Link, LinkEndedError, RequestRefusedError
from boardroom_tui.client.updates import ConnectionChanged, Update
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.protocol.messages.connection import ConnectionReady, Refused
from boardroom_tui.sdk.errors import ConnectionEndedError, RequestError
from boardroom_tui.sdk.handlers import Handlers, Perform
from boardroom_tui.sdk.lifecycle import ERROR, RECONNECTING, Lifecycle, failure, reason_of
from boardroom_tui.sdk.message import Message, plain
from boardroom_tui.sdk.outgoing import message_of
from boardroom_tui.sdk.state import STATE_OF, State
from boardroom_tui.sdk.stream import Streams
from boardroom_tui.session.client_output import Heard, Settled, Unfamiliar
from boardroom_tui.session.connection import Connection, Phase
from boardroom_tui.session.requests import matters_only_now

_LOG = logging.getLogger("boardroom_ws")


class Conversation:
    """A link that is run once, and what a program has to do with it."""

    def __init__(self, link: Link, perform: Perform, *, reconnect: bool) -> None:
        self.handlers = Handlers(perform)
        self.streams = Streams()
        self._link = link
        self._reconnect = reconnect
        self._lifecycle = Lifecycle()
        self._running: asyncio.Task[None] | None = None
        self._closing = False
        self._settled_down = asyncio.Event()
        """There is a connection, or there will be none."""
        self._awaited: dict[int, ClientMessage] = {}
        """The requests whose answer somebody waits for, until it has come by here too;
        by the identity of their data, which the link does not copy."""
        self._last_error: ServerMessage | None = None

    @property
    def state(self) -> State:
        """How the connection stands."""
        phase = self._link.connection.phase
        if self._running is None and phase is not Phase.ENDED:
            return State.IDLE
        return STATE_OF[phase]

    @property
    def user_id(self) -> str | None:
        """Who the server says that the program is; None before it was connected."""
        ready = self._lifecycle.ready
        return None if ready is None else ready["userId"]

    def post(self, kind: str, data: Mapping[str, Any]) -> str:
        """Send a message as soon as there is a connection; its id."""
        message = message_of(kind, data)
        self._refuse_if_ended()
        return self._link.send(message)

    async def ask(self, kind: str, data: Mapping[str, Any], timeout: float) -> Message:  # noqa: ASYNC109 - as Link has it
        """Send a message and wait for its answer."""
        message = message_of(kind, data)
        if matters_only_now(message):
            raise ValueError(f"{kind}: sent once or never, and no answer is kept; use send")
        self._refuse_if_ended()
        self._awaited[id(message.data)] = message
        try:
            return plain(await self._link.send_and_wait(message, timeout))
        except RequestRefusedError as error:
            raise RequestError(error.refused) from None
        except LinkEndedError as error:
            raise ConnectionEndedError(str(error), self._link.connection.code) from None
        except TimeoutError:
            self._awaited.pop(id(message.data), None)
            raise TimeoutError(f"no answer to {kind} within {timeout:g} s") from None
        except asyncio.CancelledError:
            self._awaited.pop(id(message.data), None)
            raise

    async def run(self) -> None:
        """Connect, and return when there is no connection any more.

        Raises:
            ConnectionEndedError: The server could not be reached or wants no more of this
                program. A loss after `reconnect=False` is an end like another.
        """
        running = self._start()
        try:
            await asyncio.wait({running})
        except asyncio.CancelledError:
            await self.close()
            raise
        running.result()
        self._raise_failure()

    async def ready(self) -> None:
        """Begin to connect, and return as soon as there is a connection.

        Raises:
            ConnectionEndedError: There will be none.
        """
        self._start()
        await self._settled_down.wait()
        self._refuse_if_ended()

    async def close(self) -> None:
        """Close the connection with 1000; handlers hear no more of what the server said."""
        self._closing = True
        self.streams.end()
        await self._link.close()

    async def ended(self) -> None:
        """Return when the connection is gone and the last handler has returned."""
        if self._running is not None:
            await asyncio.wait({self._running})

    def _start(self) -> asyncio.Task[None]:
        """Begin to connect, unless that was done before."""
        if self._running is None:
            self._refuse_if_ended()
            self._running = asyncio.create_task(self._live())
        return self._running

    async def _live(self) -> None:
        listening = asyncio.create_task(self._listen())
        try:
            await self._link.run()
        finally:
            await listening

    async def _listen(self) -> None:
        try:
            while (update := await self._link.updates.next_of_all()) is not None:
                await self._hear(update)
            if self._failed:
                await self._tell(failure(self._link.connection))
        finally:
            self._settled_down.set()
            self.streams.end()

    async def _hear(self, update: Update | Unfamiliar) -> None:
        match update:
            case ConnectionChanged(connection):
                await self._follow(connection)
            case Settled(request, answer):
                await self._settle(request, answer)
            case _ if self._closing:
                pass
            case Unfamiliar(kind, data):
                await self._pass_on(Message(kind, dict(data)))
            case Heard(message):
                await self._pass_on(self._noted(message))

    def _noted(self, message: ServerMessage) -> Message:
        said = plain(message)
        if isinstance(message, ConnectionReady):
            self._lifecycle.ready = said.data
        if isinstance(message, Refused):
            self._last_error = message
        return said

    async def _follow(self, connection: Connection) -> None:
        for event in self._lifecycle.follow(connection):
            await self._tell(event)
        if connection.phase is Phase.READY:
            self._settled_down.set()

    async def _settle(self, request: ClientMessage, answer: ServerMessage) -> None:
        """Tell of a refusal by this end itself; one by the server was heard already."""
        awaited = self._awaited.pop(id(request.data), None)
        if not isinstance(answer, Refused):
            return
        if answer != self._last_error:
            await self.handlers.call(ERROR, plain(answer).data)
        if awaited is None and not self.handlers.has(ERROR):
            _LOG.warning("%s: %s", request.type, RequestError(answer))

    async def _pass_on(self, message: Message) -> None:
        await self.handlers.call(message.type, message.data)
        await self.streams.put(message)

    async def _tell(self, event: Message) -> None:
        if event.type == RECONNECTING and not self.handlers.has(RECONNECTING):
            _LOG.warning("%s; next attempt in %.0f s", event.data["reason"], event.data["seconds"])
        await self.handlers.call(event.type, event.data)

    @property
    def _failed(self) -> bool:
        """Whether it has ended otherwise than the program, or the server's 1000, wanted."""
        connection = self._link.connection
        if connection.phase is not Phase.ENDED or connection.code == CloseCode.NORMAL:
            return False
        once_connected = self._lifecycle.ready is not None
        return not self._closing and (self._reconnect or not once_connected)

    def _raise_failure(self) -> None:
        if self._failed:
            connection = self._link.connection
            raise ConnectionEndedError(reason_of(connection), connection.code)

    def _refuse_if_ended(self) -> None:
        connection = self._link.connection
        if connection.phase is Phase.ENDED:
            raise ConnectionEndedError(reason_of(connection), connection.code)
