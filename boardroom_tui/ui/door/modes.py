"""The terminal as it is while a screen is on it; what Textual then asks for is the same."""

import termios

from boardroom_tui.ui.door.wrapping import cells

OPENING = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
"""Another screen, no cursor, word of who looks elsewhere, pastes marked, lines not wrapped."""
CLOSING = "\x1b[?2004l\x1b[?7h\x1b[?1004l\x1b[?1049l\x1b[?25h"

_INPUT, _LOCAL, _CHARACTERS = 0, 3, 6


def echo_erased(typed: bytes, width: int) -> str:
    """Has what was typed before that, and the terminal has echoed, off the lines it stands on."""
    if not typed:
        return ""
    text = typed.decode(errors="replace").replace("\r", "\n")
    above = sum(max(0, cells(line) - 1) // width for line in text.split("\n")) + text.count("\n")
    up = f"\x1b[{above}A" if above else ""
    return f"\r{up}\x1b[J"


def set_raw(terminal: int) -> None:
    """Have every key come at once, as it is.

    Raises:
        termios.error: It is no terminal any more.
    """
    raw = termios.tcgetattr(terminal)
    raw[_LOCAL] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    raw[_INPUT] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    raw[_CHARACTERS][termios.VMIN] = 1
    raw[_CHARACTERS][termios.VTIME] = 0
    termios.tcsetattr(terminal, termios.TCSANOW, raw)
