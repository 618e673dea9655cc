"""Secret ballots: kept apart from the journal, and unreadable once the vote is over.

Each decision has a key of its own, in a file that only its owner may read. A ballot is stored
under a name computed from the key and the voter, and sealed with the key; all ballots are equally
long, and none holds a time. With the key destroyed, no voter can be matched with a vote.
A sealed comment is kept in the same way, under a name that only the key can match with the
ballot's, and filled up to whole blocks: what is stored tells little of its length.
"""

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter

from boardroom_tui.private_files import make_private_folder, sync_folder, write_private
from boardroom_tui.protocol.fields import Vote
from boardroom_tui.protocol.limits import BALLOT_WORDS_CHARACTERS
from boardroom_tui.protocol.messages.decision import SealedComment

_KEY_BYTES = 32
_NONCE_BYTES = 12
_VOTES = tuple(Vote)
_WORDS_BYTES = 4 * BALLOT_WORDS_CHARACTERS
_COMMENT_BLOCK_BYTES = 4_096
_COMMENT = TypeAdapter[SealedComment](SealedComment)


class BallotKey:
    """The key of one decision's ballots."""

    def __init__(self, key: bytes) -> None:
        # Two keys from one, so that the names say nothing about the seal.
        self._naming = hmac.digest(key, b"name", "sha256")
        self._seal = AESGCM(hmac.digest(key, b"seal", "sha256"))

    def name(self, user_id: str) -> bytes:
        """What a voter's ballot is stored under."""
        return hmac.digest(self._naming, user_id.encode(), "sha256")

    def seal_vote(self, user_id: str, vote: Vote, words: str | None = None) -> bytes:
        """A voter's ballot and words, filled up so that its length tells nothing."""
        filled = (words or "").encode().ljust(_WORDS_BYTES, b"\0")
        return self._sealed(bytes([_VOTES.index(vote)]) + filled, self.name(user_id))

    def open_vote(self, user_id: str, sealed: bytes) -> tuple[Vote, str | None]:
        """The vote and the words in a voter's ballot; raises InvalidTag if it is not theirs."""
        content = self._opened(sealed, self.name(user_id))
        return _VOTES[content[0]], content[1:].rstrip(b"\0").decode() or None

    def comment_name(self, user_id: str) -> bytes:
        """What a voter's comment is stored under."""
        return hmac.digest(self._naming, b"comment " + user_id.encode(), "sha256")

    def seal_comment(self, user_id: str, comment: SealedComment) -> bytes:
        """A voter's sealed comment, sealed once more: who wrote it is a secret too."""
        content = _COMMENT.dump_json(comment)
        blocks = -(-len(content) // _COMMENT_BLOCK_BYTES)
        padded = content.ljust(blocks * _COMMENT_BLOCK_BYTES)
        return self._sealed(padded, self.comment_name(user_id))

    def open_comment(self, user_id: str, sealed: bytes) -> SealedComment:
        """A voter's sealed comment; raises InvalidTag if it is not theirs."""
        return _COMMENT.validate_json(self._opened(sealed, self.comment_name(user_id)))

    def seal_digest(self, digest: str) -> bytes:
        """A voting request's digest: three guesses would tell the vote if it were open."""
        return self._sealed(digest.encode(), b"digest")

    def open_digest(self, sealed: bytes) -> str:
        """The digest that was sealed."""
        return self._opened(sealed, b"digest").decode()

    def _sealed(self, content: bytes, purpose: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._seal.encrypt(nonce, content, purpose)

    def _opened(self, sealed: bytes, purpose: bytes) -> bytes:
        return self._seal.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose)


class BallotKeys:
    """The folder of key files, one for each secret ballot that is open.

    Every method may raise OSError.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, meeting_id: str, decision_id: str) -> BallotKey | None:
        """The key of a decision's ballots, if there is one."""
        try:
            return BallotKey(self._file(meeting_id, decision_id).read_bytes())
        except FileNotFoundError:
            return None

    def make(self, meeting_id: str, decision_id: str) -> BallotKey:
        """The key of a decision's ballots, on disk for good before it is used."""
        found = self.find(meeting_id, decision_id)
        if found is not None:
            return found
        make_private_folder(self._folder)
        key = os.urandom(_KEY_BYTES)
        write_private(self._file(meeting_id, decision_id), key)
        return BallotKey(key)

    def copy(self, meeting_id: str, decision_id: str, folder: Path) -> bool:
        """Copy a decision's key into another folder of keys; whether there is one."""
        path = self._file(meeting_id, decision_id)
        try:
            key = path.read_bytes()
        except FileNotFoundError:
            return False
        make_private_folder(folder)
        write_private(folder / path.name, key)
        return True

    def destroy(self, meeting_id: str, decision_id: str) -> None:
        """Overwrite and remove a decision's key; nothing happens where there is none."""
        path = self._file(meeting_id, decision_id)
        try:
            file = path.open("r+b")
        except FileNotFoundError:
            return
        with file:
            file.write(bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(self._folder)

    def _file(self, meeting_id: str, decision_id: str) -> Path:
        # An identifier may hold what a file name may not; a blank is in none.
        name = hashlib.sha256(f"{meeting_id} {decision_id}".encode()).hexdigest()
        return self._folder / f"{name}.key"
