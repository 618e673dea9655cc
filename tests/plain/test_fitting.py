"""How wide a sentence may be."""

import os
import sys

import pytest

from boardroom_tui.plain.fitting import fitted

WORDS = "07:00 All have voted. Carried: two-thirds of three."


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are POSIX here")
def test_a_sentence_is_divided_between_words_on_a_terminal_alone() -> None:
    import termios  # noqa: PLC0415 - not everywhere

    ours, terminal = os.openpty()
    try:
        termios.tcsetwinsize(terminal, (24, 40))
        assert fitted(WORDS, terminal) == "07:00 All have voted. Carried:\ntwo-thirds of three."
        termios.tcsetwinsize(terminal, (0, 0))
        assert fitted(WORDS, terminal) == WORDS
    finally:
        os.close(ours)
        os.close(terminal)
    read, write = os.pipe()
    os.close(read)
    assert fitted(WORDS, write) == WORDS
    os.close(write)
