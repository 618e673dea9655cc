"""A loop that is made whole, or not at all."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import closing
from typing import Any, TypeVar

from boardroom_tui.cli.loading import interrupted_behind

T = TypeVar("T")


def run(begin: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """As `asyncio.run`, with what this begins, behind a door where one may leave at any moment.

    Raises:
        KeyboardInterrupt: A SIGINT came; nothing was begun where that was while the loop was made.
    """
    with closing(asyncio.Runner()) as runner:
        # Half a loop tells of itself on the terminal once it is thrown away.
        with interrupted_behind():
            runner.get_loop()
        return runner.run(begin())
