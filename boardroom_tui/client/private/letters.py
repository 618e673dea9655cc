"""Letters on their way: written one after the other, read once, acknowledged when they are kept."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.client.link import Link
from boardroom_tui.client.private.acquaintances import Acquaintances
from boardroom_tui.client.private.desk import Desk
from boardroom_tui.client.private.device import Unreadable
from boardroom_tui.client.private.history import Entry
from boardroom_tui.client.private.letter import Letter, close, open_letter
from boardroom_tui.client.private.updates import (
    LetterHeard,
    LetterRefused,
    LetterSent,
    PrivateUpdate,
)
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.protocol.limits import RECEIPTS_PER_MESSAGE
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.device import DeviceKeys
from boardroom_tui.protocol.messages.meeting import ChatLine
from boardroom_tui.protocol.messages.private import (
    PrivateAccepted,
    PrivateMessage,
    PrivateReceived,
    PrivateSend,
)

DEVICES_CHANGED = "devices"
"""The server's `details.reason` where a device that was written to is there no longer."""

UNREADABLE = "[A private message that cannot be read on this device. Ask for it again.]"

Tell = Callable[[PrivateUpdate], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """Something that is to be written."""

    local_id: str
    conversation: Conversation
    text: str
    reply_to: str | None


class Letters:
    """What this device writes and reads."""

    def __init__(
        self, link: Link, desk: Desk, others: Acquaintances, meeting_id: str, tell: Tell
    ) -> None:
        self._link = link
        self._desk = desk
        self._others = others
        self._meeting_id = meeting_id
        self._tell = tell
        self._on_the_way: dict[str, Draft] = {}
        self._retried: set[str] = set()
        self._read: set[str] = set()
        self._receipts: list[str] = []
        self._renewed: set[str] = set()

    async def recall(self) -> Problem | None:
        """Tell what was said before, from what is kept here."""
        entries = await self._desk.remembered()
        if isinstance(entries, Problem):
            return entries
        for entry in entries:
            self._read.add(entry.message_id)
            if not same(Kind.MEETING, entry.meeting_id, self._meeting_id):
                continue
            line = self._line(entry.user_id, entry.message_id, entry.timestamp, entry)
            self._tell(LetterHeard(entry.members, line, earlier=True))
        return None

    # Writing

    async def write(self, waiting: deque[Draft]) -> None:
        """Send what waits, in order; what cannot be sent is told with the reason."""
        while waiting:
            draft = waiting.popleft()
            problem = await self._write(draft)
            if problem is not None:
                self._refuse(draft, str(problem))

    async def _write(self, draft: Draft) -> Problem | None:
        receivers = self._receivers(draft.conversation)
        if isinstance(receivers, Problem):
            return receivers
        problem = await self._others.begin_sessions(receivers)
        if problem is not None:
            return problem
        letter = Letter(members=draft.conversation, text=draft.text, reply_to=draft.reply_to)
        sent = await self._send(letter, receivers)
        if isinstance(sent, Problem):
            return sent
        self._on_the_way[sent] = draft
        return None

    async def _send(self, letter: Letter, receivers: Sequence[DeviceKeys]) -> str | Problem:
        device = self._desk.device
        closed = close(letter, device, receivers, self._meeting_id)
        if isinstance(closed, Problem):
            return closed
        body, envelopes = closed
        # On disk before it leaves: no key of the ratchet is ever used twice.
        problem = await self._desk.save()
        if problem is not None:
            return problem
        data = PrivateSend.Data(
            meeting_id=self._meeting_id,
            device_id=device.keys.device_id,
            body=body,
            envelopes=envelopes,
        )
        return self._link.send(PrivateSend(data=data))

    def _receivers(self, conversation: Conversation) -> tuple[DeviceKeys, ...] | Problem:
        """The devices of everybody in the conversation but this one; none may be in doubt."""
        receivers: list[DeviceKeys] = []
        for user_id in conversation:
            if self._desk.known.obstacle(user_id) is not None:
                return Problem(f"not sent: the devices of {user_id} have to be looked at first")
            receivers += self._desk.known.receivers(user_id)
        own = self._desk.device.keys
        return tuple(one for one in receivers if one != own)

    async def settle(self, request: PrivateSend, answer: ServerMessage) -> Draft | None:
        """What became of a letter; one to write again where its receivers have changed."""
        draft = self._on_the_way.pop(request.id or "", None)
        if draft is None:
            return None
        if isinstance(answer, PrivateAccepted):
            await self._sent(draft, answer.data)
        elif isinstance(answer, Refused):
            reason = (answer.data.details or {}).get("reason")
            if reason == DEVICES_CHANGED and draft.local_id not in self._retried:
                self._retried.add(draft.local_id)
                await self._others.look_up(draft.conversation)
                return draft
            self._refuse(draft, answer.data.message)
        return None

    async def _sent(self, draft: Draft, accepted: PrivateAccepted.Data) -> None:
        entry = Entry(
            meeting_id=self._meeting_id,
            own=True,
            members=draft.conversation,
            message_id=accepted.message_id,
            user_id=self._own_id,
            text=draft.text,
            reply_to=draft.reply_to,
            timestamp=accepted.timestamp,
        )
        self._read.add(accepted.message_id)
        await self._desk.remember(entry)
        line = self._line(self._own_id, accepted.message_id, accepted.timestamp, entry)
        self._tell(LetterSent(draft.conversation, draft.local_id, line))

    def _refuse(self, draft: Draft, reason: str) -> None:
        self._tell(LetterRefused(draft.conversation, draft.local_id, reason))

    # Reading

    async def read(self, message: PrivateMessage) -> Problem | None:
        """Read a letter and tell it; it is acknowledged once it is kept."""
        data = message.data
        if data.message_id not in self._read:
            problem = await self._read_new(message)
            if problem is not None:
                return problem
            self._read.add(data.message_id)
        self._receipts.append(data.message_id)
        return None

    def acknowledge(self) -> None:
        """Tell the server which letters are kept, so that it forgets them."""
        while self._receipts:
            some = tuple(self._receipts[:RECEIPTS_PER_MESSAGE])
            del self._receipts[:RECEIPTS_PER_MESSAGE]
            own = self._desk.device.keys.device_id
            data = PrivateReceived.Data(device_id=own, message_ids=some)
            self._link.send(PrivateReceived(data=data))

    async def _read_new(self, message: PrivateMessage) -> Problem | None:
        data = message.data
        sender = await self._sender(data)
        if sender is None:
            return await self._unreadable(data)
        opened = open_letter(message, self._desk.device, sender)
        if isinstance(opened, Unreadable):
            problem = await self._unreadable(data)
            return problem or await self._renew(sender)
        if opened.text is None:
            return await self._desk.save()
        entry = Entry(
            meeting_id=self._meeting_id,
            own=False,
            members=opened.members,
            message_id=data.message_id,
            user_id=bare(Kind.USER, sender.user_id),
            text=opened.text,
            reply_to=opened.reply_to,
            timestamp=data.timestamp,
        )
        problem = await self._desk.remember(entry)
        if problem is None:
            line = self._line(entry.user_id, entry.message_id, entry.timestamp, entry)
            accepted = sender in self._desk.known.receivers(entry.user_id)
            self._tell(LetterHeard(opened.members, line, accepted=accepted))
        return problem

    async def _sender(self, data: PrivateMessage.Data) -> DeviceKeys | None:
        found = self._desk.known.find(data.user_id, data.device_id)
        if found is None:
            await self._others.look_up([data.user_id])
            found = self._desk.known.find(data.user_id, data.device_id)
        return found

    async def _unreadable(self, data: PrivateMessage.Data) -> Problem | None:
        """Say that something came and could not be read: nothing is lost in silence."""
        author = bare(Kind.USER, data.user_id)
        conversation = tuple(sorted({author, self._own_id}))
        line = ChatLine(
            meeting_id=self._meeting_id,
            message_id=data.message_id,
            user_id=author,
            user_name=author,
            message=UNREADABLE,
            timestamp=data.timestamp,
        )
        self._tell(LetterHeard(conversation, line))
        return await self._desk.save()

    async def _renew(self, sender: DeviceKeys) -> Problem | None:
        """Begin a new session with a device whose messages cannot be read any more, once a run.

        It goes on in the session that last reached it, so an empty letter in a new one is enough.
        """
        known = self._desk.known
        if sender.device_id in self._renewed or sender not in known.receivers(sender.user_id):
            return None
        self._renewed.add(sender.device_id)
        self._desk.device.forget_sessions(sender)
        if await self._others.begin_sessions([sender]) is not None:
            return None
        members = tuple(sorted({bare(Kind.USER, sender.user_id), self._own_id}))
        sent = await self._send(Letter(members=members, renewal=True), [sender])
        return sent if isinstance(sent, Problem) else None

    @property
    def _own_id(self) -> str:
        return bare(Kind.USER, self._desk.device.keys.user_id)

    def _line(self, user_id: str, message_id: str, at: datetime, entry: Entry) -> ChatLine:
        return ChatLine(
            meeting_id=self._meeting_id,
            message_id=message_id,
            user_id=user_id,
            user_name=user_id,
            message=entry.text,
            reply_to=entry.reply_to,
            timestamp=at,
        )
