"""What all tests share."""

import gc
import os
import sys
from collections.abc import Callable, Generator
from typing import Any

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

# What a test connects to is signed by none of the system's authorities; to read them all takes
# longer than all else of a connection.
os.environ["SSL_CERT_FILE"] = os.devnull


def pytest_collection_finish() -> None:
    """What all tests are made of stays: looking through it for garbage took a sixth of the time.

    So did looking as often as Python does of itself while a program is put together and drawn.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
    _parse_style_sheets_once()


def _parse_style_sheets_once() -> None:
    """Each app parses the same style sheets anew: a tenth of what it takes to start one."""
    css = sys.modules.get("textual.css.stylesheet")
    if css is None:
        return
    parse: Callable[..., object] = css.Stylesheet._parse_rules
    parsed: dict[object, object] = {}

    def parse_once(sheet: Any, *source: object, **options: object) -> object:
        key = (source, *options.items(), *sheet._variables.items())
        if key not in parsed:
            parsed[key] = parse(sheet, *source, **options)
        return parsed[key]

    css.Stylesheet._parse_rules = parse_once


@pytest.fixture(autouse=True)
def _forget_what_was_drawn() -> Generator[None]:
    """Textual keeps what a thousand widgets drew after they are gone: hundreds of megabytes."""
    yield
    if drawing := sys.modules.get("textual._styles_cache"):
        drawing.StylesCache.get_inner_outer.cache_clear()
