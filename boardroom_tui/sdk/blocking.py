"""The client for programs without an event loop."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, overload

from boardroom_tui.sdk.access import Token
from boardroom_tui.sdk.handler_thread import HandlerThread, refuse_async
from boardroom_tui.sdk.handlers import Handler
from boardroom_tui.sdk.loop_thread import LoopThread
from boardroom_tui.sdk.message import Message
from boardroom_tui.sdk.opening import Wishes, conversation
from boardroom_tui.sdk.state import State

_H = TypeVar("_H", bound=Handler)


class BoardroomWebSocket:
    """A client of a Boardroom server (websocket-api.md:649-671).

        client = BoardroomWebSocket(url="wss://127.0.0.1:8765/ws", token=token, meeting="123")

        @client.on("meeting.chat.message")
        def said(data):
            print(data["userName"], data["message"])

        client.connect()

    What is sent before `connect()` waits for the connection, and survives the loss of one until
    it is answered. Handlers run one at a time, in a thread of their own, and may call the
    client; what one raises is logged under `boardroom_ws`.

    As a context manager it is connected inside the block, and disconnected after it.

    Beside the server's types, known or not, `on` takes:

    - `"connect"`: there is a connection; the data of its `connection.ready`
    - `"disconnect"`: it is gone; `code` (None where it just broke), `reason`, `willReconnect`
    - `"reconnecting"`: the next attempt is to come; `attempt`, `seconds`, `reason`
    - `"error"`: an error of the server, or why the connection ended for good
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
        """A client that is not connected yet.

        Args:
            url: The server's address; `ws://` only for this machine.
            token: A token, or a function that yields one: it is called on each connect and
                before a token runs out. Without one: the URL's `token=`, `BOARDROOM_TOKEN`, then
                what `boardroom login` kept.
            reconnect: Whether to connect again, with growing delays, after every loss.
            debug: Whether to log all that is sent and received, without tokens.
            ca: A file with the certificate, or its authority's, to trust. Without one: what
                `boardroom join` was told to trust, else `SSL_CERT_FILE` and the system's store.
            meeting: A meeting to join on each connect.
            role: A role in it lower than one's own.
            client_id: Which client of the user this is; an older connection with the same one
                gives way.

        Raises:
            ValueError: One of them is not what it should be.
        """
        wishes = Wishes(
            reconnect=reconnect,
            debug=debug,
            ca=ca,
            meeting=meeting,
            role=role,
            client_id=client_id,
        )
        self._handling = HandlerThread()
        self._conversation = conversation(url, token, wishes, self._perform)
        self._thread = LoopThread(self._conversation.run, self._handling.end)

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
            refuse_async(function)
            self._conversation.handlers.add(event, function)
            return function

        return register if handler is None else register(handler)

    def off(self, event: str, handler: Handler) -> None:
        """Call this handler no more."""
        self._conversation.handlers.remove(event, handler)

    def send(self, kind: str, data: Mapping[str, Any]) -> str:
        """Send a message as soon as there is a connection; returns its id at once.

        Raises:
            ValueError: It is no message of the protocol; says which field is wrong.
            ConnectionEndedError: Nothing will ever be sent.
        """
        return self._thread.call(lambda: self._conversation.post(kind, data))

    def send_and_wait(self, kind: str, data: Mapping[str, Any], timeout: float = 30) -> Message:
        """Send a message and wait for its answer, `timeout` seconds at most.

        Raises:
            ValueError: It is no message of the protocol, or one that has no answer.
            RequestError: The server refuses it.
            TimeoutError: There is no answer yet; it may still come to a handler.
            ConnectionEndedError: There will be none; whether it had an effect is not known.
        """
        self._refuse_in_a_loop("send_and_wait")
        return self._thread.wait_for(
            lambda: self._conversation.ask(kind, data, timeout), patience=timeout
        )

    def subscribe(self, *channels: str) -> str:
        """Hear what goes to these channels; the request's id."""
        return self.send("subscribe", {"channels": list(channels)})

    def unsubscribe(self, *channels: str) -> str:
        """Hear no more of these channels; the request's id."""
        return self.send("unsubscribe", {"channels": list(channels)})

    def connect(self) -> None:
        """Connect, and return when the connection has ended; Ctrl-C disconnects.

        Raises:
            ConnectionEndedError: The server refuses the token, or this client; or there was no
                connection at all and `reconnect` is off.
        """
        self._refuse_in_a_loop("connect")
        self._refuse_in_a_handler("connect")
        self._thread.start()
        try:
            self._thread.join()
        except KeyboardInterrupt:
            self.disconnect()
        self._leave_if_told()

    def disconnect(self) -> None:
        """Close the connection for good; no handler hears of further messages.

        Called elsewhere than in a handler it returns when all is over.
        """
        self._thread.submit(self._conversation.close)
        if not self._handling.is_current and not _in_a_loop():
            self._thread.join_quietly()

    def __enter__(self) -> Self:
        """Connect, and go on in the background until the block is left."""
        self._refuse_in_a_loop("with")
        self._refuse_in_a_handler("with")
        self._thread.start()
        try:
            self._thread.wait_for(self._conversation.ready, patience=0)
        except BaseException:
            self.disconnect()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Disconnect, and wait for the handler that runs."""
        self.disconnect()
        if error is None:
            self._leave_if_told()

    async def _perform(self, handler: Handler, data: dict[str, Any]) -> None:
        await self._handling.perform(handler, data)
        if self._handling.exit is not None:
            await self._conversation.close()

    def _leave_if_told(self) -> None:
        """End the program where a handler has: `sys.exit()` there means what it says."""
        if self._handling.exit is not None:
            raise self._handling.exit

    def _refuse_in_a_loop(self, what: str) -> None:
        if _in_a_loop():
            raise RuntimeError(
                f"{what} would block the event loop that runs here; use AsyncBoardroomWebSocket"
            )

    def _refuse_in_a_handler(self, what: str) -> None:
        if self._handling.is_current:
            raise RuntimeError(f"{what} in a handler would wait for the handler itself")


def _in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
