"""The draft that outlives the program: whose it is, who may read it, and when it goes."""

import os
import stat
from pathlib import Path

import pytest

from boardroom_tui.client.address import Address
from boardroom_tui.client.kept_draft import KeptDraft


def kept(base: Path, meeting_id: str = "meeting_1", user_id: str = "user_1") -> KeptDraft:
    address = Address.parse("wss://board.example/ws")
    assert isinstance(address, Address)
    return KeptDraft.of(address, meeting_id, user_id, base)


def test_a_draft_is_there_again_for_the_same_member_of_the_same_meeting(tmp_path: Path) -> None:
    draft = kept(tmp_path)
    assert draft.read() == ""
    assert draft.note("one\ntwo")
    draft.write()
    assert not draft.note("one\ntwo")
    assert kept(tmp_path, "1", "1").read() == "one\ntwo"
    assert kept(tmp_path, "meeting_2").read() == ""
    assert kept(tmp_path, user_id="user_2").read() == ""
    (file,) = (tmp_path / "drafts").iterdir()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_sent_or_emptied_leaves_no_file(tmp_path: Path) -> None:
    draft = kept(tmp_path)
    draft.read()
    for text in ("one", " \n"):
        assert draft.note(text)
        draft.write()
    assert list((tmp_path / "drafts").iterdir()) == []


def test_nothing_is_taken_before_what_was_kept_was_read(tmp_path: Path) -> None:
    first = kept(tmp_path)
    first.read()
    first.note("one")
    first.write()
    second = kept(tmp_path)
    assert not second.note("")
    second.write()
    assert second.read() == "one"


@pytest.mark.parametrize("content", [b"\xff\xfe", b""])
def test_a_damaged_file_is_no_draft(tmp_path: Path, content: bytes) -> None:
    draft = kept(tmp_path)
    draft.read()
    draft.note("one")
    draft.write()
    (file,) = (tmp_path / "drafts").iterdir()
    file.write_bytes(content)
    assert kept(tmp_path).read() == ""


def test_where_nothing_can_be_written_the_meeting_goes_on(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("in the way")
    draft = kept(tmp_path)
    assert draft.read() == ""
    assert draft.note("one")
    draft.write()
    assert draft.note("one")
