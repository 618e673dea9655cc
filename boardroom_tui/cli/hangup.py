"""What is done when the terminal goes away: a signal need not come, and may find nobody awake."""

import os
import select
import signal
import sys
import threading
from collections.abc import Callable

HANGUP_SECONDS = 5.0
"""How long an orderly end may take once the terminal has gone."""


def end_in_time() -> None:
    """End the process even if its orderly end comes to none."""
    end = threading.Timer(HANGUP_SECONDS, os._exit, [128 + signal.SIGHUP])
    end.daemon = True
    end.start()


def on_hangup(terminal: int, call: Callable[[], None]) -> None:
    """Call something, in a thread of its own, once this descriptor's terminal has gone.

    Where the system cannot tell, as on Windows, it is never called.
    """
    if sys.platform == "win32":
        return
    watch = threading.Thread(target=_wait, args=(terminal, call), name="hangup", daemon=True)
    watch.start()


def _wait(terminal: int, call: Callable[[], None]) -> None:
    poll = select.poll()
    # Nothing is asked for: a hangup is told all the same (poll(2)).
    poll.register(terminal, 0)
    if any(event & select.POLLHUP for _, event in poll.poll()):
        call()
