"""How it stands with those whom one writes to in private, as a client tells a screen."""

from dataclasses import dataclass
from enum import Enum

PASSPHRASE_CHARACTERS = 8
"""A new passphrase, where there is no keyring for the keys, has at least so many."""


class Obstacle(Enum):
    """Why nothing can be written to somebody in private now."""

    UNKNOWN = "unknown"
    """The server has not told of their devices yet."""
    NO_DEVICE = "no device"
    NEW_DEVICE = "new device"
    """There is one that was not looked at yet."""
    CHANGED_DEVICE = "changed device"
    """A device that was known has other keys now."""


class Readiness(Enum):
    """Whether this program can read and write private messages."""

    UNAVAILABLE = "unavailable"
    """Not with this server, or not on this machine; the reason says why."""
    OPENING = "opening"
    LOCKED = "locked"
    """A passphrase opens the keys."""
    UNPROTECTED = "unprotected"
    """There is no keyring and no passphrase yet: the keys need one to rest under."""
    READY = "ready"


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device of somebody, as it can be told apart and compared."""

    device_id: str
    fingerprint: str
    """Stands for exactly these keys: who accepts a device accepts this."""
    short_id: str
    code: str
    """What both read to each other; empty for the device in use, and until it is worked out."""
    accepted: bool
    compared: bool
    own: bool = False
    """Whether it is the device in use."""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody's devices, and why nothing can be written to them, if so."""

    user_id: str
    devices: tuple[DeviceView, ...] = ()
    obstacle: Obstacle | None = Obstacle.UNKNOWN


Conversation = tuple[str, ...]
"""Who is in a private conversation, oneself included: bare user ids in order. It has no other
name: other members are another conversation."""
