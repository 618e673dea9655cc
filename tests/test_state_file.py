"""What the program remembers by itself."""

from pathlib import Path

from boardroom_tui.state_file import StateFile


def test_what_was_written_is_read_up_to_its_limit_and_nothing_leaves_no_file(
    tmp_path: Path,
) -> None:
    file = StateFile(tmp_path / "new" / "state.txt", most_bytes=4)
    assert file.read() == b""
    assert file.write(b"remembered")
    assert file.read() == b"reme"
    assert file.write(b"")
    assert not file.path.exists()


def test_what_cannot_be_read_is_nothing_and_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    in_the_way = tmp_path / "folder"
    in_the_way.mkdir()
    file = StateFile(in_the_way, most_bytes=4)
    assert file.read() == b""
    assert not file.write(b"text")
