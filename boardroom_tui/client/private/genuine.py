"""Whether keys, and anything else, are what somebody signed; checked without `cryptography`."""

from vodozemac import Ed25519PublicKey, Ed25519Signature

from boardroom_tui.protocol.messages.device import DeviceKeys, OneTimeKey
from boardroom_tui.protocol.statements import device_statement, one_time_key_statement


def is_genuine(keys: DeviceKeys) -> bool:
    """Whether the device signed its keys; it says nothing about whose device it is."""
    return is_signed_by(keys.signing_key, device_statement(keys), keys.signature)


def is_genuine_key(keys: DeviceKeys, key: OneTimeKey) -> bool:
    """Whether the device with these keys signed a one-time key as its own."""
    statement = one_time_key_statement(keys.user_id, keys.device_id, key)
    return is_signed_by(keys.signing_key, statement, key.signature)


def is_signed_by(public_key: str, statement: bytes, signature: str) -> bool:
    """Whether it is the key's Ed25519 signature of a statement; both are in unpadded base64."""
    try:
        key = Ed25519PublicKey.from_base64(public_key)
        key.verify_signature(statement, Ed25519Signature.from_base64(signature))
    except ValueError:
        return False
    return True
