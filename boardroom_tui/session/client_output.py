"""What a client's session asks of the shell that holds the socket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.errors import CloseCode


@dataclass(frozen=True, slots=True)
class Write:
    """Write this text frame; it may hold a token, so its repr does not show it."""

    frame: str = field(repr=False)
    compressible: bool = True
    """Whether the shell may compress it, where it is long."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The server said this; answers are heard too, before what they answer is settled."""

    message: ServerMessage


@dataclass(frozen=True, slots=True)
class Unfamiliar:
    """The server said something of a type that is in no catalogue; it is counted as ignored."""

    type: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settled:
    """A request has its answer, which may be `Refused`, also by this client itself."""

    request: ClientMessage
    answer: ServerMessage


@dataclass(frozen=True, slots=True)
class Hangup:
    """Close the socket with this code, without waiting long, and report it as lost."""

    code: CloseCode
    reason: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Connect again at `at`, in monotonic seconds; None: when somebody has given a new token.

    `fresh_token`: the token ran out, so another attempt with the same one is useless.
    """

    at: float | None
    reason: str
    fresh_token: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """Connect no more; `code` is the close code, where there was one."""

    code: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class NewTokenWanted:
    """The token ends soon: get a new one and give it to the session."""

    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """The server did not take the new token; the connection lives on under the old one."""


ClientOutput = (
    Write | Heard | Unfamiliar | Settled | Hangup | Retry | Ended | NewTokenWanted | TokenRefused
)
