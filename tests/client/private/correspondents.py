"""Devices that write to each other in tests, without a server between them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

from boardroom_tui.client.private.device import Device
from boardroom_tui.client.private.letter import Letter, among, close
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.messages.device import DeviceKeys
from boardroom_tui.protocol.messages.private import Envelope, PrivateMessage

MEETING = "board"
_NUMBERS = count(1)


def introduce(sender: Device, receiver: Device) -> None:
    """Begin a session of the sender's with the receiver's device."""
    (key,) = receiver.new_one_time_keys(1)
    assert sender.begin(receiver.keys, key) is None


def letter_among(*devices: Device, text: str = "Shall we?") -> Letter:
    """A letter to the users of these devices."""
    return Letter(members=among(device.keys.user_id for device in devices), text=text)


def closed(
    letter: Letter, sender: Device, receivers: Sequence[DeviceKeys]
) -> tuple[str, tuple[Envelope, ...]]:
    """What `close` makes of a letter that can be sent."""
    made = close(letter, sender, receivers, MEETING)
    assert not isinstance(made, Problem)
    return made


def carried(sender: DeviceKeys, body: str, envelope: Envelope) -> PrivateMessage:
    """What a server makes of a body and one of its envelopes, each time under a new id."""
    return PrivateMessage(
        data=PrivateMessage.Data(
            meeting_id=MEETING,
            message_id=f"private_{next(_NUMBERS)}",
            user_id=sender.user_id,
            device_id=sender.device_id,
            to_device_id=envelope.device_id,
            kind=envelope.kind,
            key=envelope.key,
            body=body,
            timestamp=datetime(2026, 11, 26, tzinfo=UTC),
        )
    )


def posted(letter: Letter, sender: Device, receiver: Device) -> PrivateMessage:
    """A letter on its way to one device."""
    body, (envelope,) = closed(letter, sender, [receiver.keys])
    return carried(sender.keys, body, envelope)


def altered(message: PrivateMessage, **fields: object) -> PrivateMessage:
    """The message with fields of its data replaced."""
    return message.model_copy(update={"data": message.data.model_copy(update=fields)})


def each_replaced(text: str) -> list[str]:
    """The text with each of its characters replaced by another of base64's, one at a time."""
    return [
        f"{text[:place]}{'B' if character == 'A' else 'A'}{text[place + 1 :]}"
        for place, character in enumerate(text)
    ]


def restarted(device: Device) -> Device:
    """The device as it comes back from disk."""
    loaded = Device.load(device.dump())
    assert isinstance(loaded, Device)
    return loaded
