"""Power that fails: a journal's files cut off at any byte. `tests.record.cutting` tries more."""

from pathlib import Path
from random import Random

import pytest

from boardroom_tui.record.database import log_of
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import DamagedError
from boardroom_tui.record.schema import JOURNAL
from tests.record.cutting import around_frames, check_file, check_log, closed, in_use
from tests.record.examples import MEETING, open_journal, said


async def test_a_log_cut_at_any_byte_leaves_the_last_whole_event(tmp_path: Path) -> None:
    left = await in_use(tmp_path)
    random = Random(1)
    anywhere = [random.randrange(left.ends[-1]) for _ in range(60)]
    assert await check_log(left, (0, 1, 31, 32, *around_frames(left, 3), *anywhere)) > 80


async def test_a_file_cut_at_any_byte_is_refused_and_never_taken_for_a_shorter_one(
    tmp_path: Path,
) -> None:
    left = await closed(tmp_path)
    random = Random(2)
    size = left.file.stat().st_size
    anywhere = [random.randrange(size - 4_096) for _ in range(60)]
    lengths = (0, 1, 15, 16, 99, 100, 511, 512, 4_095, 4_096, *anywhere)
    assert await check_file(left, lengths, 60) == len(lengths)
    await check_file(left, range(size - 4_096, size, 293), 60)


async def test_a_file_that_is_cut_is_refused_with_its_newer_part_in_the_log_too(
    tmp_path: Path,
) -> None:
    left = await in_use(tmp_path)
    assert await check_file(left, range(0, left.file.stat().st_size, 701), 12) > 0


async def test_a_lost_file_is_not_begun_anew_while_its_log_is_there(tmp_path: Path) -> None:
    left = await in_use(tmp_path, events=3)
    left.file.unlink()
    with pytest.raises(DamagedError):
        await Journal.open(left.folder)
    assert log_of(left.file).stat().st_size == left.ends[-1]


async def test_it_is_known_whether_the_last_program_closed_it(tmp_path: Path) -> None:
    left = await in_use(tmp_path, events=3)
    async with open_journal(left.folder) as journal:
        assert journal.was_open
    async with open_journal(left.folder) as journal:
        assert not journal.was_open
        await journal.append(MEETING, 3, [said(4)])


def test_a_database_is_made_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from boardroom_tui.record import database  # noqa: PLC0415

    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(database, "create_private", fail)
    with pytest.raises(Exception, match="cannot write"):
        database.prepare(tmp_path, JOURNAL)
    assert list(tmp_path.iterdir()) == []
