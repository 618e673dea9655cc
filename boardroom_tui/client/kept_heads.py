"""The signed heads of a meeting's record that this machine has seen: what was seen stands.

One file for each server and meeting, as with certificates: the key that signed first is taken on
trust, and another one later is told. No hash in it is secret, but who was where is.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import platformdirs
from pydantic import ValidationError

from boardroom_tui.client.address import Address
from boardroom_tui.client.private.genuine import is_signed_by
from boardroom_tui.client.private_text import read_private
from boardroom_tui.client.problem import Problem
from boardroom_tui.heads import head_code
from boardroom_tui.private_files import make_private_folder, write_private
from boardroom_tui.protocol.fields import Model
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.protocol.statements import head_statement

_MOST_BYTES = 1024 * 1024
_MOST_KEPT = 500


class _Kept(Model):
    heads: tuple[SignedHead, ...] = ()


class KeptHeads:
    """The heads of one meeting at one server."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._heads: dict[int, SignedHead] = {}

    @classmethod
    def open(
        cls, address: Address, meeting_id: str, base: Path | None = None
    ) -> "KeptHeads | Problem":
        """What was kept; within `base`, which is the user's data folder."""
        name = f"{address.name}\n{bare(Kind.MEETING, meeting_id)}"
        file = f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"
        kept = cls(heads_folder(base) / file)
        heads = _read(kept._path)
        if isinstance(heads, Problem):
            return heads
        kept._heads = {head.sequence: head for head in heads}
        return kept

    @property
    def newest(self) -> SignedHead | None:
        """The one furthest on."""
        return max(self._heads.values(), key=lambda head: head.sequence, default=None)

    def see(self, head: SignedHead) -> str | None:
        """Keep a head that the server tells, or say what it contradicts.

        The first that was seen stays: what contradicts it is not kept.
        """
        statement = head_statement(head.meeting_id, head.sequence, head.hash)
        if not is_signed_by(head.public_key, statement, head.signature):
            return f"The server's signature of {_code(head)} is no signature of its key."
        newest = self.newest
        if newest is not None and newest.public_key != head.public_key:
            return (
                "The record is signed with another key than before: it may not be the same "
                f"record. Then {_code(newest)}, now {_code(head)}."
            )
        known = self._heads.get(head.sequence)
        if known is not None and known.hash != head.hash:
            return f"The record was rewritten. Then {_code(known)}, now {_code(head)}."
        if known is None:
            self._heads[head.sequence] = head
            return self._write()
        return None

    def ends_at(self, sequence: int, head: SignedHead | None) -> str | None:
        """What a record that ends at this event contradicts."""
        newest = self.newest
        if newest is None or newest.sequence <= sequence:
            return None
        now = (
            f"event {sequence}" if head is None else f"event {sequence}, last signed {_code(head)}"
        )
        return f"The record is shorter than it was. Then {_code(newest)}, now it ends at {now}."

    def _write(self) -> str | None:
        newest = sorted(self._heads.values(), key=lambda head: head.sequence)[-_MOST_KEPT:]
        try:
            make_private_folder(self._path.parent)
            write_private(self._path, _Kept(heads=tuple(newest)).model_dump_json().encode())
        except OSError as error:
            return f"Cannot write {self._path}: {error.strerror}."
        return None


def heads_folder(base: Path | None = None) -> Path:
    """Where this machine's clients keep what they saw."""
    return (base or platformdirs.user_data_path("boardroom", appauthor=False)) / "heads"


def heads_of(meeting_id: str, base: Path | None = None) -> Iterator[SignedHead]:
    """What this machine's clients saw of a meeting, at whatever server."""
    for file in sorted(heads_folder(base).glob("*.json")):
        heads = _read(file)
        for head in () if isinstance(heads, Problem) else heads:
            if bare(Kind.MEETING, head.meeting_id) == bare(Kind.MEETING, meeting_id):
                yield head


def _read(path: Path) -> tuple[SignedHead, ...] | Problem:
    if not path.exists():
        return ()
    content = read_private(path, at_most=_MOST_BYTES)
    if isinstance(content, Problem):
        return content
    try:
        return _Kept.model_validate_json(content.text).heads
    except ValidationError:
        return Problem(f"{path} is damaged: it does not hold the heads that were seen")


def _code(head: SignedHead) -> str:
    return str(head_code(head.sequence, head.hash))
