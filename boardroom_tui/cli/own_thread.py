"""What would hold up the loop, in a thread of its own."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_T = TypeVar("_T")


async def in_own_thread(call: Callable[[], _T], name: str, *, daemon: bool) -> _T:
    """What comes of a call, made in a thread of its own; that goes on if this is cancelled.

    The program does not wait at its end for what is a daemon, which may be killed at any moment.
    """
    outcome = Future[_T]()
    outcome.set_running_or_notify_cancel()  # it is not cancelled with whoever waits for it

    def make() -> None:
        try:
            came = call()
        except BaseException as error:  # noqa: BLE001 - it is raised where this is awaited
            outcome.set_exception(error)
        else:
            outcome.set_result(came)

    threading.Thread(target=make, name=name, daemon=daemon).start()
    return await asyncio.wrap_future(outcome)
