"""The head of a record: how a server signs it, how anybody checks it, and its short code.

The hash of the last event stands for all of a meeting, since each event's hash covers the one
before it (record/chain.py). What was signed cannot be taken back, and what was written down on
paper cannot be rewritten.
"""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.protocol.statements import head_statement
from boardroom_tui.protocol.unpadded import decoded, encoded

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_FILE = "record-key.pem"
"""Where a data folder has the key that its heads are signed with."""

_CODE_BYTES = 10
_CODE = re.compile(r"\s*(?P<sequence>[0-9]{1,16})[\s:-]+(?P<letters>(?:[A-Z2-7][\s-]*){16})")


class HeadSigner:
    """Signs heads with the key of one installation."""

    def __init__(self, key: "Ed25519PrivateKey") -> None:
        self._key = key
        self._public_key = encoded(key.public_key().public_bytes_raw())

    def sign(self, meeting_id: str, sequence: int, hash_: str, at: datetime) -> SignedHead:
        """The head at an event, signed."""
        signature = self._key.sign(head_statement(meeting_id, sequence, hash_))
        return SignedHead(
            meeting_id=meeting_id,
            sequence=sequence,
            hash=hash_,
            at=at,
            signature=encoded(signature),
            public_key=self._public_key,
        )


def is_signed(head: SignedHead) -> bool:
    """Whether the signature is that of the key in it; whose key that is, it does not say."""
    # A client wants the codes alone, and checks with what it has (client/kept_heads.py).
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    statement = head_statement(head.meeting_id, head.sequence, head.hash)
    try:
        key = Ed25519PublicKey.from_public_bytes(decoded(head.public_key) or b"")
        key.verify(decoded(head.signature) or b"", statement)
    except (ValueError, InvalidSignature):
        return False
    return True


@dataclass(frozen=True, slots=True)
class HeadCode:
    """What can be read to somebody, or printed: the event's number and 80 bits of its hash."""

    sequence: int
    letters: str
    """16 letters of base32 (RFC 4648)."""

    def __str__(self) -> str:
        groups = (self.letters[place : place + 4] for place in range(0, 16, 4))
        return f"{self.sequence} {'-'.join(groups)}"


def head_code(sequence: int, hash_: str) -> HeadCode:
    """The code of an event, from its hash in hexadecimal; shown as `42 K7QD-M2XA-7RTB-ZZ3E`."""
    return HeadCode(sequence, base64.b32encode(bytes.fromhex(hash_)[:_CODE_BYTES]).decode())


def read_code(text: str) -> HeadCode | None:
    """The code that somebody typed, however they grouped it; None if it is none."""
    found = _CODE.fullmatch(text.upper())
    if found is None:
        return None
    return HeadCode(int(found["sequence"]), re.sub(r"[\s-]", "", found["letters"]))
