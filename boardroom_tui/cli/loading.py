"""While much is imported."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def loading() -> Generator[None]:
    """Look for no garbage, since nothing of it is any: that would take a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
