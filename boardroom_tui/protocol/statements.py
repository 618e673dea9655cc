"""What a device signs: its keys, each as bytes that mean nothing else.

JSON with sorted names and no blanks behind a line that says what it is for, so that a signature
under one kind of statement never passes for another.
"""

import json

from boardroom_tui.protocol.messages.device import DeviceKeys, OneTimeKey

_DEVICE = "boardroom device keys 1"
_ONE_TIME_KEY = "boardroom one-time key 1"


def device_statement(keys: DeviceKeys) -> bytes:
    """What `keys.signature` signs: all the other fields."""
    return _statement(_DEVICE, keys.model_dump(exclude={"signature"}))


def one_time_key_statement(user_id: str, device_id: str, key: OneTimeKey) -> bytes:
    """What `key.signature` signs: the key, and which device it is for."""
    fields = key.model_dump(exclude={"signature"})
    return _statement(_ONE_TIME_KEY, {**fields, "userId": user_id, "deviceId": device_id})


def _statement(purpose: str, fields: dict[str, str]) -> bytes:
    body = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return f"{purpose}\n{body}".encode()
