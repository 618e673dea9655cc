"""`boardroom minutes`: prints or writes them, and says in one line why it cannot."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from boardroom_tui.cli import main
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.markdown import markdown
from boardroom_tui.record.minutes import minutes
from boardroom_tui.record.schema import JOURNAL
from tests.command import boardroom
from tests.record.examples import MEETING, open_journal
from tests.record.meeting_example import EVENTS


def record(folder: Path, *meetings: str) -> str:
    """Record the example under these ids, and return its minutes from the last."""

    async def write() -> str:
        async with open_journal(folder) as journal:
            for meeting_id in meetings:
                await journal.append(meeting_id, 0, [Entry(EVENTS)])
            return markdown(minutes(*await journal.record(meetings[-1])))

    return asyncio.run(write())


def failure(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line with which the command fails."""
    assert main(["minutes", *arguments]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err.removeprefix("boardroom minutes: ").rstrip("\n")


def test_the_only_meeting_needs_no_name(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    expected = record(tmp_path, MEETING)
    assert main(["minutes", "--data", str(tmp_path)]) == 0
    assert capfd.readouterr() == (expected, "")


def test_a_meeting_is_found_however_its_id_is_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = record(tmp_path, "meeting_other", MEETING)
    monkeypatch.setenv("BOARDROOM_DATA", str(tmp_path))
    for name in ("meeting_123", "123"):
        assert main(["minutes", name]) == 0
        assert capfd.readouterr().out == expected


def test_they_are_written_to_a_file_instead(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    expected = record(tmp_path / "data", MEETING)
    output = tmp_path / "minutes.md"
    assert main(["minutes", "--data", str(tmp_path / "data"), "--output", str(output)]) == 0
    assert capfd.readouterr().out == ""
    assert output.read_text(encoding="utf-8") == expected


def test_an_unknown_meeting_is_said_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path, MEETING)
    said = failure(capfd, "meeting_9", "--data", str(tmp_path))
    assert said == "there is no meeting meeting_9; there is meeting_123"


def test_among_several_one_must_be_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    record(tmp_path, MEETING, "meeting_other")
    said = failure(capfd, "--data", str(tmp_path))
    assert said == "say which meeting: meeting_123, meeting_other"


def test_a_folder_without_a_record_is_left_as_it_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "nothing"
    assert failure(capfd, "--data", str(folder)) == f"no meeting is recorded in {folder}"
    assert not folder.exists()


def test_an_empty_record_has_no_meeting(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    async def create() -> None:
        async with open_journal(tmp_path):
            pass

    asyncio.run(create())
    assert failure(capfd, "--data", str(tmp_path)) == f"no meeting is recorded in {tmp_path}"


def test_a_broken_record_is_said_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path, MEETING)
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database, database:
        database.execute("DROP TRIGGER events_stay")
        database.execute("DELETE FROM events WHERE sequence = 7")
    said = failure(capfd, "--data", str(tmp_path))
    assert said == "the record of meeting_123 is broken: event 7 is missing"


def test_a_file_that_cannot_be_written_is_said_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path, MEETING)
    said = failure(capfd, "--data", str(tmp_path), "--output", str(tmp_path))
    assert said == f"cannot write {tmp_path}: Is a directory"


def test_the_ending_of_the_file_says_what_it_becomes(tmp_path: Path) -> None:
    record(tmp_path, MEETING)
    beginnings = {"a.md": b"# Minutes", "a.html": b"<!DOCTYPE html>", "a.PDF": b"%PDF-", "a": b"# "}
    for name, beginning in beginnings.items():
        output = tmp_path / name
        assert main(["minutes", "--data", str(tmp_path), "--output", str(output)]) == 0
        assert output.read_bytes().startswith(beginning)


def test_an_ending_of_no_format_is_refused_unless_one_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path, MEETING)
    output = tmp_path / "m.docx"
    told = ["--data", str(tmp_path), "--output", str(output)]
    said = failure(capfd, *told)
    assert said == "minutes end in .md, .html or .pdf, not .docx; or give --format"
    assert not output.exists()
    assert main(["minutes", *told, "--format", "md"]) == 0
    assert output.read_bytes().startswith(b"# Minutes")


def test_a_format_that_is_named_wins(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    record(tmp_path, MEETING)
    assert main(["minutes", "--data", str(tmp_path), "--format", "html"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"<!DOCTYPE html>")
    output = tmp_path / "minutes.md"
    told = ["--data", str(tmp_path), "--format", "pdf", "--output", str(output)]
    assert main(["minutes", *told]) == 0
    assert output.read_bytes().startswith(b"%PDF-")


def test_a_pdf_is_not_poured_over_a_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path, MEETING)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    said = failure(capfd, "--data", str(tmp_path), "--format", "pdf")
    assert said == "a PDF is not for a terminal; give --output FILE"


@pytest.mark.parametrize("format_", ["md", "html", "pdf"])
def test_the_same_record_gives_the_same_bytes_in_every_process(
    tmp_path: Path, format_: str
) -> None:
    record(tmp_path, MEETING)
    here, there = tmp_path / "here", tmp_path / "there"
    told = ("minutes", "--data", str(tmp_path), "--format", format_, "--output")
    assert main([*told, str(here)]) == 0
    assert boardroom(*told, str(there), home=tmp_path).returncode == 0
    assert here.read_bytes() == there.read_bytes()
    assert len(here.read_bytes()) > 1_000


def test_without_an_executive_session_there_is_nothing_to_write_of_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path, MEETING)
    said = failure(capfd, "--data", str(tmp_path), "--executive")
    assert said == "the meeting was never in executive session"
