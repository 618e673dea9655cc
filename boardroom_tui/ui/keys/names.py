"""Which keys a command can have, and why not the others. Pure."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from boardroom_tui.ui.command import LEADER

EXPECTED = 'a key like "f6", "ctrl+x", "alt+x", "x" or "space x"'

_FUNCTION = re.compile(r"(ctrl\+|alt\+)?(shift\+)?f([1-9]|1[0-9]|2[0-4])")
_WITH_MODIFIER = re.compile(r"(ctrl|alt)\+[a-z0-9]")

_WRITING = "is needed for writing"
_TERMINAL = "is the terminal’s own"

_TAKEN: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((f"ctrl+{letter}" for letter in "adefhkuvwxyz"), _WRITING),
        **dict.fromkeys(("enter", "tab", "backspace", "delete", "insert"), _WRITING),
        **dict.fromkeys(("up", "down", "left", "right", "home", "end"), _WRITING),
        **dict.fromkeys(("pageup", "pagedown"), "scrolls the conversation"),
        **dict.fromkeys(("ctrl+i", "ctrl+j", "ctrl+m"), _WRITING),
        **dict.fromkeys((f"alt+{digit}" for digit in range(1, 10)), "goes to a conversation"),
        **dict.fromkeys(("ctrl+s", "ctrl+\\"), _TERMINAL),
        "ctrl+b": "is tmux’s own",
        "ctrl+c": "copies",
        "escape": "leaves what one is in",
        "/": "begins a command",
        LEADER: "begins the commands of two keys",
    }
)
"""Keys that no command can have: what shells, tmux, terminals and the writing line do with them."""


def read_key(written: str) -> str:
    """A key as Textual names it, from how somebody writes it.

    Raises ValueError, whose words say what was expected.
    """
    first, _, second = written.strip().partition(" ")
    if second:
        return f"{LEADER} {_second(first, second.strip(), written)}"
    key = written if len(written) == 1 else written.strip().lower()
    key = "escape" if key == "esc" else key
    if key in _TAKEN:
        raise ValueError(f'"{written}" {_TAKEN[key]}; expected another key')
    is_one = len(key) == 1 and key.isprintable() and not key.isspace()
    if not (is_one or _FUNCTION.fullmatch(key) or _WITH_MODIFIER.fullmatch(key)):
        raise ValueError(f'"{written}" is no key here; expected {EXPECTED}')
    return key


def _second(first: str, second: str, written: str) -> str:
    if first.lower() != LEADER or len(second) != 1 or not second.isprintable():
        raise ValueError(f'"{written}" is no key here; expected {EXPECTED}')
    return second
