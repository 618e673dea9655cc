"""What the screen needs of a connection: the client's `Correspondence` fits, and so does a test's
script.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from boardroom_tui.client.private.updates import (
    CommentsRead,
    LetterHeard,
    LetterRefused,
    LetterSent,
    PrivateStands,
    PrivateUpdate,
)
from boardroom_tui.client.updates import ConnectionChanged, Update, Updates
from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.messages.decision import SealedComment
from boardroom_tui.session.client_output import Heard, Settled
from boardroom_tui.session.connection import Connection, Held, Phase, TokenWanted
from boardroom_tui.state.model import Meeting

__all__ = [
    "CommentsRead",
    "Connection",
    "ConnectionChanged",
    "Elsewhere",
    "Heard",
    "Held",
    "LetterHeard",
    "LetterRefused",
    "LetterSent",
    "MeetingLink",
    "Phase",
    "PrivateStands",
    "PrivateUpdate",
    "Settled",
    "TokenWanted",
    "Update",
]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A meeting that is played is at another moment: nothing heard before counts but this."""

    meeting: Meeting


class MeetingLink(Protocol):
    """A connection to one meeting that comes back by itself."""

    @property
    def updates(
        self,
    ) -> Updates[Update | PrivateUpdate] | Updates[Update | PrivateUpdate | Elsewhere]:
        """Everything that happens, in order; it ends when the link has ended."""
        ...

    @property
    def connection(self) -> Connection:
        """How the connection stands now."""
        ...

    async def run(self) -> None:
        """Connect and reconnect, until it has ended for good."""
        ...

    def send(self, message: ClientMessage) -> str:
        """Send, now or when there is a connection again; the id under which it is sent."""
        ...

    def give_token(self, text: str) -> str | None:
        """Go on with this token; why it cannot be one, in words to show."""
        ...

    def retry_now(self) -> None:
        """Make the next attempt now, where it waits for one."""
        ...

    async def close(self) -> None:
        """End it."""
        ...

    def write(self, conversation: Conversation, text: str, reply_to: str | None = None) -> str:
        """Write to everybody in a private conversation; the id it has until it is sent."""
        ...

    def unlock(self, passphrase: str) -> None:
        """Open this device's keys, or protect new ones."""
        ...

    def look_at(self, user_id: str) -> None:
        """Ask for somebody's devices and their codes."""
        ...

    def accept(self, user_id: str, fingerprints: Collection[str]) -> None:
        """Write to these devices of somebody from now on, and to none that has come since."""
        ...

    def mark_compared(self, user_id: str, device_id: str) -> None:
        """The code of this device was compared and is the same."""
        ...

    def remove_device(self, device_id: str) -> None:
        """Let the server forget a device of one's own."""
        ...

    def seal_comment(
        self, decision_id: str, comment: str, readers: Iterable[str]
    ) -> SealedComment | None:
        """A comment that only the readers' devices open; None where none of them has one."""
        ...

    def read_comments(self, decision_id: str) -> None:
        """Ask for the comments of a secret ballot that is over."""
        ...
