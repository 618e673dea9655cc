"""Whether a device's public keys are what the device signed."""

from vodozemac import Ed25519PublicKey, Ed25519Signature

from boardroom_tui.protocol.messages.device import DeviceKeys, OneTimeKey
from boardroom_tui.protocol.statements import device_statement, one_time_key_statement


def is_genuine(keys: DeviceKeys) -> bool:
    """Whether the device signed its keys; it says nothing about whose device it is."""
    return _signed(keys, device_statement(keys), keys.signature)


def is_genuine_key(keys: DeviceKeys, key: OneTimeKey) -> bool:
    """Whether the device with these keys signed a one-time key as its own."""
    return _signed(keys, one_time_key_statement(keys.user_id, keys.device_id, key), key.signature)


def _signed(keys: DeviceKeys, statement: bytes, signature: str) -> bool:
    try:
        signing_key = Ed25519PublicKey.from_base64(keys.signing_key)
        signing_key.verify_signature(statement, Ed25519Signature.from_base64(signature))
    except ValueError:
        return False
    return True
