"""What is signed: a device's keys, a record's head, each as bytes that mean nothing else.

JSON with sorted names and no blanks behind a line that says what it is for, so that a signature
under one kind of statement never passes for another.
"""

import json
from collections.abc import Mapping

from boardroom_tui.protocol.messages.device import DeviceKeys, OneTimeKey

_DEVICE = "boardroom device keys 1"
_ONE_TIME_KEY = "boardroom one-time key 1"
_HEAD = "boardroom record head 1"


def device_statement(keys: DeviceKeys) -> bytes:
    """What `keys.signature` signs: all the other fields."""
    return _statement(_DEVICE, keys.model_dump(exclude={"signature"}))


def one_time_key_statement(user_id: str, device_id: str, key: OneTimeKey) -> bytes:
    """What `key.signature` signs: the key, and which device it is for."""
    fields = key.model_dump(exclude={"signature"})
    return _statement(_ONE_TIME_KEY, {**fields, "userId": user_id, "deviceId": device_id})


def head_statement(meeting_id: str, sequence: int, hash_: str) -> bytes:
    """What the server signs of a record: that this event of the meeting has this hash."""
    return _statement(_HEAD, {"meetingId": meeting_id, "sequence": sequence, "hash": hash_})


def _statement(purpose: str, fields: Mapping[str, str | int]) -> bytes:
    body = json.dumps(dict(fields), sort_keys=True, separators=(",", ":"))
    return f"{purpose}\n{body}".encode()
