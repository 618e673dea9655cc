"""A paste stays one paste, whatever it holds and in whatever pieces it comes."""

import pytest
from textual import events

from boardroom_tui.ui.terminal.pasting import PasteParser

PASTE = "\x1b[200~one\r\x1b[31mred\x1b[0m\r\x1b\x1b]0;y\r\x1b[20four\x1b[201~"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, len(PASTE) + 2])
def test_what_is_pasted_is_one_text_and_no_key(size: int) -> None:
    parser, sent = PasteParser(), f"a{PASTE}b"
    pieces = [sent[start : start + size] for start in range(0, len(sent), size)]
    told = [event for piece in pieces for event in parser.feed(piece)]
    typed = [event.key for event in told if isinstance(event, events.Key)]
    pasted = [event.text for event in told if isinstance(event, events.Paste)]
    assert typed == ["a", "b"]
    assert pasted == ["one\r[31mred[0m\r]0;y\r[20four"]


def test_keys_between_pastes_are_keys() -> None:
    parser = PasteParser()
    told = list(parser.feed(f"\x1b[A{PASTE}\x1b[B{PASTE}"))
    assert [event.key for event in told if isinstance(event, events.Key)] == ["up", "down"]
    assert sum(isinstance(event, events.Paste) for event in told) == 2


def test_a_key_behind_a_paste_whose_end_was_lost_is_a_key_and_more_is_the_paste_going_on() -> None:
    now = 0.0
    parser = PasteParser(clock=lambda: now)
    told = list(parser.feed("\x1b[200~one\r"))
    now = 1.5
    told += parser.feed("two\r")
    now = 1.6
    told += parser.feed("\r")
    assert told == []
    now = 3.0
    told += parser.feed("a")
    pasted, typed = told
    assert isinstance(pasted, events.Paste)
    assert isinstance(typed, events.Key)
    assert (pasted.text, typed.key) == ("one\rtwo\r\r", "a")
