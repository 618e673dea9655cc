"""Importing in a thread while the loop goes on."""

import asyncio
import importlib
import sys
import threading
from types import ModuleType

from boardroom_tui.cli.loading import loading
from boardroom_tui.cli.own_thread import in_own_thread


class _UnwantedError(BaseException):
    """Nobody waits for what is imported any more."""


class _Importing:
    """Imports a module, and no further than to where the next one begins once nobody wants it.

    Anywhere else what ends it may leave a lock behind, for which every later import would wait.
    """

    def __init__(self, module: str) -> None:
        self.is_wanted = True
        self._module = module
        self._thread: threading.Thread | None = None

    def __call__(self) -> ModuleType:
        """Import it, in this thread. Raises whatever it raises."""
        self._thread = threading.current_thread()
        sys.meta_path.insert(0, self)
        try:
            return importlib.import_module(self._module)
        finally:
            sys.meta_path.remove(self)

    def find_spec(self, *_: object) -> None:
        """Find nothing, as one of `sys.meta_path`."""
        if not self.is_wanted and threading.current_thread() is self._thread:
            raise _UnwantedError


async def load(module: str) -> ModuleType:
    """Import a module, and no further once this is cancelled."""
    importing = _Importing(module)
    with loading():
        try:
            return await in_own_thread(importing, "loading", daemon=False)
        except asyncio.CancelledError:
            importing.is_wanted = False
            raise
