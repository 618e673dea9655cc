"""The loop behind a door: a SIGINT while it is made leaves nothing to tell of itself."""

import gc
import selectors
import signal
import sys

import pytest

from boardroom_tui.cli.running import run


def test_a_sigint_while_a_loop_is_made_ends_it_without_a_word_and_begins_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make, told, begun = selectors.DefaultSelector, list[object](), list[str]()

    def interrupted() -> selectors.BaseSelector:
        # As where the door's thread goes on while the system makes it.
        signal.raise_signal(signal.SIGINT)
        return make()

    async def deed() -> None:
        begun.append("deed")

    monkeypatch.setattr(selectors, "DefaultSelector", interrupted)
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run(deed)
    gc.collect()
    assert signal.getsignal(signal.SIGINT) is before
    assert (told, begun) == ([], [])


def test_what_comes_of_it_is_given() -> None:
    async def deed() -> int:
        return 7

    assert run(deed) == 7
