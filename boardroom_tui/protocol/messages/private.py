"""Private messages: written on one device, readable on those it is addressed to and nowhere else.

The server keeps what it cannot read, in order, until each device has it. Who belongs to a private
conversation is told in the ciphertext alone; the server sees from whom, to which devices, when,
and about how long.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import (
    Ciphertext,
    Identifier,
    Model,
    Timestamp,
    WrappedKey,
)
from boardroom_tui.protocol.limits import DEVICES_PER_MESSAGE, RECEIPTS_PER_MESSAGE, Rate
from boardroom_tui.protocol.messages.device import DeviceReference

_SOURCE = "DESIGN.md, The client: device keys"

OlmKind = Annotated[int, Field(ge=0, le=1)]
"""0 for a message that begins an Olm session, 1 for a later one."""


class Envelope(DeviceReference):
    """The body's key for one device, encrypted in the Olm session with it."""

    kind: OlmKind
    key: WrappedKey


class PrivateSend(Request):
    """Write to devices of members of the meeting: one body, and its key for each of them.

    It is taken for all of them or refused for all. `details.reason` is then `devices` where one
    is no device of a member (ask for the list again), `own_device` where the sender's own is not
    published, and `mailbox_full` where too much waits for one.
    """

    class Data(Model):
        meeting_id: Identifier
        device_id: Identifier
        """The sender's own device."""
        body: Ciphertext
        envelopes: Annotated[
            tuple[Envelope, ...], Field(min_length=1, max_length=DEVICES_PER_MESSAGE)
        ]

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    permission: ClassVar[Permission] = Permission.WRITE
    rate: ClassVar[Rate | None] = Rate.CHAT
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("private.accepted",)

    type: Literal["private.send"] = "private.send"
    data: Data


class PrivateAccepted(Event):
    """The message is on disk and goes to every device it is addressed to."""

    class Data(Model):
        message_id: Identifier
        timestamp: Timestamp

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["private.accepted"] = "private.accepted"
    data: Data


class PrivateMessage(Event):
    """A private message for this device; until it is acknowledged, each new connection gets it."""

    class Data(Model):
        meeting_id: Identifier
        message_id: Identifier
        user_id: Identifier
        """The sender, as its token says."""
        device_id: Identifier
        """The sender's device."""
        to_device_id: Identifier
        kind: OlmKind
        key: WrappedKey
        body: Ciphertext
        timestamp: Timestamp

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    reach: ClassVar[Reach] = Reach.CONNECTION

    type: Literal["private.message"] = "private.message"
    data: Data


class PrivateReceived(Request):
    """The device has these messages for good: the server forgets its copies."""

    class Data(Model):
        device_id: Identifier
        message_ids: Annotated[tuple[Identifier, ...], Field(max_length=RECEIPTS_PER_MESSAGE)]

    extension: ClassVar[bool] = True
    source: ClassVar[str] = _SOURCE
    permission: ClassVar[Permission] = Permission.READ

    type: Literal["private.received"] = "private.received"
    data: Data
