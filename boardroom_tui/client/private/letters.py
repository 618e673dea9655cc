"""Letters on their way: written one after the other, read once, acknowledged when they are kept."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from pydantic import ValidationError

from boardroom_tui.client.link import Link
from boardroom_tui.client.private.acquaintances import Acquaintances
from boardroom_tui.client.private.desk import Desk
from boardroom_tui.client.private.draft import Draft
from boardroom_tui.client.private.history import Entry
from boardroom_tui.client.private.letter import Letter, close, open_letter, written
from boardroom_tui.client.private.unreadable import Unreadable
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
from boardroom_tui.protocol.limits import DEVICES_PER_MESSAGE, RECEIPTS_PER_MESSAGE
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
        self._renewed: set[tuple[str, str]] = set()
        """With whom a session was begun anew, by user and signing key."""

    @property
    def on_the_way(self) -> bool:
        """Whether something was sent of which the server has not told what became."""
        return bool(self._on_the_way)

    async def recall(self) -> Problem | None:
        """Tell what was said before, from what is kept here."""
        entries = await self._desk.remembered()
        if isinstance(entries, Problem):
            return entries
        for entry in entries:
            self._read.add(entry.message_id)
            if self._is_here(entry.meeting_id):
                self._recall(entry)
        return None

    def _recall(self, entry: Entry) -> None:
        try:
            line = _line(entry)
        except ValidationError:
            return  # kept by a version that did not see that it cannot be shown
        self._tell(LetterHeard(entry.members, line, accepted=entry.accepted, earlier=True))

    def _is_here(self, meeting_id: str) -> bool:
        """Whether it is this meeting: the mailbox is one for all meetings of a server."""
        return same(Kind.MEETING, meeting_id, self._meeting_id)

    # Writing

    async def write(self, waiting: deque[Draft]) -> None:
        """Send what waits, in order; what cannot be sent is told with the reason."""
        while waiting:
            draft = waiting.popleft()
            problem = await self._write(draft)
            if problem is not None:
                self._refuse(draft, str(problem))

    async def _write(self, draft: Draft) -> Problem | None:
        letter = written(draft.conversation, draft.text, draft.reply_to)
        if isinstance(letter, Problem):
            return letter
        receivers = self._receivers(draft.conversation)
        if isinstance(receivers, Problem):
            return receivers
        problem = await self._others.begin_sessions(receivers)
        if problem is not None:
            return problem
        sent = await self._send(letter, receivers)
        if isinstance(sent, Problem):
            return sent
        self._on_the_way[sent] = replace(draft, text=letter.text or "")
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
        others = tuple(one for one in receivers if one != self._desk.device.keys)
        if not others:
            return Problem("not sent: there is no other device that could read it")
        if len(others) > DEVICES_PER_MESSAGE:
            return Problem(f"not sent: the members have more than {DEVICES_PER_MESSAGE} devices")
        return others

    async def settle(self, request: PrivateSend, answer: ServerMessage) -> Draft | Problem | None:
        """What became of a letter; one to write again where its receivers have changed.

        A problem where it was sent and could not be kept here.
        """
        draft = self._on_the_way.pop(request.id or "", None)
        if draft is None:
            return None
        if isinstance(answer, PrivateAccepted):
            return await self._sent(draft, answer.data)
        if isinstance(answer, Refused):
            reason = (answer.data.details or {}).get("reason")
            if reason == DEVICES_CHANGED and draft.local_id not in self._retried:
                self._retried.add(draft.local_id)
                await self._others.look_up(draft.conversation)
                return draft
            self._refuse(draft, answer.data.message)
        return None

    async def _sent(self, draft: Draft, accepted: PrivateAccepted.Data) -> Problem | None:
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
        problem = await self._desk.remember(entry)
        self._tell(LetterSent(draft.conversation, draft.local_id, _line(entry)))
        return problem

    def _refuse(self, draft: Draft, reason: str) -> None:
        self._tell(LetterRefused(draft.conversation, draft.local_id, reason))

    # Reading

    async def read(self, message: PrivateMessage) -> Problem | None:
        """Read a letter and tell it; it is acknowledged once it is kept."""
        message_id = message.data.message_id
        # What was read may still have to be kept.
        known = message_id in self._read
        problem = await (self._desk.save() if known else self._read_new(message))
        if problem is None:
            self._receipts.append(message_id)
        return problem

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
        if isinstance(sender, Problem):
            return sender
        if sender is None:
            return await self._keep(self._unreadable(data))
        opened = open_letter(message, self._desk.device, sender)
        if isinstance(opened, Unreadable):
            problem = await self._keep(self._unreadable(data))
            return problem or await self._renew(sender)
        if opened.text is None:
            self._read.add(data.message_id)
            return await self._desk.save()
        entry = Entry(
            meeting_id=data.meeting_id,
            own=False,
            members=opened.members,
            message_id=data.message_id,
            user_id=bare(Kind.USER, sender.user_id),
            text=opened.text,
            reply_to=opened.reply_to,
            timestamp=data.timestamp,
            accepted=sender in self._desk.known.receivers(sender.user_id),
        )
        return await self._keep(entry)

    async def _keep(self, entry: Entry) -> Problem | None:
        """Keep what has come, and tell it where it belongs to this meeting."""
        self._read.add(entry.message_id)
        problem = await self._desk.remember(entry)
        if self._is_here(entry.meeting_id):
            self._tell(LetterHeard(entry.members, _line(entry), accepted=entry.accepted))
        return problem

    async def _sender(self, data: PrivateMessage.Data) -> DeviceKeys | Problem | None:
        """The device that it is said to be from; a problem where the server does not tell."""
        found = self._desk.known.find(data.user_id, data.device_id)
        if found is not None:
            return found
        problem = await self._others.look_up([data.user_id], data.meeting_id)
        if problem is not None and self._is_here(data.meeting_id):
            return problem
        return self._desk.known.find(data.user_id, data.device_id)

    def _unreadable(self, data: PrivateMessage.Data) -> Entry:
        """Says that something came and could not be read: nothing is lost in silence."""
        author = bare(Kind.USER, data.user_id)
        return Entry(
            meeting_id=data.meeting_id,
            own=False,
            members=tuple(sorted({author, self._own_id})),
            message_id=data.message_id,
            user_id=author,
            text=UNREADABLE,
            timestamp=data.timestamp,
        )

    async def _renew(self, sender: DeviceKeys) -> Problem | None:
        """Begin a new session with a device whose messages cannot be read any more, once a run.

        It goes on in the session that last reached it, so an empty letter in a new one is enough.
        The old ones stay open: what was unreadable may be forged, and others be on their way.
        """
        user_id = bare(Kind.USER, sender.user_id)
        name = (user_id, sender.signing_key)
        if name in self._renewed or sender not in self._desk.known.receivers(user_id):
            return None
        self._renewed.add(name)
        if await self._others.begin_new_sessions([sender]) is not None:
            return None
        members = tuple(sorted({user_id, self._own_id}))
        sent = await self._send(Letter(members=members, renewal=True), [sender])
        return sent if isinstance(sent, Problem) else None

    @property
    def _own_id(self) -> str:
        return bare(Kind.USER, self._desk.device.keys.user_id)


def _line(entry: Entry) -> ChatLine:
    """What was said, as a line of the conversation. Raises ValidationError."""
    return ChatLine(
        meeting_id=entry.meeting_id,
        message_id=entry.message_id,
        user_id=entry.user_id,
        user_name=entry.user_id,
        message=entry.text,
        reply_to=entry.reply_to,
        timestamp=entry.timestamp,
    )
