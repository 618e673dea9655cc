"""Where a link leads is said in letters that nothing looks like, and copying goes through tmux."""

import base64

import pytest

from boardroom_tui.ui.deeds.links import has_browser, host_of, opened
from boardroom_tui.ui.terminal.clipboard import MOST_BYTES, sequence, why_too_long


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://bank.example@evil.example/login", "evil.example"),
        ("https://EXAMPLE.org:8443/x", "example.org"),
        ("https://аpple.example/", "xn--pple-43d.example"),
        ("https://[broken/", "https://[broken/"),
    ],
)
def test_the_machine_that_a_link_leads_to_is_named(address: str, host: str) -> None:
    assert host_of(address) == host


async def test_nothing_but_the_web_is_opened_and_nothing_over_ssh() -> None:
    assert not await opened("file:///etc/passwd")
    assert not has_browser({"SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22"})


def test_a_copy_is_asked_of_the_terminal_and_in_tmux_through_it_too() -> None:
    text = "Ana’s \x1b[2J words"
    plain = sequence(text, {})
    assert base64.b64decode(plain.removeprefix("\x1b]52;c;").removesuffix("\a")) == text.encode()
    inside = sequence(text, {"TMUX": "/tmp/tmux"})
    assert inside == f"{plain}\x1bPtmux;\x1b{plain}\x1b\\"


def test_what_no_terminal_would_take_is_not_copied() -> None:
    assert why_too_long("x" * MOST_BYTES) is None
    reason = why_too_long("é" * MOST_BYTES)
    assert reason == "Too long to copy: 112 kB, and terminals take 56 kB."
