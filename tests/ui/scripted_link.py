"""A link that does what a test's script says, and keeps what was sent."""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from boardroom_tui.client.updates import Updates
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.messages.decision import SealedComment, SealedCopy
from boardroom_tui.ui.link import (
    Connection,
    ConnectionChanged,
    Heard,
    Phase,
    PrivateUpdate,
    Settled,
    Update,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class ScriptedLink:
    """Ready from the start; `hear`, `settle` and `become` are the script's."""

    def __init__(self, *, latency_ms: float | None = 23.0) -> None:
        self.connection = Connection(Phase.READY, NOON, latency_ms=latency_ms)
        self.updates = Updates[Update | PrivateUpdate]()
        self.sent: list[ClientMessage] = []
        self.written: list[tuple[Conversation, str, str | None]] = []
        self.done: list[tuple[str, str]] = []
        """What was asked of the correspondence, with whom or what it is about."""
        self.closed = False
        self.retried = 0
        self.tokens: list[str] = []
        """What was given as a new token; the script says what comes of it."""
        self._ended = asyncio.Event()

    async def run(self) -> None:
        """Run until it is closed or has ended."""
        await self._ended.wait()

    def send(self, message: ClientMessage) -> str:
        """Keep the message; ids are `req_1`, `req_2` and so on."""
        request_id = f"req_{len(self.sent) + 1}"
        self.sent.append(message.model_copy(update={"id": request_id}))
        return request_id

    def give_token(self, text: str) -> str | None:
        """Keep it, unless it is none."""
        if not text:
            return "what you gave holds no token"
        self.tokens.append(text)
        return None

    def retry_now(self) -> None:
        """Count it."""
        self.retried += 1

    def write(self, conversation: Conversation, text: str, reply_to: str | None = None) -> str:
        """Keep what is written in private; ids are `private_1` and so on."""
        self.written.append((conversation, text, reply_to))
        return f"private_{len(self.written)}"

    def unlock(self, passphrase: str) -> None:
        """Keep it."""
        self.done.append(("unlock", passphrase))

    def look_at(self, user_id: str) -> None:
        """Keep it."""
        self.done.append(("look at", user_id))

    def accept(self, user_id: str, fingerprints: Collection[str]) -> None:
        """Keep it."""
        self.done.append(("accept", f"{user_id} {' '.join(fingerprints)}"))

    def mark_compared(self, user_id: str, device_id: str) -> None:
        """Keep it."""
        self.done.append(("compared", f"{user_id} {device_id}"))

    def remove_device(self, device_id: str) -> None:
        """Keep it."""
        self.done.append(("remove", device_id))

    def seal_comment(
        self, decision_id: str, comment: str, readers: Iterable[str]
    ) -> SealedComment | None:
        """A copy for the device of each reader, sealed to nobody."""
        del decision_id, comment
        return tuple(
            SealedCopy(user_id=reader, device_id=f"device_{reader}", sealed="sealed")
            for reader in readers
        )

    def read_comments(self, decision_id: str) -> None:
        """Keep it."""
        self.done.append(("read comments", decision_id))

    async def close(self) -> None:
        """End it."""
        self.closed = True
        self._finish()

    def hear(self, *messages: ServerMessage) -> None:
        """The server says this."""
        for message in messages:
            self.updates.add(Heard(message))

    def settle(self, answer: ServerMessage, request: ClientMessage | None = None) -> None:
        """The server answers a request, the last one that was sent if none is given."""
        self.updates.add(Settled(request or self.sent[-1], answer))

    def tell(self, update: Update | PrivateUpdate) -> None:
        """Anything else that a link tells."""
        self.updates.add(update)

    def become(self, phase: Phase, **fields: object) -> None:
        """The connection is in another phase."""
        self.connection = replace(self.connection, phase=phase, **fields)  # pyright: ignore[reportArgumentType]
        self.updates.add(ConnectionChanged(self.connection))
        if phase is Phase.ENDED:
            self._finish()

    def sent_of(self, kind: type[ClientMessage]) -> list[ClientMessage]:
        """What was sent of this type."""
        return [message for message in self.sent if isinstance(message, kind)]

    def _finish(self) -> None:
        self._ended.set()
        self.updates.end()
