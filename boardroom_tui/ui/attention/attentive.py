"""An app that knows whether its user is at the terminal, and can call for them through it."""

import os
from collections.abc import Callable
from datetime import datetime, tzinfo

from textual import events

from boardroom_tui.ui.attention.attention import Attention
from boardroom_tui.ui.attention.notify import Notify
from boardroom_tui.ui.terminal.painted_app import PaintedApp


class Attentive(PaintedApp[str | None]):
    """Tells its `attention` of keys and of the terminal's focus, and writes what that asks for."""

    def __init__(
        self, *, clock: Callable[[], datetime], zone: tzinfo | None, notify: Notify
    ) -> None:
        super().__init__()
        self.clock = clock
        self.zone = zone
        self.attention = Attention(
            notify, clock(), self.send_to_terminal, environment=os.environ, zone=zone
        )

    async def on_event(self, event: events.Event) -> None:
        """Whoever presses a key, a button or the wheel is here."""
        if isinstance(event, events.InputEvent) and not isinstance(event, events.MouseMove):
            self.attention.touch(self.clock())
        await super().on_event(event)

    def on_app_focus(self) -> None:
        self.attention.focus(True)

    def on_app_blur(self) -> None:
        self.attention.focus(False)

    def _watch_app_focus(self, focus: bool) -> None:
        """Leave the keys where they are, as Textual does not.

        What is typed there before the terminal says that it has the focus again, as two who share
        one do, is what one was writing, and no command.
        """

    def on_unmount(self) -> None:
        self.attention.restore_title()

    def send_to_terminal(self, sequence: str) -> None:
        """Send something to the terminal beside what is drawn: the one place that does.

        Nothing is sent where no terminal takes it: in a browser, in a test.
        """
        driver = self._driver
        if driver is None or driver.is_headless or driver.is_web:
            return
        driver.write(sequence)
        driver.flush()
