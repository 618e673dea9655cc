"""The files that a path which is being typed can become."""

import os
from pathlib import Path

import pytest

from boardroom_tui.welcome.meeting_files import Entry, completed, entries


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "q3.toml").write_text('[meeting]\ntitle = "Q3\\n\\u001b[2J board meeting"')
    (tmp_path / "tools.toml").write_text('meeting = "none"')
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / ".hidden.toml").write_text("")
    (tmp_path / "broken.toml").write_bytes(b"\xff")
    (tmp_path / "meetings").mkdir()
    (tmp_path / "meetings" / "q1.toml").write_text('[meeting]\ntitle = "Q1"')


def test_meetings_stand_first_then_other_files_then_folders() -> None:
    assert entries("") == (
        Entry("q3.toml", title="Q3 [2J board meeting"),
        Entry("broken.toml"),
        Entry("tools.toml"),
        Entry("meetings", is_folder=True),
    )
    assert [entry.name for entry in entries("me")] == [f"meetings{os.sep}"]


def test_a_path_goes_on_in_its_folder_and_keeps_how_it_was_typed(tmp_path: Path) -> None:
    assert entries("meetings/") == (Entry("meetings/q1.toml", title="Q1"),)
    assert entries(f"{tmp_path}/q") == (Entry(f"{tmp_path}/q3.toml", title="Q3 [2J board meeting"),)
    assert entries("~/meetings/q")[0].path == "~/meetings/q1.toml"
    assert entries(".h") == (Entry(".hidden.toml"),)
    assert entries("nowhere/") == ()


def test_tab_types_what_all_have_in_common() -> None:
    assert completed("m", entries("m")) == "meetings/"
    assert completed("meetings/", entries("meetings/")) == "meetings/q1.toml"
    assert completed("", entries("")) == ""
    assert completed("zzz", entries("zzz")) == "zzz"
