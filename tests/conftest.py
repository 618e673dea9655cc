"""What all tests share."""

import gc
import sys
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

# No test asserts a time, and a slow machine is no failure; all else is as Hypothesis sets it,
# which on CI plays the same examples every time.
settings.register_profile(
    "untimed",
    parent=settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """What all tests are made of stays: looking through it for garbage took a sixth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _forget_what_was_drawn() -> Generator[None]:
    """Textual keeps what a thousand widgets drew after they are gone: hundreds of megabytes."""
    yield
    if drawing := sys.modules.get("textual._styles_cache"):
        drawing.StylesCache.get_inner_outer.cache_clear()
