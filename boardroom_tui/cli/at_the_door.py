"""A screen with a door: one can write while what it needs is loaded and found (`ui/door`)."""

import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.hangup import end_in_time
from boardroom_tui.cli.loading import load_at_once
from boardroom_tui.cli.own_look import own_look
from boardroom_tui.protocol.text import clean

if TYPE_CHECKING:
    from boardroom_tui.ui.door.door import Door


def has_door() -> bool:
    """Whether a door can be drawn here."""
    drawn = sys.stdin.isatty() and sys.stderr.isatty()
    # Where Textual is told how to draw, a door would draw in another way.
    return drawn and "TEXTUAL_DRIVER" not in os.environ and sys.platform != "win32"


def behind_a_door(title: str, server: str, deed: "Callable[[Door], bool]") -> bool:
    """Do something that has the door give way to a screen, or not come to that.

    What comes of it; True where a signal ended it.

    Raises:
        CommandError: It failed, with what one had written at the door.
        KeyboardInterrupt: The user left.
    """
    loaded = load_at_once("boardroom_tui.ui.door.door")  # not on Windows
    door: Door = loaded.Door(clean(title), clean(server), own_look())
    ending = _Ending()
    try:
        with door:
            return deed(door)
    except CommandError as error:
        raise CommandError(with_written(str(error), door.written), error.code) from None
    except KeyboardInterrupt:
        if door.failure is not None:
            raise door.failure from None
        if not ending.ended:
            raise
        return True
    finally:
        ending.forget()


def with_written(reason: str, text: str) -> str:
    """Why somebody was not let in, and what they had written for the meeting."""
    return f"{reason}\nYou had written: {text}" if text else reason


class _Ending:
    """Has a signal that ends the program interrupt it, so that the terminal is given back."""

    def __init__(self) -> None:
        self.ended = False
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGHUP, self._hang_up)

    def _end(self, *_: object) -> None:
        if not self.ended:
            self.ended = True
            signal.raise_signal(signal.SIGINT)

    def _hang_up(self, *_: object) -> None:
        end_in_time()
        self._end()

    def forget(self) -> None:
        """Have signals end it at once again, unless a screen has its own way by now."""
        for number, own in ((signal.SIGTERM, self._end), (signal.SIGHUP, self._hang_up)):
            if signal.getsignal(number) == own:
                signal.signal(number, signal.SIG_DFL)
