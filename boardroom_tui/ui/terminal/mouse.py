"""Whether the terminal tells the program of its mouse, or keeps it for selecting text itself."""

from collections.abc import Callable
from typing import Any

from textual.app import App


def release_mouse(app: App[Any]) -> None:
    """Let the terminal select text with its mouse."""
    _tell(app, "_disable_mouse_support")


def take_mouse(app: App[Any]) -> None:
    """Hear of clicks and of the wheel again."""
    _tell(app, "_enable_mouse_support")


def _tell(app: App[Any], what: str) -> None:
    # Textual has no public way; a driver without a terminal, as a browser's, has none at all.
    driver = app._driver  # pyright: ignore[reportPrivateUsage]
    tell: Callable[[], None] | None = getattr(driver, what, None)
    if tell is not None:
        tell()
