"""What the terminal is sent, byte by byte, whoever's words are in it."""

from collections.abc import Mapping

import pytest

from boardroom_tui.ui.attention.sequences import (
    desktop,
    former_title,
    is_able,
    protocols,
    titled,
)

PLAIN = {"TERM": "xterm-256color"}
OSC_9 = "\x1b]9;Q3 board: A vote is open\x1b\\"
OSC_777 = "\x1b]777;notify;Q3 board;A vote is open\x1b\\"


@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({"TERM": "xterm-kitty"}, OSC_9),
        ({"TERM": "foot-extra"}, OSC_777),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, OSC_777),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, OSC_9),
        (PLAIN, OSC_9 + OSC_777),
        ({"TERM": "linux"}, ""),
        ({}, ""),
    ],
)
def test_a_terminal_that_is_known_is_asked_once_and_any_other_in_both_ways(
    environment: Mapping[str, str], asked: str
) -> None:
    assert desktop("Q3 board", "A vote is open", environment) == asked


def test_tmux_is_told_to_pass_it_on_with_every_escape_doubled() -> None:
    inside = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0", "VTE_VERSION": "7600"}
    assert desktop("Q3", "Now", inside) == (
        "\x1bPtmux;\x1b\x1b]9;Q3: Now\x1b\x1b\\\x1b\x1b]777;notify;Q3;Now\x1b\x1b\\\x1b\\"
    )
    assert len(protocols(inside)) == 2


@pytest.mark.parametrize(
    "hostile",
    [
        "a\x1b]0;owned\x07b",
        "a\x9d0;owned\x9cb",
        "a\x1b\\\x1b[2Jb",
        "a\x07b",
        "a\nb",
        "a\u202eb\u2066",
        "a;notify;b",
        "a\x1bPtmux;\x1b\x1b[2J\x1b\\b",
    ],
)
def test_nobody_s_words_act_on_the_terminal(hostile: str) -> None:
    for environment in ({"TERM": "foot"}, {"TERM": "xterm-kitty"}):
        sent = desktop(hostile, hostile, environment)
        inside = sent.removeprefix("\x1b]").removesuffix("\x1b\\")
        assert inside.isprintable()
        assert inside.count(";") == desktop("a", "b", environment).count(";")
    inside = titled(hostile, 3).removeprefix("\x1b]0;").removesuffix("\x1b\\")
    assert inside.isprintable()


def test_long_words_are_cut() -> None:
    assert len(desktop("title " * 50, "words " * 500, {"TERM": "foot"})) < 250
    assert len(titled("title " * 50, 0)) < 80


def test_the_title_has_the_number_of_what_is_unread_and_is_given_back_in_the_end() -> None:
    assert titled("Q3 board meeting", 3) == "\x1b]0;(3) Q3 board meeting\x1b\\"
    assert titled("Q3 board meeting", 0) == "\x1b]0;Q3 board meeting\x1b\\"
    assert former_title() == "\x1b]0;\x1b\\\x1b[23;0t"


@pytest.mark.parametrize(
    ("term", "able"), [("xterm", True), ("tmux-256color", True), ("dumb", False), ("vt100", False)]
)
def test_a_terminal_that_would_show_what_it_does_not_know_is_sent_nothing(
    term: str, able: bool
) -> None:
    assert is_able({"TERM": term}) is able
