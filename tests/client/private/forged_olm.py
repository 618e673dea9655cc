"""An Olm message made by hand, for a sender that does what no honest device does.

Source: the Olm specification (matrix.org, olm.md): the triple Diffie-Hellman, the first chain's
keys, the encoding of messages.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.padding import PKCS7


@dataclass(frozen=True)
class Forger:
    """Somebody with an identity key and no ratchet."""

    identity: X25519PrivateKey

    def first_message(
        self, identity_key: bytes, one_time_key: bytes, ratchet_key: bytes, plaintext: bytes
    ) -> bytes:
        """A message that begins a session, in which the sender chose this ratchet key."""
        base = X25519PrivateKey.from_private_bytes(secrets.token_bytes(32))
        theirs = X25519PublicKey.from_public_bytes(identity_key)
        once = X25519PublicKey.from_public_bytes(one_time_key)
        shared = self.identity.exchange(once) + base.exchange(theirs) + base.exchange(once)
        chain_key = _derived(shared, b"OLM_ROOT", 64)[32:]
        keys = _derived(hmac.digest(chain_key, b"\x01", hashlib.sha256), b"OLM_KEYS", 80)
        message = b"\x03" + _field(0x0A, ratchet_key) + b"\x10\x00"
        message += _field(0x22, _encrypted(keys, plaintext))
        message += hmac.digest(keys[32:64], message, hashlib.sha256)[:8]
        return (
            b"\x03"
            + _field(0x0A, one_time_key)
            + _field(0x12, base.public_key().public_bytes_raw())
            + _field(0x1A, self.identity.public_key().public_bytes_raw())
            + _field(0x22, message)
        )


def _derived(secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=info).derive(secret)


def _encrypted(keys: bytes, plaintext: bytes) -> bytes:
    padder = PKCS7(128).padder()
    encryptor = Cipher(AES256(keys[:32]), CBC(keys[64:])).encryptor()
    padded = padder.update(plaintext) + padder.finalize()
    return encryptor.update(padded) + encryptor.finalize()


def _field(tag: int, content: bytes) -> bytes:
    """A field of Olm's encoding, of at most 255 bytes."""
    size, more = len(content) % 128, len(content) // 128
    length = bytes([size | 0x80, more]) if more else bytes([size])
    return bytes([tag]) + length + content
