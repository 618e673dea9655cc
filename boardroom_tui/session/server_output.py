"""What a server's session asks of the shell that holds the socket."""

from dataclasses import dataclass

from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.errors import CloseCode


@dataclass(frozen=True, slots=True)
class Send:
    """Send this message, which is stamped, to this connection."""

    message: ServerMessage


@dataclass(frozen=True, slots=True)
class Close:
    """Close the connection once what was sent before is out."""

    code: CloseCode
    reason: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """Act on this message: it is well formed, within its limits, and the sender's own."""

    message: ClientMessage


ServerOutput = Send | Close | Deliver
