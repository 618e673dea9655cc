"""Copying by the terminal, which works over ssh too: OSC 52.

Source: XTerm Control Sequences (OSC 52); tmux's manual, set-clipboard and allow-passthrough.
"""

import base64
from collections.abc import Mapping

from boardroom_tui.ui.attention.sequences import through_tmux

MOST_BYTES = 56_000
"""Most terminals take 75,000 characters, which a longer text exceeds once it is encoded."""


def why_too_long(text: str) -> str | None:
    """Why a text cannot be copied, in words to show; None where it can."""
    size = len(text.encode())
    if size <= MOST_BYTES:
        return None
    return f"Too long to copy: {size // 1000} kB, and terminals take {MOST_BYTES // 1000} kB."


def sequence(text: str, environment: Mapping[str, str]) -> str:
    """What makes the terminal copy a text; in tmux both for tmux itself and through it."""
    encoded = base64.b64encode(text.encode()).decode()
    asked = f"\x1b]52;c;{encoded}\a"
    return asked + through_tmux(asked) if "TMUX" in environment else asked
