"""What is done when the terminal goes away: a signal need not come, and may find nobody awake."""

import select
import sys
import threading
from collections.abc import Callable


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
