"""While much is imported."""

import gc
import importlib
import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType, ModuleType


@contextmanager
def loading() -> Generator[None]:
    """Look for no garbage, since nothing of it is any: that would take a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def load_at_once(module: str) -> ModuleType:
    """Import a module. Raises KeyboardInterrupt: a SIGINT came, at whatever moment."""
    came = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal came
        came = True
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        with loading():
            return importlib.import_module(module)
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            # What calls back within an import, as a weak reference to a module's lock or what is
            # set in a class, lets no interruption out, or makes another error of it.
            raise KeyboardInterrupt
