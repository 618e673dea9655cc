"""While much is imported."""

import asyncio
import gc
import importlib
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import ModuleType

_SWITCH_SECONDS = 0.0005
"""After so long a thread that imports lets go of the interpreter, for a key to be shown."""


@contextmanager
def loading() -> Generator[None]:
    """Look for no garbage, since nothing of it is any: that would take a fifth of the time."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        sys.setswitchinterval(interval)


async def load(module: str) -> ModuleType:
    """Import a module while the loop goes on."""
    with loading():
        return await asyncio.to_thread(importlib.import_module, module)
