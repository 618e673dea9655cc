"""Going on after the process was stopped from outside."""

import signal
import sys

from textual.driver import Driver


def read_by_one_thread(driver: Driver | None) -> None:
    """Have Textual end the thread that reads the keys before a SIGCONT begins another.

    Of two threads the older may miss that the program ends, and then the process never does. A
    SIGTSTP ends it in time; a SIGSTOP, as of a debugger or a container, cannot.
    """
    if driver is None or driver.is_headless or driver.is_web or sys.platform == "win32":
        return
    go_on = signal.getsignal(signal.SIGCONT)

    def end_first(number: int, _: object) -> None:
        driver.disable_input()
        if callable(go_on):
            go_on(number, None)

    signal.signal(signal.SIGCONT, end_first)
