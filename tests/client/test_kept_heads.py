"""What a machine has seen of a record stands: what contradicts it is told with both codes."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from boardroom_tui.client.address import Address
from boardroom_tui.client.kept_heads import KeptHeads, heads_folder, heads_of
from boardroom_tui.client.problem import Problem
from boardroom_tui.heads import HeadSigner, head_code
from boardroom_tui.protocol.messages.record import SignedHead
from tests.record.examples import MEETING, START

ADDRESS = Address("board.example", 8765, secure=True)
SIGNER = HeadSigner(Ed25519PrivateKey.generate())


def head(sequence: int, byte: str = "ab", signer: HeadSigner = SIGNER) -> SignedHead:
    return signer.sign(MEETING, sequence, byte * 32, START)


def code(of: SignedHead) -> str:
    return str(head_code(of.sequence, of.hash))


def kept(base: Path) -> KeptHeads:
    opened = KeptHeads.open(ADDRESS, MEETING, base)
    assert isinstance(opened, KeptHeads)
    return opened


def test_what_was_seen_is_there_the_next_time_and_for_its_owner_alone(tmp_path: Path) -> None:
    assert kept(tmp_path).newest is None
    assert kept(tmp_path).see(head(7)) is None
    assert kept(tmp_path).see(head(4)) is None
    assert kept(tmp_path).see(head(7)) is None
    assert kept(tmp_path).newest == head(7)
    assert list(heads_of("123", tmp_path)) == [head(7), head(4)] or list(
        heads_of("123", tmp_path)
    ) == [head(4), head(7)]
    assert list(heads_of("meeting_9", tmp_path)) == []
    [file] = heads_folder(tmp_path).iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_rewritten_record_is_told_with_both_codes_and_the_first_stays(tmp_path: Path) -> None:
    kept(tmp_path).see(head(7))
    assert kept(tmp_path).see(head(7, "cd")) == (
        f"The record was rewritten. Then {code(head(7))}, now {code(head(7, 'cd'))}."
    )
    assert kept(tmp_path).newest == head(7)


def test_another_key_is_told(tmp_path: Path) -> None:
    kept(tmp_path).see(head(7))
    other = HeadSigner(Ed25519PrivateKey.generate())
    warning = kept(tmp_path).see(head(9, signer=other))
    assert warning is not None
    assert warning.startswith("The record is signed with another key than before")
    assert code(head(7)) in warning
    assert code(head(9)) in warning


def test_a_record_that_ends_before_what_was_seen_is_told(tmp_path: Path) -> None:
    kept(tmp_path).see(head(7))
    assert kept(tmp_path).ends_at(7, None) is None
    assert kept(tmp_path).ends_at(6, head(5)) == (
        f"The record is shorter than it was. Then {code(head(7))}, "
        f"now it ends at event 6, last signed {code(head(5))}."
    )


def test_what_is_not_signed_is_not_kept(tmp_path: Path) -> None:
    forged = head(7).model_copy(update={"sequence": 8})
    warning = kept(tmp_path).see(forged)
    assert warning is not None
    assert "is no signature of its key" in warning
    assert kept(tmp_path).newest is None


def test_each_server_and_meeting_has_its_own(tmp_path: Path) -> None:
    kept(tmp_path).see(head(7))
    elsewhere = KeptHeads.open(Address("other.example", 8765, secure=True), MEETING, tmp_path)
    assert isinstance(elsewhere, KeptHeads)
    assert elsewhere.newest is None


@pytest.mark.parametrize("content", ["", "{", '{"heads": [1]}'])
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    kept(tmp_path).see(head(7))
    [file] = heads_folder(tmp_path).iterdir()
    file.write_text(content)
    found = KeptHeads.open(ADDRESS, MEETING, tmp_path)
    assert isinstance(found, Problem)
    assert str(file) in str(found)
    assert file.read_text() == content
