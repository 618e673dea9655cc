"""Backups: made while the server runs, checked, and put back where nothing is yet."""

import asyncio
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from boardroom_tui.cli import main
from boardroom_tui.file_lock import FileLock
from boardroom_tui.record.database import log_of
from boardroom_tui.record.mailbox_schema import MAILBOX
from boardroom_tui.record.problems import BallotsOpenError, JournalError
from boardroom_tui.record.schema import BALLOT_KEYS, JOURNAL
from boardroom_tui.server.backup import backup, restore
from boardroom_tui.server.server import LOCK_FILE
from tests.server.members import MEETING, connected, join, present, say, vote
from tests.server.running import charter, decision, running_server

BOARD = charter(decisions=(decision(status="voting"),))
SECRET = charter(decisions=(decision(status="voting", secret=True),))


async def test_a_backup_of_a_running_server_is_restored_with_its_open_vote(tmp_path: Path) -> None:
    live, copy, new = tmp_path / "live", tmp_path / "copy", tmp_path / "new"
    async with (
        running_server(BOARD, live) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await vote(ada, "approve", "1")
        events = await asyncio.to_thread(backup, live, copy, open_ballots=False)
        certificate = server.ca
        await say(ben, "Said after the backup", "2")
    assert restore(copy, new) == events
    async with running_server(BOARD, new) as server, connected(server, "user_ben") as ben:
        assert certificate is not None
        assert server.ca is not None
        assert server.ca.read_bytes() == certificate.read_bytes()
        await join(ben)
        await vote(ben, "reject", "3")
        tally = await ben.next("decision.vote.update")
        assert tally["data"]["voteSummary"]["total"] == 2


async def test_backups_made_while_a_board_talks_are_each_whole(tmp_path: Path) -> None:
    async with (
        running_server(BOARD, tmp_path / "live") as server,
        present(server, "user_ada") as (ada,),
    ):
        copies = 0
        done = asyncio.Event()

        async def copy_again_and_again() -> None:
            nonlocal copies
            while not done.is_set():
                target = tmp_path / f"copy-{copies}"
                events = await asyncio.to_thread(
                    backup, tmp_path / "live", target, open_ballots=False
                )
                assert events[MEETING] > copies
                copies += 1

        copying = asyncio.create_task(copy_again_and_again())
        for number in range(25):
            await say(ada, "On and on", str(number))
        done.set()
        await copying
    assert copies > 0


def _modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
async def test_a_backup_is_its_owner_s_alone_and_holds_what_the_server_is_known_by(
    tmp_path: Path,
) -> None:
    async with running_server(BOARD, tmp_path / "live"):
        backup(tmp_path / "live", tmp_path / "copy", open_ballots=False)
    assert _modes(tmp_path / "copy") == {
        ".": 0o700,
        "journal.sqlite": 0o600,
        "mailbox.sqlite": 0o600,
        "record-key.pem": 0o600,
        "token-key.pem": 0o600,
        "tls": 0o700,
        "tls/key.pem": 0o600,
        "tls/certificate.pem": 0o600,
    }


async def test_while_a_secret_vote_is_open_nothing_is_copied_unless_asked_for(
    tmp_path: Path,
) -> None:
    live, copy, new = tmp_path / "live", tmp_path / "copy", tmp_path / "new"
    async with running_server(SECRET, live) as server, present(server, "user_ada") as (ada,):
        await vote(ada, "approve", "1")
        with pytest.raises(BallotsOpenError, match="decision_123"):
            backup(live, copy, open_ballots=False)
        assert [each.name for each in tmp_path.iterdir()] == ["live"]
        backup(live, copy, open_ballots=True)
    assert len(list((copy / BALLOT_KEYS).iterdir())) == 1
    restore(copy, new)
    async with running_server(SECRET, new) as server, present(server, "user_ada") as (ada,):
        await ada.send("decision.close", {"decisionId": "123", "confirms": ["not_voted"]}, "2")
        result = await ada.next("decision.result")
        assert result["data"]["finalVotes"]["approve"] == 1


async def test_nothing_is_written_over_and_nothing_restored_onto_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live, copy = str(tmp_path / "live"), str(tmp_path / "copy")
    async with running_server(BOARD, tmp_path / "live"):
        assert main(["backup", "--data", live, copy]) == 0
        assert "Checked and complete" in capsys.readouterr().out
        assert main(["backup", "--data", live, copy]) == 1
        assert "is there already" in capsys.readouterr().err
        assert main(["restore", "--data", live, copy]) == 1
        assert "a server is running" in capsys.readouterr().err
    assert main(["restore", "--data", live, copy]) == 1
    assert "holds data already" in capsys.readouterr().err
    assert main(["restore", "--data", str(tmp_path / "new"), copy]) == 0
    assert main(["verify", "--data", str(tmp_path / "new")]) == 0


async def test_what_does_not_hold_is_neither_kept_nor_restored(tmp_path: Path) -> None:
    live, copy, new = tmp_path / "live", tmp_path / "copy", tmp_path / "new"
    async with running_server(BOARD, live) as server, present(server, "user_ada") as (ada,):
        await say(ada, "As it was", "1")
    backup(live, copy, open_ballots=False)
    for folder in (live, copy):
        with closing(sqlite3.connect(folder / JOURNAL.file)) as database, database:
            database.execute("DROP TRIGGER events_stay_as_they_are")
            database.execute("UPDATE events SET payload = replace(payload, 'was', 'is')")
    with pytest.raises(JournalError, match="does not hold"):
        backup(live, tmp_path / "second", open_ballots=False)
    with pytest.raises(JournalError, match="does not hold"):
        restore(copy, new)
    assert [each.name for each in new.iterdir()] == ["server.lock"]
    assert not (tmp_path / "second").exists()
    with pytest.raises(JournalError, match="no meeting is recorded"):
        backup(new, tmp_path / "third", open_ballots=False)


DIE_IN = """\
import os, pathlib, signal, sys
from boardroom_tui.cli import main
from boardroom_tui.server import backup
backup.check_copy = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(sys.argv[1:])
"""
"""A command that is killed when all is copied, and nothing in its place yet."""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
async def test_what_a_killed_copy_left_is_cleared_and_one_that_is_being_made_is_let_be(
    tmp_path: Path,
) -> None:
    live, copies, new = tmp_path / "live", tmp_path / "copies", tmp_path / "new"
    async with running_server(BOARD, live):
        pass
    backup(live, copies / "first", open_ballots=False)
    running = copies / ".boardroom-runs"
    running.mkdir()
    held = FileLock(running / LOCK_FILE)
    for command in (
        ("backup", "--data", live, copies / "second"),
        ("restore", "--data", new, copies / "first"),
    ):
        killed = subprocess.run([sys.executable, "-c", DIE_IN, *command], check=False)
        assert killed.returncode == -signal.SIGKILL
    for folder, number in ((copies, 2), (new, 1)):
        assert len(list(folder.glob(".boardroom-*"))) == number
    backup(live, copies / "second", open_ballots=False)
    assert {each.name for each in copies.iterdir()} == {running.name, "first", "second"}
    restore(copies / "second", new)
    assert not list(new.glob(".boardroom-*"))
    held.release()


async def test_a_restored_mailbox_gives_out_no_key_that_may_be_spent(tmp_path: Path) -> None:
    live, copy, new = tmp_path / "live", tmp_path / "copy", tmp_path / "new"
    async with running_server(BOARD, live):
        pass
    with closing(sqlite3.connect(live / MAILBOX.file)) as database, database:
        database.execute("INSERT INTO one_time_keys VALUES ('ada', 'phone', 'key_1', 'AAAA')")
    backup(live, copy, open_ballots=False)
    restore(copy, new)
    with closing(sqlite3.connect(new / MAILBOX.file)) as database:
        assert database.execute("SELECT id, key FROM one_time_keys").fetchall() == [("key_1", None)]
    assert not log_of(new / MAILBOX.file).exists()
