"""A question on the terminal, while no screen is open."""

import sys

from boardroom_tui.protocol.text import clean


def answer_to(question: str) -> str:
    """What is typed from now on; keys that were meant for the screen are no answer."""
    if sys.platform != "win32":
        import termios  # noqa: PLC0415 - there is none on Windows

        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
    print(clean(question, lines=True), end="", flush=True)
    return sys.stdin.readline().strip()
