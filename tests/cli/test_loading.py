"""What is imported at once: a SIGINT ends it, at whatever moment it comes."""

import signal
import sys
from pathlib import Path

import pytest

from boardroom_tui.cli.loading import load_at_once

INTERRUPTED = "import signal\nsignal.raise_signal(signal.SIGINT)\n"
SWALLOWED = (
    "import signal\n"
    "try:\n"
    "    signal.raise_signal(signal.SIGINT)\n"
    "except KeyboardInterrupt:\n"
    "    pass\n"
)
"""As where Python calls back for a weak reference, which nothing that is raised leaves."""
CHANGED = SWALLOWED.replace("pass", "raise RuntimeError")
"""As where Python 3.11 calls `__set_name__`."""


@pytest.mark.parametrize("code", [INTERRUPTED, SWALLOWED, CHANGED])
def test_a_sigint_while_a_module_is_imported_ends_that_whatever_becomes_of_it(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "interrupted_module.py").write_text(code)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.delitem(sys.modules, "interrupted_module", raising=False)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        load_at_once("interrupted_module")
    assert signal.getsignal(signal.SIGINT) is before
    sys.modules.pop("interrupted_module", None)
