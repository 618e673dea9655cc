"""The client for programs that use asyncio."""

import inspect
from collections.abc import AsyncGenerator, Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, overload

from boardroom_tui.sdk.access import Token
from boardroom_tui.sdk.handlers import Handler
from boardroom_tui.sdk.message import Message
from boardroom_tui.sdk.opening import Wishes, conversation
from boardroom_tui.sdk.state import State

_H = TypeVar("_H", bound=Handler)


async def _perform(handler: Handler, data: dict[str, Any]) -> None:
    outcome = handler(data)
    if inspect.isawaitable(outcome):
        await outcome


class AsyncBoardroomWebSocket:
    """`BoardroomWebSocket` for asyncio: the same, awaited.

        async with AsyncBoardroomWebSocket(url, token, meeting="123") as client:
            async for message in client:
                print(message.type, message.data)

    Handlers may be plain or `async` functions; the next one is called when the one before has
    returned. `async for` gives the messages that come while it runs, after their handlers, and
    ends with the connection; the first loop begins with what came before it, a thousand at most.
    """

    def __init__(
        self,
        url: str,
        token: Token | None = None,
        reconnect: bool = True,
        debug: bool = False,
        *,
        ca: str | Path | None = None,
        meeting: str | None = None,
        role: str | None = None,
        client_id: str | None = None,
    ) -> None:
        """As `BoardroomWebSocket`'s."""
        wishes = Wishes(
            reconnect=reconnect,
            debug=debug,
            ca=ca,
            meeting=meeting,
            role=role,
            client_id=client_id,
        )
        self._conversation = conversation(url, token, wishes, _perform)

    @property
    def state(self) -> State:
        """How the connection stands."""
        return self._conversation.state

    @property
    def user_id(self) -> str | None:
        """Who the server says that the token's bearer is; None before it was connected."""
        return self._conversation.user_id

    @overload
    def on(self, event: str) -> Callable[[_H], _H]: ...
    @overload
    def on(self, event: str, handler: Handler) -> Handler: ...
    def on(self, event: str, handler: Handler | None = None) -> Any:
        """Call `handler(data)` for each message of this type, or for each of these events."""

        def register(function: Handler) -> Handler:
            self._conversation.handlers.add(event, function)
            return function

        return register if handler is None else register(handler)

    def off(self, event: str, handler: Handler) -> None:
        """Call this handler no more."""
        self._conversation.handlers.remove(event, handler)

    async def send(self, kind: str, data: Mapping[str, Any]) -> str:
        """Send a message as soon as there is a connection; returns its id at once."""
        return self._conversation.post(kind, data)

    async def send_and_wait(
        self,
        kind: str,
        data: Mapping[str, Any],
        timeout: float = 30,  # noqa: ASYNC109 - as the blocking form has it
    ) -> Message:
        """Send a message and wait for its answer, as `BoardroomWebSocket.send_and_wait`."""
        return await self._conversation.ask(kind, data, timeout)

    async def subscribe(self, *channels: str) -> str:
        """Hear what goes to these channels; the request's id."""
        return await self.send("subscribe", {"channels": list(channels)})

    async def unsubscribe(self, *channels: str) -> str:
        """Hear no more of these channels; the request's id."""
        return await self.send("unsubscribe", {"channels": list(channels)})

    async def connect(self) -> None:
        """Connect, and return when the connection has ended; cancelling it disconnects.

        Raises:
            ConnectionEndedError: As from `BoardroomWebSocket.connect`.
        """
        await self._conversation.run()

    async def disconnect(self) -> None:
        """Close the connection for good; no handler hears of further messages."""
        await self._conversation.close()

    async def __aenter__(self) -> Self:
        """Connect, and go on in the background until the block is left."""
        try:
            await self._conversation.ready()
        except BaseException:
            await self._leave()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Disconnect, and wait for the handler that runs."""
        await self._leave()

    def __aiter__(self) -> AsyncGenerator[Message]:
        """The messages from now on, until the connection has ended."""
        return self._conversation.streams.messages()

    async def _leave(self) -> None:
        await self._conversation.close()
        await self._conversation.ended()
