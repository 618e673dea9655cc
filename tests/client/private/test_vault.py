"""The vault: sealed files, logs of sealed records, and one program at a time."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from boardroom_tui.client.private.vault import IN_USE, Vault
from boardroom_tui.client.problem import Problem
from tests.client.private.vaults import KEY, opened

RECORDS = [b"one", b"", b"three" * 50]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "devices" / "one"


def bits_flipped(content: bytes) -> Iterator[bytes]:
    """The content with one byte changed, for each byte."""
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1 << (place % 8)
        yield bytes(changed)


def test_what_was_written_is_read_after_a_restart(folder: Path) -> None:
    with opened(folder) as vault:
        assert vault.read("device") is None
        assert vault.write("device", b"old") is None
        assert vault.write("device", b"new") is None
        assert vault.read("device") == b"new"
    with opened(folder) as vault:
        assert vault.read("device") == b"new"


def test_nothing_that_was_written_is_on_disk_in_plain(folder: Path) -> None:
    with opened(folder) as vault:
        vault.write("device", b"a secret")
        vault.append("history", b"a secret")
    assert all(b"secret" not in path.read_bytes() for path in folder.iterdir())


def test_a_vault_is_its_owners_alone(folder: Path) -> None:
    with opened(folder) as vault:
        vault.write("device", b"x")
        vault.append("history", b"x")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    sealed = list(folder.glob("*.sealed"))
    assert len(sealed) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in sealed} == {0o600}


def test_a_folder_that_is_open_to_others_is_a_problem(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    assert Vault.open(folder, lambda: KEY) == Problem(
        f"{folder} is open to others: run chmod 700 {folder}"
    )


def test_a_second_program_is_told_before_it_is_asked_for_a_key(folder: Path) -> None:
    def asked() -> bytes:
        raise AssertionError("the key was asked for")

    with opened(folder):
        assert Vault.open(folder, asked) == IN_USE
    with opened(folder):
        pass


def test_a_vault_without_a_key_can_be_opened_later(folder: Path) -> None:
    problem = Problem("no key")
    assert Vault.open(folder, lambda: problem) == problem
    with opened(folder):
        pass


def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert isinstance(Vault.open(tmp_path / "file" / "vault", lambda: KEY), Problem)


def test_no_byte_of_a_file_can_change(folder: Path) -> None:
    with opened(folder) as vault:
        vault.write("device", b"what it is")
        path = folder / "device.sealed"
        sealed = path.read_bytes()
        for changed in (*bits_flipped(sealed), b"", sealed[:5], sealed[:-1]):
            path.write_bytes(changed)
            assert isinstance(vault.read("device"), Problem)


def test_a_file_under_anothers_name_or_key_is_a_problem(folder: Path) -> None:
    with opened(folder) as vault:
        vault.write("device", b"x")
        (folder / "known.sealed").write_bytes((folder / "device.sealed").read_bytes())
        problem = vault.read("known")
        assert isinstance(problem, Problem)
        assert "known.sealed was altered, or sealed with another key" in problem.message
    with opened(folder, bytes(32)) as vault:
        assert isinstance(vault.read("device"), Problem)


def test_records_come_back_in_their_order_after_restarts(folder: Path) -> None:
    for record in RECORDS:
        with opened(folder) as vault:
            assert vault.append("history", record) is None
    with opened(folder) as vault:
        assert vault.records("history") == RECORDS
        assert vault.records("other") == []
        vault.append("history", b"four")
        vault.append("history", b"five")
        assert vault.records("history") == [*RECORDS, b"four", b"five"]


def test_a_record_that_was_cut_short_is_dropped_and_written_over(folder: Path) -> None:
    path = folder / "history.sealed"
    with opened(folder) as vault:
        for record in RECORDS:
            vault.append("history", record)
    whole = path.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    for length in (*range(start, len(whole), 25), len(whole) - 1):
        path.write_bytes(whole[:length])
        with opened(folder) as vault:
            assert vault.records("history") == RECORDS[:2]
            vault.append("history", b"again")
            assert vault.records("history") == [*RECORDS[:2], b"again"]


def test_no_byte_of_a_log_can_change_what_it_says(folder: Path) -> None:
    """Without its last byte the last record is as if a crash had cut it short."""
    with opened(folder) as vault:
        for record in RECORDS:
            vault.append("history", record)
        path = folder / "history.sealed"
        whole = path.read_bytes()
        for changed in bits_flipped(whole):
            path.write_bytes(changed)
            records = vault.records("history")
            assert isinstance(records, Problem) or (
                records == RECORDS[:2] and changed[:-1] == whole[:-1]
            )


def test_records_that_changed_places_or_logs_are_a_problem(folder: Path) -> None:
    with opened(folder) as vault:
        for record in RECORDS:
            vault.append("history", record)
        path = folder / "history.sealed"
        one, two, three = path.read_bytes().splitlines(keepends=True)
        for changed in ((two, one, three), (one, one, two), (two, three), (one, three)):
            path.write_bytes(b"".join(changed))
            assert isinstance(vault.records("history"), Problem)
        (folder / "other.sealed").write_bytes(one)
        assert isinstance(vault.records("other"), Problem)


def test_nothing_is_added_to_a_log_that_was_altered(folder: Path) -> None:
    with opened(folder) as vault:
        vault.append("history", b"x")
    (folder / "history.sealed").write_bytes(b"no record\n")
    with opened(folder) as vault:
        assert isinstance(vault.append("history", b"y"), Problem)
    assert (folder / "history.sealed").read_bytes() == b"no record\n"


def test_a_record_that_did_not_reach_the_disk_is_written_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with opened(folder) as vault:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            assert vault.append("history", b"a long one" * 20) == Problem(
                f"cannot write {folder / 'history.sealed'}: No space left on device"
            )
        assert vault.append("history", b"short") is None
        assert vault.records("history") == [b"short"]


def test_what_cannot_be_written_or_read_is_a_problem(folder: Path) -> None:
    with opened(folder) as vault:
        for name in ("device", "history"):
            (folder / f"{name}.sealed").mkdir()
        assert isinstance(vault.read("device"), Problem)
        assert isinstance(vault.write("device", b"x"), Problem)
        assert isinstance(vault.append("history", b"x"), Problem)
        assert isinstance(vault.records("history"), Problem)
