"""Texts sealed to a device without a session with it (RFC 9180, base mode).

Whoever has the device's public keys can seal to it, and nothing tells who did: that is what a
comment in a secret ballot needs.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from boardroom_tui.client.private.unreadable import Reason, Unreadable
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.limits import COMMENT_CHARACTERS
from boardroom_tui.protocol.messages.device import DeviceKeys
from boardroom_tui.protocol.text import clean
from boardroom_tui.protocol.unpadded import decoded, encoded

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

_BYTES = 4096
"""Each text is filled up to this, for its length would tell about it; the longest has 4,000."""

_END = b"\x80"
"""What stands between a text and its filling of zeros (ISO/IEC 7816-4)."""


def seal_to(keys: DeviceKeys, text: str, purpose: str) -> str | Problem:
    """Seal a text to a device, in unpadded base64; it opens for the same purpose alone."""
    cleaned = clean(text)
    if len(cleaned) > COMMENT_CHARACTERS:
        return Problem(f"at most {COMMENT_CHARACTERS:,} characters can be sealed: shorten it")
    filled = (cleaned.encode() + _END).ljust(_BYTES, b"\0")
    try:
        receiver = X25519PublicKey.from_public_bytes(decoded(keys.sealing_key) or b"")
        return encoded(_SUITE.encrypt(filled, receiver, info=_info(purpose)))
    except ValueError:
        return Problem(f"nothing can be sealed to {keys.user_id}'s device {keys.device_id}")


def unseal(private_key: X25519PrivateKey, sealed: str, purpose: str) -> str | Unreadable:
    """What was sealed to this key for a purpose, cleaned for the screen."""
    try:
        filled = _SUITE.decrypt(decoded(sealed) or b"", private_key, info=_info(purpose))
    except InvalidTag:
        return Unreadable(Reason.NOT_SEALED)
    content = filled.rstrip(b"\0")
    try:
        text = content.removesuffix(_END).decode("utf-8")
    except UnicodeDecodeError:
        return Unreadable(Reason.MALFORMED)
    if not content.endswith(_END) or len(text) > COMMENT_CHARACTERS:
        return Unreadable(Reason.MALFORMED)
    return clean(text)


def _info(purpose: str) -> bytes:
    return f"boardroom sealed text 1\n{purpose}".encode()
