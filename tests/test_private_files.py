"""Files that only their owner may read: whole or not at all."""

from pathlib import Path

import pytest

from boardroom_tui.private_files import (
    create_private,
    is_open_to_others,
    make_private_folder,
    write_private,
)


def test_what_is_written_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    make_private_folder(folder)
    make_private_folder(folder)
    write_private(folder / "key", b"one")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "key").stat().st_mode & 0o777 == 0o600
    assert not is_open_to_others((folder / "key").stat())
    (folder / "key").chmod(0o640)
    assert is_open_to_others((folder / "key").stat())


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_private(path, b"a longer one")
    write_private(path, b"short")
    assert path.read_bytes() == b"short"
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_what_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    with pytest.raises(OSError, match="key"):
        write_private(tmp_path / "key", b"one")
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_who_comes_second_gets_what_the_first_has_made(tmp_path: Path) -> None:
    assert create_private(tmp_path / "key", b"first") == b"first"
    assert create_private(tmp_path / "key", b"second") == b"first"
    assert [file.name for file in tmp_path.iterdir()] == ["key"]
