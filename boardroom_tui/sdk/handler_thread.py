"""The thread in which a blocking program's handlers run, one at a time."""

import asyncio
import inspect
import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from boardroom_tui.sdk.handlers import Handler


@dataclass(frozen=True, slots=True)
class _Call:
    """A handler to call."""

    handler: Handler
    data: dict[str, Any]
    done: Future[None] = field(default_factory=Future[None])


class HandlerThread:
    """Calls handlers off the event loop: they may block, and may call the client.

    A daemon: a handler that never returns does not keep the program from ending.
    """

    def __init__(self) -> None:
        self.exit: BaseException | None = None
        """What a handler raised to end the program: `sys.exit()` for one."""
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
            try:
                call.handler(call.data)
            except Exception as error:  # noqa: BLE001 - raised again where it is awaited
                call.done.set_exception(error)
            except BaseException as error:  # noqa: BLE001 - raised again in the program's own thread
                self.exit = error
                call.done.set_result(None)
            else:
                call.done.set_result(None)


def refuse_async(handler: Handler) -> None:
    """Refuse a handler that only an event loop could run."""
    if inspect.iscoroutinefunction(handler):
        raise TypeError("an async handler needs AsyncBoardroomWebSocket")
