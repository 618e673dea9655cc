"""One terminal for two apps that follow each other: it is opened once, and closed once.

What one shows stays until the other draws, and what is typed in between is lost nowhere.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from textual.app import App
from textual.driver import Driver


def guest_of(host: Driver) -> type[Driver]:
    """The driver of an app that draws where another one has opened the terminal."""

    class Guest(Driver):
        """Passes on what is drawn; it is the host that listens, and that closes in the end."""

        def __init__(
            self,
            app: App[Any],
            *,
            debug: bool = False,
            mouse: bool = True,
            size: tuple[int, int] | None = None,
        ) -> None:
            super().__init__(app, debug=debug, mouse=mouse, size=size or host._size)

        @property
        def is_headless(self) -> bool:
            return host.is_headless

        @property
        def is_web(self) -> bool:
            return host.is_web

        @property
        def can_suspend(self) -> bool:
            return host.can_suspend

        def write(self, data: str) -> None:
            host.write(data)

        def flush(self) -> None:
            host.flush()

        def start_application_mode(self) -> None:
            """It is on already."""

        def disable_input(self) -> None:
            """The host goes on listening."""

        def stop_application_mode(self) -> None:
            """It goes on for the host."""

        def suspend_application_mode(self) -> None:
            host.suspend_application_mode()

        def resume_application_mode(self) -> None:
            host.resume_application_mode()

        @contextmanager
        def no_automatic_restart(self) -> Generator[None]:
            with host.no_automatic_restart():
                yield

    return Guest
