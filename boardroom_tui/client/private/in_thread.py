"""Work on a user's keys, beside the loop."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from boardroom_tui.to_its_end import to_its_end

_T = TypeVar("_T")


async def in_thread(work: Callable[[], _T]) -> _T:
    """Do it in a thread, to its end: what it writes is locked until then."""
    return await to_its_end(asyncio.get_running_loop().run_in_executor(None, work))
