"""A question on the terminal: what was typed before it is no answer."""

import io
import os
import sys

import pytest

from boardroom_tui.cli.asking import answer_to

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


def test_what_was_typed_before_a_question_is_no_answer_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user, terminal = os.openpty()

    class Reader(io.StringIO):
        """Answers once the question is there."""

        def flush(self) -> None:
            if self.getvalue() == "Trust it? ":
                os.write(user, b"no\n")

    os.write(user, b"yes\n")
    with open(terminal) as keys:  # noqa: PTH123 - it has no path
        monkeypatch.setattr(sys, "stdin", keys)
        monkeypatch.setattr(sys, "stdout", Reader())
        assert answer_to("Trust it? ") == "no"
    os.close(user)
