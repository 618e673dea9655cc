"""A loop that is made whole, or not at all."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Generator
from contextlib import closing, contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


def run(begin: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """As `asyncio.run`, with what this begins, behind a door where one may leave at any moment.

    Raises:
        KeyboardInterrupt: A SIGINT came; nothing was begun where that was while the loop was made.
    """
    with closing(asyncio.Runner()) as runner:
        # Half a loop tells of itself on the terminal once it is thrown away.
        with _interrupted_behind():
            runner.get_loop()
        return runner.run(begin())


@contextmanager
def _interrupted_behind() -> Generator[None]:
    """Do something whole. Raises KeyboardInterrupt once it is done: a SIGINT came meanwhile."""
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
