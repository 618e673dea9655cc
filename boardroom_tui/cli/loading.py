"""While much is imported."""

import gc
import sys
from collections.abc import Generator
from contextlib import contextmanager

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
