"""`boardroom replay`: a recorded meeting in a terminal, or one line that says why not."""

import asyncio
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from boardroom_tui.cli import main
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.schema import JOURNAL
from tests.command import boardroom
from tests.record.examples import MEETING, open_journal
from tests.record.meeting_example import EVENTS
from tests.terminal import Terminal, start

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


async def record(folder: Path, *meetings: str) -> str:
    """Record the example under these ids; the folder."""
    async with open_journal(folder) as journal:
        for meeting_id in meetings or (MEETING,):
            await journal.append(meeting_id, 0, [Entry(EVENTS)])
    return str(folder)


async def replay(home: Path, *arguments: str, size: tuple[int, int] = (120, 40)) -> Terminal:
    return await start("replay", *arguments, home=home, errors_too=True, size=size)


@posix
async def test_a_copied_record_is_played_by_its_keys_and_left(tmp_path: Path) -> None:
    data = await record(tmp_path / "data")
    copy = shutil.copytree(data, tmp_path / "copy")
    terminal = await replay(tmp_path, "123", "--data", str(copy), "--as", "3", "--speed", "2")
    await terminal.until_screen("▶ Playing")
    terminal.type("{")
    terminal.type("}")
    await terminal.until_screen("You have not voted")
    terminal.type("\x1b[F")
    await terminal.until_screen("■ The end")
    await terminal.until_screen("event 32 of 32")
    terminal.type("q")
    assert (await terminal.exit()).code == 0


@posix
async def test_what_cannot_be_played_is_one_line(tmp_path: Path) -> None:
    data = await record(tmp_path / "data", MEETING, "meeting_other")
    with closing(sqlite3.connect(tmp_path / "data" / JOURNAL.file)) as database, database:
        database.execute("DROP TRIGGER events_stay")
        database.execute("DELETE FROM events WHERE sequence = 7 AND meeting = 'meeting_other'")
    refused = {
        ("other", "--data", data): "the record of meeting_other is broken: event 7 is missing",
        ("123", "--data", data, "--as", "user_9"): "user_9 is no member of the meeting; there are",
    }
    for arguments, line in refused.items():
        ended = await (await replay(tmp_path, *arguments)).exit()
        assert ended.code == 1
        assert ended.shown.startswith(f"boardroom replay: {line}")
        assert ended.shown.count("\n") == 1


def test_without_a_terminal_it_is_one_line(tmp_path: Path) -> None:
    asyncio.run(record(tmp_path / "data"))
    ended = boardroom("replay", "--data", str(tmp_path / "data"), home=tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "boardroom replay: needs a terminal\n"


@pytest.mark.parametrize("speed", ["0", "65", "nan", "fast"])
def test_a_speed_that_is_none_is_wrong_usage(speed: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["replay", "--speed", speed])
    assert f"expected a number from 0.25 to 64, not {speed}" in capfd.readouterr().err
