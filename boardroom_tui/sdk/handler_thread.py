"""The thread in which a blocking program's handlers run, one at a time."""

import asyncio
import inspect
import queue
import threading
from concurrent.futures import Future
from typing import Any

from boardroom_tui.sdk.handlers import Handler


class HandlerThread:
    """Calls handlers off the event loop: they may block, and may call the client.

    A daemon: a handler that never returns does not keep the program from ending.
    """

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    @property
    def is_current(self) -> bool:
        """Whether a handler asks."""
        return threading.current_thread() is self._thread

    async def perform(self, handler: Handler, data: dict[str, Any]) -> None:
        """Call a handler and wait until it has returned."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, name="boardroom-handlers", daemon=True
            )
            self._thread.start()
        call = _Call(handler, data)
        self._calls.put(call)
        await asyncio.wrap_future(call.done)

    def end(self) -> None:
        """Let the thread end after what it does."""
        self._calls.put(None)

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            call.make()


class _Call:
    """A handler to call."""

    def __init__(self, handler: Handler, data: dict[str, Any]) -> None:
        self.done: Future[None] = Future()
        self._handler = handler
        self._data = data

    def make(self) -> None:
        try:
            self._handler(self._data)
        except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
            self.done.set_exception(error)
        else:
            self.done.set_result(None)


def refuse_async(handler: Handler) -> None:
    """Refuse a handler that only an event loop could run."""
    if inspect.iscoroutinefunction(handler):
        raise TypeError("an async handler needs AsyncBoardroomWebSocket")
