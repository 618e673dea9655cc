"""The loop that a command runs in: it is made and ended whole, and no name server holds it up."""

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import Callable, Coroutine, Generator
from contextlib import closing, contextmanager
from typing import Any, TypeVar

from boardroom_tui.cli.own_thread import in_own_thread

_T = TypeVar("_T")

if sys.platform == "win32":
    _UsualLoop = asyncio.ProactorEventLoop
else:
    _UsualLoop = asyncio.SelectorEventLoop


class _Loop(_UsualLoop):
    def close(self) -> None:
        """As usual, and whole."""
        with _interrupted_behind():
            if _hears_signals():
                signal.set_wakeup_fd(-1)  # what it writes to is closed before that is taken away
            super().close()

    async def getaddrinfo(self, *asked: Any, **more: Any) -> Any:
        """As usual, but who leaves does not wait for a name server that does not answer."""
        return await in_own_thread(
            lambda: socket.getaddrinfo(*asked, **more), "getaddrinfo", daemon=True
        )


def in_loop(begin: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """As `asyncio.run`, with what this begins; one may leave at any moment.

    Raises:
        KeyboardInterrupt: A SIGINT came; nothing was begun where that was while the loop was made.
    """
    with closing(asyncio.Runner(loop_factory=_Loop)) as runner:
        # Half a loop tells of itself on the terminal once it is thrown away.
        with _interrupted_behind():
            _have_signals_wake(runner.get_loop())
        return runner.run(begin())


def _hears_signals() -> bool:
    """Whether this is the thread that does."""
    return threading.current_thread() is threading.main_thread()


def _have_signals_wake(loop: asyncio.AbstractEventLoop) -> None:
    """Have a signal heard that comes right before the loop waits, and not only behind that."""
    if sys.platform != "win32" and _hears_signals():
        # As soon as a loop handles one signal, all wake it; nobody sends this one.
        loop.add_signal_handler(signal.SIGURG, lambda: None)


@contextmanager
def _interrupted_behind() -> Generator[None]:
    """Do something whole. Raises KeyboardInterrupt once it is done: a SIGINT came meanwhile."""
    if not _hears_signals():
        yield
        return
    came = False

    def note(*_: object) -> None:
        nonlocal came
        came = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt
