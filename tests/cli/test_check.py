"""`boardroom check`: every mistake, every doubt, a line each."""

from pathlib import Path

import pytest

import boardroom_tui
from boardroom_tui.cli import main

DEMO = Path(boardroom_tui.__file__).parent / "demo" / "meeting.toml"

BOARD = """\
[meeting]
id = "meeting_1"
title = "Board"

[[member]]
id = "user_1"
name = "Ada"
role = "facilitator"
"""


def written(folder: Path, text: str) -> str:
    """The path of a meeting's file with this text."""
    file = folder / "board.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_file_without_fault_is_told_to_be_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, BOARD)
    assert main(["check", file]) == 0
    assert capsys.readouterr() == (
        f"{file}: 1 member, 1 with a vote, 0 agenda items, 0 decisions; nothing is wrong.\n",
        "",
    )


def test_every_mistake_is_a_line_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, BOARD.replace("facilitator", "chair").replace("title", "name"))
    assert main(["check", file]) == 1
    out, err = capsys.readouterr()
    assert [line.partition(f"{file}:")[2].partition(" ")[0] for line in out.splitlines()] == [
        "1:",
        "3:",
        "8:",
    ]
    assert err == f"boardroom check: {file} has 3 mistakes\n"


def test_what_cannot_work_is_shown_and_does_not_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, BOARD.replace('"Board"\n', '"Board"\nquorum = 2\n'))
    assert main(["check", file]) == 0
    assert capsys.readouterr().out == (
        f"{file}:4: warning: quorum: 2 members with a vote must be present and there is 1, "
        "so no vote can be valid\n"
    )


def test_the_demos_own_file_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(DEMO)]) == 0
    assert capsys.readouterr().out.endswith("6 decisions; nothing is wrong.\n")


def test_a_file_that_cannot_be_read_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.toml"
    assert main(["check", str(missing)]) == 1
    expected = f"boardroom check: cannot read {missing}: No such file or directory\n"
    assert capsys.readouterr() == ("", expected)
