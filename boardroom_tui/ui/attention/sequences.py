"""What a terminal is sent to call for its user, as text; nobody's words act in it.

Sources: XTerm Control Sequences (OSC 0, XTWINOPS 22 and 23); OSC 9 as in iTerm2, OSC 777 as in
rxvt-unicode; tmux's manual, allow-passthrough.
"""

from collections.abc import Mapping
from enum import Enum

from boardroom_tui.ui.widgets.cell_wrap import cut, one_line

BELL = "\a"
KEEP_TITLE = "\x1b[22;0t"
"""Puts the title that the terminal has by on its stack."""

_ST = "\x1b\\"
_MOST_TITLE, _MOST_WORDS = 60, 120
"""So many cells of others' words leave the program."""


class Protocol(Enum):
    """How a terminal is asked to show a notification on the desktop."""

    OSC_9 = "osc 9"
    OSC_777 = "osc 777"


_UNABLE = ("linux", "dumb", "vt1", "vt2")
"""Terminals, by how TERM begins, that show what they do not know."""

_KNOWN = (
    ("TERM", "xterm-kitty", Protocol.OSC_9),
    ("TERM", "xterm-ghostty", Protocol.OSC_9),
    ("TERM", "wezterm", Protocol.OSC_9),
    ("TERM", "foot", Protocol.OSC_777),
    ("TERM", "rxvt", Protocol.OSC_777),
    ("VTE_VERSION", "", Protocol.OSC_777),
    ("WT_SESSION", "", Protocol.OSC_9),
    ("TERM_PROGRAM", "iTerm", Protocol.OSC_9),
    ("TERM_PROGRAM", "WezTerm", Protocol.OSC_9),
    ("TERM_PROGRAM", "ghostty", Protocol.OSC_9),
)
"""What the environment says of a terminal, and the one protocol that it is asked by."""


def is_able(environment: Mapping[str, str]) -> bool:
    """Whether the terminal takes operating system commands, or leaves them out silently."""
    term = environment.get("TERM", "")
    return bool(term) and not term.startswith(_UNABLE)


def protocols(environment: Mapping[str, str]) -> tuple[Protocol, ...]:
    """How to ask this terminal; in both ways where it is not known which it is.

    A terminal that understands both would show two, so one that is known is asked in one.
    """
    if not is_able(environment):
        return ()
    if "TMUX" not in environment:
        for variable, beginning, protocol in _KNOWN:
            value = environment.get(variable)
            if value is not None and value.startswith(beginning):
                return (protocol,)
    return tuple(Protocol)


def desktop(title: str, words: str, environment: Mapping[str, str]) -> str:
    """A notification on the desktop, through tmux where that is in between."""
    title, words = _harmless(title, _MOST_TITLE), _harmless(words, _MOST_WORDS)
    forms = {
        Protocol.OSC_9: f"\x1b]9;{title}: {words}{_ST}",
        Protocol.OSC_777: f"\x1b]777;notify;{title};{words}{_ST}",
    }
    asked = "".join(forms[one] for one in protocols(environment))
    return through_tmux(asked) if asked and "TMUX" in environment else asked


def titled(title: str, unread: int) -> str:
    """The terminal's title: the meeting's, behind the number of what is not read yet."""
    badge = f"({unread}) " if unread else ""
    return f"\x1b]0;{badge}{_harmless(title, _MOST_TITLE)}{_ST}"


def former_title() -> str:
    """The title as it was before; an empty one where the terminal keeps none."""
    return f"\x1b]0;{_ST}\x1b[23;0t"


def _harmless(words: str, most: int) -> str:
    """One printable line without a semicolon, which would begin another part of a command."""
    line = cut(one_line(words), most).replace(";", ",")
    return "".join(character for character in line if character.isprintable())


def through_tmux(sequence: str) -> str:
    """The same for the terminal that tmux runs in."""
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}{_ST}"
