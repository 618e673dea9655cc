"""A user's messages with the same id are one message (CONTRACT.md, The same message twice)."""

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.messages.collaboration import CursorMove, Typing
from boardroom_tui.protocol.messages.connection import AuthRefresh, Ping
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.record.entry import RememberedRequest
from boardroom_tui.record.journal import Journal

KEPT = 20_000
"""So many of the latest are known without asking the journal."""

_FLEETING = (Ping, AuthRefresh, CursorMove, Typing)
"""What leaves nothing behind, and comes too often to be worth remembering."""

DIFFERENT = Refusal(ErrorCode.INVALID_MESSAGE, "This id was used for another message.")


def digest(request: ClientMessage) -> str:
    """What two requests have in common that say the same."""
    said = f"{request.type}\n{request.data.model_dump_json()}"
    return hashlib.sha256(said.encode()).hexdigest()


def _key(user: str, request_id: str) -> bytes:
    """Who sent something under which id, in as few bytes as tell it from all others."""
    sent = f"{len(user)} {user} {request_id}"
    return hashlib.blake2b(sent.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class _OnItsWay:
    digest: bytes
    settled: asyncio.Event = field(default_factory=asyncio.Event)


class Requests:
    """The ids that users gave to their messages: the latest here, the lasting ones on disk."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._on_their_way: dict[bytes, _OnItsWay] = {}
        self._done: OrderedDict[bytes, bytes] = OrderedDict()
        """What the latest were, by who sent them under which id: all of it digests."""

    async def admit(self, user: str, request: ClientMessage) -> RememberedRequest | Refusal | None:
        """What a request was the first time; None: go ahead, and say `finish` afterwards.

        What is not lasting is done again, since it changes only what is so already. Raises
        JournalError.
        """
        if request.id is None or isinstance(request, _FLEETING):
            return None
        key, said = _key(user, request.id), digest(request)
        short = bytes.fromhex(said)
        while (first := self._on_their_way.get(key)) is not None:
            if first.digest != short:
                return DIFFERENT
            if not request.lasting:
                return None
            await first.settled.wait()
        if self._done.get(key, short) != short:
            return DIFFERENT
        self._on_their_way[key] = _OnItsWay(short)
        if not request.lasting:
            return None
        found = await self._written(user, request.id, request, said)
        if found is not None:
            self.finish(user, request, accepted=not isinstance(found, Refusal))
        return found

    def is_known(self, user: str, request: ClientMessage) -> bool:
        """Whether a request of this id was done before, and not so long ago."""
        if request.id is None:
            return False
        key = _key(user, request.id)
        return key in self._on_their_way or key in self._done

    def finish(self, user: str, request: ClientMessage, *, accepted: bool) -> None:
        """Say how a request ended: what was refused had no effect and is forgotten."""
        if request.id is None or isinstance(request, _FLEETING):
            return
        key = _key(user, request.id)
        first = self._on_their_way.pop(key, None)
        if first is None:
            return
        first.settled.set()
        if accepted:
            self._done[key] = first.digest
            if len(self._done) > KEPT:
                self._done.popitem(last=False)

    async def _written(
        self, user: str, request_id: str, request: ClientMessage, said: str
    ) -> RememberedRequest | Refusal | None:
        found = await self._journal.find_request(user, request_id)
        if found is None:
            return None
        # Without a digest it was a vote in a secret ballot that is over: its id is all there is.
        known = isinstance(request, VoteCast) if found.digest is None else found.digest == said
        return found if known else DIFFERENT
