"""Disks and files that do not play along: one clear line, and nothing half written."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError
from boardroom_tui.record.schema import JOURNAL
from tests.record.examples import MEETING, open_journal, said

ROOT = Path(__file__).parents[2]


async def refusal(folder: Path) -> str:
    with pytest.raises(JournalError) as refused:
        await Journal.open(folder)
    assert "\n" not in str(refused.value)
    return str(refused.value)


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    said_so = await refusal(tmp_path / "file" / "data")
    assert said_so == f"cannot write {tmp_path / 'file' / 'data'}: Not a directory"


async def test_a_database_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / JOURNAL.file).mkdir()
    assert await refusal(tmp_path) == f"cannot write {tmp_path / JOURNAL.file}: Is a directory"


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / JOURNAL.file).write_text("Dear diary, " * 100)
    said_so = await refusal(tmp_path)
    assert said_so == f"cannot open {tmp_path / JOURNAL.file}: file is not a database"


async def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    before = (tmp_path / JOURNAL.file).read_bytes()
    assert await refusal(tmp_path) == f"{tmp_path / JOURNAL.file} is another program's database"
    assert (tmp_path / JOURNAL.file).read_bytes() == before


async def test_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    async with open_journal(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database:
        database.execute("PRAGMA user_version = 99")
    assert await refusal(tmp_path) == (
        f"{tmp_path / JOURNAL.file} was written by a newer Boardroom: "
        f"its version is 99, this one knows {len(JOURNAL.migrations)}"
    )


async def test_a_damaged_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [said(n, "x" * 4000) for n in range(1, 50)])
    with (tmp_path / JOURNAL.file).open("r+b") as file:
        file.seek((tmp_path / JOURNAL.file).stat().st_size // 2)
        file.write(b"\xff" * 65_536)
    before = (tmp_path / JOURNAL.file).read_bytes()
    said_so = await refusal(tmp_path)
    assert said_so.startswith(f"{tmp_path / JOURNAL.file} is damaged: ")
    assert "*" not in said_so
    assert (tmp_path / JOURNAL.file).read_bytes() == before


FILLING = """
import asyncio, resource, sys
from pathlib import Path
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError
from tests.record.examples import MEETING, said

async def main():
    journal = await Journal.open(Path(sys.argv[1]))
    await journal.append(MEETING, 0, [said(1)])
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    try:
        await journal.append(MEETING, 1, [said(2 + n, "x" * 4000) for n in range(100)])
    except JournalError as error:
        print(error)
    print(len(await journal.read(MEETING)) == 1)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    await journal.append(MEETING, 1, [said(2)])
    await journal.close()

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
async def test_a_full_disk_refuses_and_when_it_has_room_again_the_record_goes_on(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        check=True,
    )
    refused, unchanged = done.stdout.splitlines()
    assert refused.startswith(f"cannot write {tmp_path / JOURNAL.file}: ")
    assert unchanged == "True"
    async with open_journal(tmp_path) as journal:
        assert [event.sequence for event in await journal.read(MEETING)] == [1, 2]


APPENDING = """
import asyncio, sys
from pathlib import Path
from boardroom_tui.record.journal import Journal
from tests.record.examples import said

async def one(journal, meeting_id):
    for number in range(1, 100_000):
        await journal.append(meeting_id, number - 1, [said(number)])
        print(meeting_id, number, flush=True)

async def main():
    journal = await Journal.open(Path(sys.argv[1]))
    await asyncio.gather(*(one(journal, f"meeting_{n}") for n in range(5)))

asyncio.run(main())
"""


async def test_what_was_acknowledged_survives_a_killed_process(tmp_path: Path) -> None:
    acknowledged: dict[str, int] = {}
    with subprocess.Popen(
        [sys.executable, "-c", APPENDING, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        for place, line in enumerate(process.stdout):
            if place == 200:
                process.kill()
            if line.endswith("\n"):
                meeting_id, number = line.split()
                acknowledged[meeting_id] = int(number)
    assert len(acknowledged) == 5
    async with open_journal(tmp_path) as journal:
        for meeting_id, number in acknowledged.items():
            events = await journal.read(meeting_id)
            assert number <= len(events) <= number + 1
