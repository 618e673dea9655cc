"""Importing in a thread while the loop goes on."""

import asyncio
import importlib
import sys
import threading
from concurrent.futures import Future
from types import ModuleType
from typing import TYPE_CHECKING

from boardroom_tui.cli.loading import loading

if TYPE_CHECKING:
    from sys import UnraisableHookArgs


class _Unwanted(BaseException):
    """Ends the thread."""


async def load(module: str) -> ModuleType:
    """Import a module; no further once this is cancelled: nobody waits for what is not wanted."""
    loaded = Future[ModuleType]()

    loaded.set_running_or_notify_cancel()  # it is not cancelled with whoever waits for it

    def run() -> None:
        try:
            loaded.set_result(importlib.import_module(module))
        except BaseException as error:  # noqa: BLE001 - it is raised where the module is wanted
            loaded.set_exception(error)

    thread = threading.Thread(target=run, name="loading")
    with loading():
        thread.start()
        try:
            return await asyncio.wrap_future(loaded)
        except asyncio.CancelledError:
            _end(thread)
            raise


def _end(thread: threading.Thread) -> None:
    from ctypes import c_ulong, py_object, pythonapi  # noqa: PLC0415 - for those who leave early

    told = sys.unraisablehook

    def tell(mistake: "UnraisableHookArgs") -> None:
        # What calls back within an import lets nothing out, and would tell of it on the terminal.
        if mistake.exc_type is not _Unwanted:
            told(mistake)

    sys.unraisablehook = tell
    if thread.ident is not None:
        pythonapi.PyThreadState_SetAsyncExc(c_ulong(thread.ident), py_object(_Unwanted))
