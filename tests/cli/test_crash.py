"""A crash report: what went wrong, and no token that was ever used."""

from pathlib import Path

import platformdirs
import pytest

from boardroom_tui.cli.crash import CrashReport


def test_every_token_that_was_used_is_kept_out_of_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(_name: str) -> Path:
        return tmp_path

    monkeypatch.setattr(platformdirs, "user_state_path", here)
    report = CrashReport("first-opaque-token-0123456789")
    report.keep_out("second-opaque-token-9876543210")
    said = "failed with 'first-opaque-token-0123456789', then 'second-opaque-tok...'"
    report.write(said)
    written = (tmp_path / "crash.txt").read_text("utf-8")
    assert "opaque" not in written
    assert "failed with" in written
