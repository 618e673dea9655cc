"""Devices' public keys in the mailbox's database: what is done there in one transaction."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple

from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.limits import DEVICES_PER_USER
from boardroom_tui.protocol.messages.device import (
    ClaimedKey,
    DeviceKeys,
    DeviceReference,
    OneTimeKey,
)

ONE_TIME_KEYS_KEPT = 100
"""So many of a device's one-time keys are kept; further ones are not taken in."""

IDLE = timedelta(days=60)
"""Not seen for so long, a device is forgotten with its mail when its user publishes another."""


class Address(NamedTuple):
    """A device, with its user in the form in which two of them are compared."""

    user: str
    device: str


@dataclass(frozen=True, slots=True)
class Published:
    """A device's keys are kept."""

    is_new: bool
    one_time_keys_left: int


class Unpublished(Enum):
    """Why a device's keys are not kept."""

    OTHER_KEYS = auto()
    TOO_MANY = auto()


def address(device: DeviceKeys | DeviceReference) -> Address:
    """Which device that is."""
    return Address(bare(Kind.USER, device.user_id), device.device_id)


def written(moment: datetime) -> str:
    """A time as text that sorts as the times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def publish(
    database: sqlite3.Connection,
    device: DeviceKeys,
    one_time_keys: Sequence[OneTimeKey],
    fallback: OneTimeKey | None,
    now: datetime,
) -> Published | Unpublished:
    """Keep a device's keys, or refuse and change nothing."""
    at = address(device)
    known = _keys(database, at)
    if known is not None and not _same_keys(known, device):
        return Unpublished.OTHER_KEYS
    if known is None and not _admit(database, device, now):
        return Unpublished.TOO_MANY
    saw(database, at, now)
    if fallback is not None:
        database.execute(
            "UPDATE devices SET fallback = ? WHERE user = ? AND device = ?",
            (fallback.model_dump_json(), *at),
        )
    _keep(database, at, one_time_keys)
    return Published(known is None, _left(database, at))


def saw(database: sqlite3.Connection, at: Address, now: datetime) -> None:
    """Note that a device was here."""
    database.execute(
        "UPDATE devices SET seen = ? WHERE user = ? AND device = ?", (written(now), *at)
    )


def remove(database: sqlite3.Connection, at: Address) -> bool:
    """Forget a device with everything that waits for it; whether there was one."""
    for table in ("one_time_keys", "envelopes"):
        database.execute(f"DELETE FROM {table} WHERE user = ? AND device = ?", at)  # noqa: S608
    gone = database.execute("DELETE FROM devices WHERE user = ? AND device = ?", at)
    return gone.rowcount > 0


def is_known(database: sqlite3.Connection, at: Address) -> bool:
    """Whether there is such a device."""
    return _keys(database, at) is not None


def of_users(database: sqlite3.Connection, users: Iterable[str]) -> list[DeviceKeys]:
    """All devices of these users."""
    return [
        DeviceKeys.model_validate_json(keys)
        for user in users
        for (keys,) in database.execute(
            "SELECT keys FROM devices WHERE user = ? ORDER BY device", (user,)
        )
    ]


def claim(
    database: sqlite3.Connection, wanted: Iterable[Address], sparing: Iterable[Address]
) -> list[ClaimedKey]:
    """A key of each device that has one: its fallback where the one-time keys are to be spared."""
    claimed: list[ClaimedKey] = []
    for at, take in (*((at, _take) for at in wanted), *((at, _fallback) for at in sparing)):
        keys = _keys(database, at)
        key = None if keys is None else take(database, at) or _fallback(database, at)
        if keys is not None and key is not None:
            claimed.append(
                ClaimedKey(
                    # As the device writes it: that is what it has signed.
                    user_id=DeviceKeys.model_validate_json(keys).user_id,
                    device_id=at.device,
                    one_time_key=OneTimeKey.model_validate_json(key),
                )
            )
    return claimed


def _keys(database: sqlite3.Connection, at: Address) -> str | None:
    found = database.execute(
        "SELECT keys FROM devices WHERE user = ? AND device = ?", at
    ).fetchone()
    return None if found is None else found[0]


def _same_keys(known: str, device: DeviceKeys) -> bool:
    before = DeviceKeys.model_validate_json(known)
    return (before.identity_key, before.signing_key, before.sealing_key) == (
        device.identity_key,
        device.signing_key,
        device.sealing_key,
    )


def _admit(database: sqlite3.Connection, device: DeviceKeys, now: datetime) -> bool:
    """Whether there was room for one device more among those that were seen lately."""
    at = address(device)
    every = database.execute("SELECT device, seen FROM devices WHERE user = ?", (at.user,))
    seen = {Address(at.user, name): when for name, when in every}
    idle = [one for one, when in seen.items() if when < written(now - IDLE)]
    if len(seen) - len(idle) >= DEVICES_PER_USER:
        return False
    for forgotten in idle:
        remove(database, forgotten)
    database.execute(
        "INSERT INTO devices (user, device, keys, seen) VALUES (?, ?, ?, ?)",
        (*at, device.model_dump_json(), written(now)),
    )
    return True


def _keep(database: sqlite3.Connection, at: Address, keys: Sequence[OneTimeKey]) -> None:
    for key in keys:
        if _left(database, at) >= ONE_TIME_KEYS_KEPT:
            return
        database.execute(
            "INSERT OR IGNORE INTO one_time_keys (user, device, id, key) VALUES (?, ?, ?, ?)",
            (*at, key.key_id, key.model_dump_json()),
        )


def _left(database: sqlite3.Connection, at: Address) -> int:
    return database.execute(
        "SELECT count(*) FROM one_time_keys WHERE user = ? AND device = ? AND key IS NOT NULL", at
    ).fetchone()[0]


def _take(database: sqlite3.Connection, at: Address) -> str | None:
    """A one-time key, which nobody gets again."""
    found = database.execute(
        "SELECT id, key FROM one_time_keys"
        " WHERE user = ? AND device = ? AND key IS NOT NULL LIMIT 1",
        at,
    ).fetchone()
    if found is None:
        return None
    key_id, key = found
    database.execute(
        "UPDATE one_time_keys SET key = NULL WHERE user = ? AND device = ? AND id = ?",
        (*at, key_id),
    )
    return key


def _fallback(database: sqlite3.Connection, at: Address) -> str | None:
    return database.execute(
        "SELECT fallback FROM devices WHERE user = ? AND device = ?", at
    ).fetchone()[0]
