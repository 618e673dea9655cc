"""What there is in place of a text that cannot be read."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something cannot be read, as it may stand in a log."""

    NO_SESSION = "no Olm session decrypts it: it was read before, altered, or not for this device"
    WRONG_DEVICE = "it is not from the device, or not for the one, that it is said to be"
    ALTERED = "it is not what its sender closed for this device"
    MALFORMED = "its sender wrote what is no letter"
    STRANGER = "its sender or its receiver is no member of the conversation that it names"
    NOT_SEALED = "it was altered, or not sealed to this device for this purpose"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that cannot be read, and why."""

    reason: Reason
