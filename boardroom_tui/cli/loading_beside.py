"""Importing in a thread while the loop goes on."""

import asyncio
import importlib
import sys
import threading
from concurrent.futures import Future
from types import ModuleType

from boardroom_tui.cli.loading import loading


class _UnwantedError(BaseException):
    """Nobody waits for what is imported any more."""


class _Stop:
    """Ends the imports of one thread where the next module begins.

    Anywhere else what ends it may leave a lock behind, for which every later import would wait.
    """

    def __init__(self, thread: threading.Thread) -> None:
        self.is_wanted = False
        self._thread = thread

    def find_spec(self, *_: object) -> None:
        """Find nothing, as one of `sys.meta_path`."""
        if self.is_wanted and threading.current_thread() is self._thread:
            raise _UnwantedError


async def load(module: str) -> ModuleType:
    """Import a module, and no further once this is cancelled."""
    loaded = Future[ModuleType]()

    loaded.set_running_or_notify_cancel()  # it is not cancelled with whoever waits for it

    def run() -> None:
        try:
            loaded.set_result(importlib.import_module(module))
        except BaseException as error:  # noqa: BLE001 - it is raised where the module is wanted
            loaded.set_exception(error)
        finally:
            sys.meta_path.remove(stop)

    thread = threading.Thread(target=run, name="loading")
    stop = _Stop(thread)
    sys.meta_path.insert(0, stop)
    with loading():
        thread.start()
        try:
            return await asyncio.wrap_future(loaded)
        except asyncio.CancelledError:
            stop.is_wanted = True
            raise
