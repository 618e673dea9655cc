"""Sentences on a terminal: their lines end between words, where it would cut one in two."""

import os

from boardroom_tui.ui.widgets.cell_wrap import wrap


def fitted(words: str, output: int) -> str:
    """The sentence in lines as wide as the terminal, else in one: a pipe gets one each."""
    try:
        width = os.get_terminal_size(output).columns
    except OSError:
        return words
    return "\n".join(wrap(words, width)) if width else words
