"""An event loop in a thread of its own, for a program that has none."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, wait
from typing import Any, TypeVar

_T = TypeVar("_T")

GLANCE_SECONDS = 0.5
"""On Windows Ctrl-C does not interrupt a wait, so none is longer."""


class LoopThread:
    """Runs one coroutine to its end, and what others ask of it meanwhile."""

    def __init__(
        self, main: Callable[[], Coroutine[Any, Any, None]], at_end: Callable[[], None]
    ) -> None:
        self._main = main
        self._at_end = at_end
        self._lock = threading.Lock()
        self._is_started = False
        self._is_over = False
        self._loop: Future[asyncio.AbstractEventLoop] = Future()
        self._outcome: Future[None] = Future()
        self._asked: set[Future[Any]] = set()

    def start(self) -> None:
        """Begin, unless that was done before."""
        with self._lock:
            if not self._is_started:
                self._is_started = True
                # A daemon: a program that just ends is not kept from it.
                threading.Thread(target=self._run, name="boardroom", daemon=True).start()
        self._loop.result()

    def join(self) -> None:
        """Wait for the coroutine's end, and raise what it raised."""
        _result(self._outcome)

    def join_quietly(self) -> None:
        """Wait for the coroutine's end, where it was begun."""
        if self._loop.done():
            _wait_until_done(self._outcome)

    def call(self, function: Callable[[], _T]) -> _T:
        """Call a function where the loop is not disturbed, before, in or after it."""
        with self._lock:
            if not self._is_started or self._is_over:
                return function()
        return self._ask(_called(function))

    def wait_for(self, make: Callable[[], Coroutine[Any, Any, _T]], patience: float) -> _T:
        """Run a coroutine in the loop; one that is not begun in time is a TimeoutError."""
        try:
            self._loop.result(patience)
        except TimeoutError:
            raise TimeoutError("not connected: nobody has called connect()") from None
        return self._ask(make)

    def submit(self, make: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run a coroutine in the loop, if there is one now."""
        if self._loop.done() and not self._is_over:
            self._ask(make)

    def _ask(self, make: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
        loop = self._loop.result()
        with self._lock:
            if not self._is_over:
                asked = asyncio.run_coroutine_threadsafe(make(), loop)
                self._asked.add(asked)
                asked.add_done_callback(self._asked.discard)
            else:
                asked = None
        # When all is over it awaits nothing: it only says so.
        return asyncio.run(make()) if asked is None else _result(asked)

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        except BaseException as error:  # noqa: BLE001 - raised again by `join`
            self._outcome.set_exception(error)
        else:
            self._outcome.set_result(None)
        finally:
            self._at_end()

    async def _live(self) -> None:
        self._loop.set_result(asyncio.get_running_loop())
        try:
            await self._main()
        finally:
            with self._lock:
                self._is_over = True
                left = tuple(self._asked)
            await asyncio.gather(*map(asyncio.wrap_future, left), return_exceptions=True)


def _called(function: Callable[[], _T]) -> Callable[[], Coroutine[Any, Any, _T]]:
    async def call() -> _T:
        return function()

    return call


def _result(future: Future[_T]) -> _T:
    _wait_until_done(future)
    return future.result()


def _wait_until_done(future: Future[Any]) -> None:
    while not future.done():
        wait([future], timeout=GLANCE_SECONDS)
