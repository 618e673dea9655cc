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


@dataclass(slots=True)
class _Known:
    digest: str
    settled: asyncio.Event | None = field(default_factory=asyncio.Event)
    """Set when it is, and then not kept: it is most of what this takes of the memory."""


class Requests:
    """The ids that users gave to their messages: the latest here, the lasting ones on disk."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: OrderedDict[tuple[str, str], _Known] = OrderedDict()

    async def admit(self, user: str, request: ClientMessage) -> RememberedRequest | Refusal | None:
        """What a request was the first time; None: go ahead, and say `finish` afterwards.

        What is not lasting is done again, since it changes only what is so already. Raises
        JournalError.
        """
        if request.id is None or isinstance(request, _FLEETING):
            return None
        key = (user, request.id)
        said = digest(request)
        while (known := self._known.get(key)) is not None:
            if known.digest != said:
                return DIFFERENT
            if not request.lasting:
                return None
            if known.settled is None:
                break
            await known.settled.wait()
        else:
            self._remember(key, said)
        if not request.lasting:
            return None
        found = await self._written(user, request.id, request, said)
        if found is not None:
            self.finish(user, request, accepted=not isinstance(found, Refusal))
        return found

    def is_known(self, user: str, request: ClientMessage) -> bool:
        """Whether a request of this id was done before, and not so long ago."""
        return request.id is not None and (user, request.id) in self._known

    def finish(self, user: str, request: ClientMessage, *, accepted: bool) -> None:
        """Say how a request ended: what was refused had no effect and is forgotten."""
        if request.id is None or isinstance(request, _FLEETING):
            return
        key = (user, request.id)
        known = self._known.get(key)
        if known is not None:
            if known.settled is not None:
                known.settled.set()
                known.settled = None
            if not accepted:
                del self._known[key]

    def _remember(self, key: tuple[str, str], said: str) -> None:
        self._known[key] = _Known(said)
        while len(self._known) > KEPT and next(iter(self._known.values())).settled is None:
            self._known.popitem(last=False)

    async def _written(
        self, user: str, request_id: str, request: ClientMessage, said: str
    ) -> RememberedRequest | Refusal | None:
        found = await self._journal.find_request(user, request_id)
        if found is None:
            return None
        # Without a digest it was a vote in a secret ballot that is over: its id is all there is.
        known = isinstance(request, VoteCast) if found.digest is None else found.digest == said
        return found if known else DIFFERENT
