"""Devices: the keys with which a member's terminals write to each other in private.

A server hands public keys on and can make up none that goes unnoticed: each device signs its
own, and clients remember the ones they have seen.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import Count, Identifier, Model, Omitted, PublicKey, Signature
from boardroom_tui.protocol.limits import (
    DEVICES_PER_MESSAGE,
    ONE_TIME_KEYS_PER_MESSAGE,
    USERS_PER_QUERY,
)

_SOURCE = "DESIGN.md, The client: device keys"


class DeviceKeys(Model):
    """A device's public keys, signed by its own `signingKey` (Ed25519)."""

    user_id: Identifier
    device_id: Identifier
    identity_key: PublicKey
    """Curve25519: who an Olm session is with."""
    signing_key: PublicKey
    """Ed25519: what the device signs with."""
    sealing_key: PublicKey
    """X25519: what is sealed to it alone, without a session (RFC 9180)."""
    signature: Signature


class OneTimeKey(Model):
    """A key that begins one Olm session, signed by the device."""

    key_id: Identifier
    key: PublicKey
    signature: Signature


class DeviceReference(Model):
    """A device of somebody."""

    user_id: Identifier
    device_id: Identifier


class ClaimedKey(DeviceReference):
    """A one-time key of a device; nobody else gets the same one."""

    one_time_key: OneTimeKey


Users = Annotated[tuple[Identifier, ...], Field(max_length=USERS_PER_QUERY)]
References = Annotated[tuple[DeviceReference, ...], Field(max_length=DEVICES_PER_MESSAGE)]
OneTimeKeys = Annotated[tuple[OneTimeKey, ...], Field(max_length=ONE_TIME_KEYS_PER_MESSAGE)]


class DevicePublish(Request):
    """Publish this device's keys, and hear on this connection what is written to it.

    A device's own keys never change; `fallbackKey` serves when all one-time keys are used up. A
    device that was not seen for 60 days is forgotten when its user publishes a new one. Where it
    is refused, `details.reason` is `signature`, `other_keys` (use a new `deviceId`) or
    `too_many_devices` (remove one first).
    """

    class Data(Model):
        device: DeviceKeys
        one_time_keys: OneTimeKeys = ()
        fallback_key: Annotated[OneTimeKey | None, Omitted] = None

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("device.published",)

    type: Literal["device.publish"] = "device.publish"
    data: Data


class DevicePublished(Event):
    """The device's keys are on disk; so many of its one-time keys are left."""

    class Data(Model):
        device_id: Identifier
        one_time_keys_left: Count

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["device.published"] = "device.published"
    data: Data


class DeviceRemove(Request):
    """Forget a device of one's own, with everything that waits for it."""

    class Data(Model):
        device_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("device.changed",)

    type: Literal["device.remove"] = "device.remove"
    data: Data


class DeviceChanged(Event):
    """Somebody has one device more, or one less: ask for the list again."""

    class Data(Model):
        user_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["device.changed"] = "device.changed"
    data: Data


class DeviceQuery(Request):
    """Ask for the devices of members of a meeting."""

    class Data(Model):
        meeting_id: Identifier
        user_ids: Users

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("device.list",)

    type: Literal["device.query"] = "device.query"
    data: Data


class DeviceList(Event):
    """All devices of those who were asked about; nothing tells a stranger from a member."""

    class Data(Model):
        meeting_id: Identifier
        user_ids: Users
        devices: tuple[DeviceKeys, ...]

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["device.list"] = "device.list"
    data: Data


class DeviceClaim(Request):
    """Take a one-time key of each of these devices, to begin an Olm session with it.

    Where none is left, and to a user who takes too many of one device, its fallback key is given.
    """

    class Data(Model):
        meeting_id: Identifier
        devices: References

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    permission: ClassVar[Permission] = Permission.WRITE
    answers: ClassVar[tuple[str, ...]] = ("device.claimed",)

    type: Literal["device.claim"] = "device.claim"
    data: Data


class DeviceClaimed(Event):
    """A key of each device that is there and has one."""

    class Data(Model):
        meeting_id: Identifier
        keys: tuple[ClaimedKey, ...]

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["device.claimed"] = "device.claimed"
    data: Data
