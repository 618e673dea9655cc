"""Opening what a thread writes: whole, or not at all."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from boardroom_tui.record.problems import JournalError


class _Store(Protocol):
    async def close(self) -> None: ...


_Opened = TypeVar("_Opened", bound=_Store)


async def opened(opening: Coroutine[Any, Any, _Opened]) -> _Opened:
    """What is opened; where the wait is cancelled, it is closed again first.

    A thread that has begun goes on: it would write into a folder that may be gone by then.
    """
    task = asyncio.create_task(opening)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        with suppress(JournalError):
            await (await task).close()
        raise
