"""Opening what a thread writes: whole, or not at all."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from boardroom_tui.record.problems import JournalError
from boardroom_tui.to_its_end import to_its_end


class _Store(Protocol):
    async def close(self) -> None: ...


_Opened = TypeVar("_Opened", bound=_Store)


async def opened(opening: Coroutine[Any, Any, _Opened]) -> _Opened:
    """What is opened; where the wait is cancelled, it is closed again first."""
    task = asyncio.create_task(opening)
    try:
        return await to_its_end(task)
    except asyncio.CancelledError:
        with suppress(JournalError):
            await to_its_end(asyncio.create_task(task.result().close()))
        raise
