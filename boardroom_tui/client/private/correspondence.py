"""A link through which members also write to each other in private.

It stands between the link and the screen: what is private is handled here, one thing after the
other, and everything else passes through in its order.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from boardroom_tui.client.link import Link
from boardroom_tui.client.private.draft import Draft
from boardroom_tui.client.private.keeping import Keeping, PassphraseWanted
from boardroom_tui.client.private.opening import open_desk, open_vault
from boardroom_tui.client.private.updates import (
    CommentsRead,
    LetterRefused,
    PrivateStands,
    PrivateUpdate,
)
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.updates import Update, Updates
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.correspondents import Conversation, Correspondent, Readiness
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.protocol.messages.connection import ConnectionReady
from boardroom_tui.protocol.messages.decision import (
    DecisionComments,
    DecisionCommentsGet,
    SealedComment,
)
from boardroom_tui.protocol.messages.device import (
    DeviceChanged,
    DeviceClaim,
    DeviceClaimed,
    DeviceList,
    DevicePublish,
    DevicePublished,
    DeviceQuery,
    DeviceRemove,
)
from boardroom_tui.protocol.messages.meeting import ChatMessage, MeetingState
from boardroom_tui.protocol.messages.private import (
    PrivateAccepted,
    PrivateMessage,
    PrivateReceived,
    PrivateSend,
)
from boardroom_tui.session.client_output import Heard, Settled
from boardroom_tui.session.connection import Connection, Phase
from boardroom_tui.stretch import Stretch

if TYPE_CHECKING:
    from boardroom_tui.client.private.acquaintances import Acquaintances
    from boardroom_tui.client.private.desk import Desk
    from boardroom_tui.client.private.letters import Letters

_OWN_REQUESTS = (
    DevicePublish,
    DeviceQuery,
    DeviceClaim,
    DeviceRemove,
    PrivateSend,
    PrivateReceived,
    DecisionCommentsGet,
)
_OWN_ANSWERS = (DevicePublished, DeviceList, DeviceClaimed, DecisionComments, PrivateAccepted)

_LEAVING_SECONDS = 2.0
"""So long what was written may take to leave when the program ends."""

_MOST_JOBS = 1_000
"""How much may wait to be done before nothing more is taken from the link."""

_NOT_OFFERED = "This server offers no private messages."

Job = Callable[[], Coroutine[Any, Any, None]]
"""Something to do, in its turn."""


class Correspondence:
    """A link to a meeting, and this device's private conversations with its members.

    `updates` must be read. Keys are opened once the server has said who the user is.
    """

    def __init__(self, link: Link, meeting_id: str, keeping: Keeping) -> None:
        self._link = link
        self._meeting_id = meeting_id
        self._keeping = keeping
        self.updates = Updates[Update | PrivateUpdate]()
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self._job_done = asyncio.Condition()
        self._at_work = False
        self._local_ids = count(1)
        self._drafts: deque[Draft] = deque()
        self._readiness = Readiness.UNAVAILABLE
        self._reason: str | None = None
        self._user_id = ""
        self._members: tuple[str, ...] = ()
        """Who belongs to the meeting; nobody else is taken for somebody in it."""
        self._desk: Desk | None = None
        self._others: Acquaintances | None = None
        self._letters: Letters | None = None
        self._changed: set[str] = set()
        """Whose devices are to be asked for."""
        self._published = False
        self._running: asyncio.Task[None] | None = None

    # The link

    @property
    def connection(self) -> Connection:
        """How the connection stands."""
        return self._link.connection

    def send(self, message: ClientMessage) -> str:
        """Send, now or when there is a connection again; the id under which it is sent."""
        return self._link.send(message)

    def give_token(self, text: str) -> str | None:
        """Go on with this token; why it cannot be one, in words to show."""
        return self._link.give_token(text)

    def retry_now(self) -> None:
        """Make the next attempt now."""
        self._link.retry_now()

    async def run(self) -> None:
        """Connect and reconnect, until the link has ended; several may wait here."""
        if self._running is None:
            self._running = asyncio.create_task(self._live())
        await asyncio.wait({self._running})
        if not self._running.cancelled():
            self._running.result()

    async def close(self) -> None:
        """End it, and whatever is written into the vault.

        What was written to others gets a moment to leave, and to be kept here.
        """
        if self._running is not None and self._can_write:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LEAVING_SECONDS), self._job_done:
                    await self._job_done.wait_for(lambda: self._has_left)
        await self._link.close()
        if self._running is not None:
            # Only a reader who has stopped reading keeps it from ending.
            await asyncio.wait({self._running}, timeout=_LEAVING_SECONDS)

    @property
    def _has_left(self) -> bool:
        """Whether nothing that was written is on its way, or there is no way for it any more."""
        if not self._can_write or self._letters is None:
            return True
        # What the server has taken is kept here by a job that comes behind its answer.
        at_rest = not self._at_work and self._jobs.empty()
        return at_rest and not self._drafts and not self._letters.on_the_way

    async def _live(self) -> None:
        passing = asyncio.create_task(self._pass_on())
        working = asyncio.create_task(self._work())
        running = asyncio.create_task(self._link.run())
        try:
            await asyncio.wait({running, working}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()  # A defect of ours: the program ends with it.
            running.result()
            await passing
        finally:
            for task in (running, passing, working):
                task.cancel()
            await asyncio.gather(running, passing, working, return_exceptions=True)
            self.updates.end()
            if self._desk is not None:
                self._desk.close()

    # What a person does

    def write(self, conversation: Conversation, text: str, reply_to: str | None = None) -> str:
        """Write to everybody in a conversation; the id under which one's own screen shows it."""
        draft = Draft(f"private_{next(self._local_ids)}", conversation, text, reply_to)
        self._drafts.append(draft)
        self._do(self._write)
        return draft.local_id

    def unlock(self, passphrase: str) -> None:
        """Open the keys that a passphrase protects, or protect new ones with it."""
        self._do(partial(self._open, passphrase))

    def look_at(self, user_id: str) -> None:
        """Ask the server anew for somebody's devices, and have their codes worked out."""
        self._do(partial(self._look_at, user_id))

    def accept(self, user_id: str, fingerprints: Collection[str]) -> None:
        """The user has looked at these devices of somebody: they are written to from now on."""
        self._do(partial(self._accept, user_id, fingerprints))

    def mark_compared(self, user_id: str, device_id: str) -> None:
        """The user has compared the code of this device."""
        self._do(partial(self._mark_compared, user_id, device_id))

    def remove_device(self, device_id: str) -> None:
        """Let the server forget a device of one's own."""
        self._do(partial(self._remove, device_id))

    def seal_comment(
        self, decision_id: str, comment: str, readers: Iterable[str]
    ) -> SealedComment | None:
        """A comment that only the readers' devices open; None where none of them has one."""
        if self._desk is None:
            return None
        from boardroom_tui.client.private import comments  # noqa: PLC0415 - as the desk

        return comments.sealed(self._desk.known, decision_id, comment, readers)

    def read_comments(self, decision_id: str) -> None:
        """Ask for the comments of a secret ballot that is over, and read those one may."""
        self._do(partial(self._read_comments, decision_id))

    # Passing on

    async def _pass_on(self) -> None:
        stretch = Stretch()
        while updates := await self._link.updates.next_few():
            await self.updates.room()
            await self._room_for(len(updates))
            await stretch.pause_if_long()
            self.updates.extend([update for update in updates if not self._take(update)])

    async def _room_for(self, jobs: int) -> None:
        """Wait until so many more may wait to be done."""
        if self._jobs.qsize() > _MOST_JOBS - jobs:
            async with self._job_done:
                await self._job_done.wait_for(lambda: self._jobs.qsize() <= _MOST_JOBS - jobs)

    def _take(self, update: Update) -> bool:
        """Whether an update is for nobody but the correspondence; it is seen to then."""
        match update:
            case Heard(message=message):
                return self._hear(message)
            case Settled(request=PrivateSend() as request, answer=answer):
                self._do(partial(self._settle, request, answer))
                return True
            case Settled(request=request):
                return isinstance(request, _OWN_REQUESTS)
            case _:
                return False

    def _hear(self, message: ServerMessage) -> bool:
        match message:
            case ChatMessage():  # Before all others, as there are so many of them.
                return False
            case ConnectionReady(data=data):
                self._user_id = data.user_id
                self._published = False
                if PrivateSend.model_fields["type"].default not in (data.extensions or ()):
                    self._do(self._not_offered)
            case MeetingState(data=data):
                self._members = tuple(entry.user_id for entry in data.roster)
                self._do(self._begin)
            case DeviceChanged(data=data):
                if not self._changed:
                    self._do(self._look_up_changed)
                self._changed.add(data.user_id)
                return True
            case PrivateMessage():
                self._do(partial(self._read, message))
                return True
            case _:
                return isinstance(message, _OWN_ANSWERS)
        return False

    # One thing after the other

    def _do(self, job: Job) -> None:
        self._jobs.put_nowait(job)

    async def _work(self) -> None:
        while True:
            job = await self._jobs.get()
            self._at_work = True
            await job()
            self._at_work = False
            async with self._job_done:
                self._job_done.notify_all()
            if self._jobs.empty() and self._letters is not None:
                self._letters.acknowledge()

    def _stand(self, readiness: Readiness | None = None, reason: str | None = None) -> None:
        """Tell how it stands, which is another way now where `readiness` is given."""
        if readiness is not None:
            self._readiness, self._reason = readiness, reason
        correspondents: Mapping[str, Correspondent] = {}
        if self._others is not None:
            correspondents = self._others.correspondents(self._members)
        self.updates.add(PrivateStands(self._readiness, self._reason, correspondents))

    async def _not_offered(self) -> None:
        self._stand(Readiness.UNAVAILABLE, _NOT_OFFERED)

    async def _begin(self) -> None:
        """The meeting is joined: the device is made known on this connection."""
        if self._desk is None:
            self._stand(Readiness.OPENING)
            await self._open()
        elif self._others is not None:
            await self._publish(self._others)

    async def _open(self, passphrase: str | None = None) -> None:
        if self._desk is not None:
            return
        vault = await open_vault(self._keeping, self._user_id, passphrase)
        if isinstance(vault, PassphraseWanted):
            self._stand(Readiness.LOCKED if vault.chosen else Readiness.UNPROTECTED)
            return
        if isinstance(vault, Problem):
            # After a wrong passphrase another one may be right.
            readiness = Readiness.UNAVAILABLE if passphrase is None else self._readiness
            self._stand(readiness, str(vault))
            return
        desk = await open_desk(vault, self._user_id)
        if isinstance(desk, Problem):
            self._stand(Readiness.UNAVAILABLE, str(desk))
            return
        # Only with a desk, as what they need.
        from boardroom_tui.client.private.acquaintances import Acquaintances  # noqa: PLC0415
        from boardroom_tui.client.private.letters import Letters  # noqa: PLC0415

        self._desk = desk
        self._others = Acquaintances(self._link, desk, self._meeting_id)
        self._letters = Letters(self._link, desk, self._others, self._meeting_id, self.updates.add)
        problem = await self._letters.recall()
        if problem is not None:
            self._stand(Readiness.UNAVAILABLE, str(problem))
            return
        await self._publish(self._others)

    async def _publish(self, others: "Acquaintances") -> None:
        problem = await others.publish()
        if problem is None and self._members:
            problem = await others.look_up(self._members)
        if problem is not None:
            self._stand(Readiness.UNAVAILABLE, str(problem))
            return
        self._published = True
        self._stand(Readiness.READY)
        await self._write()

    async def _look_up(self, user_ids: Sequence[str]) -> None:
        if self._others is not None and self._published:
            await self._others.look_up(user_ids)
            self._stand()

    async def _look_up_changed(self) -> None:
        """Ask once for all whose devices have changed meanwhile."""
        changed, self._changed = self._changed, set[str]()
        await self._look_up(sorted(filter(self._is_member, changed)))

    async def _look_at(self, user_id: str) -> None:
        await self._look_up((user_id,))
        if self._others is not None:
            await self._others.work_out_codes(user_id)
            self._stand()

    async def _accept(self, user_id: str, fingerprints: Collection[str]) -> None:
        if self._desk is not None:
            self._desk.known = self._desk.known.accepted(user_id, fingerprints)
            await self._desk.save()
            self._stand()

    async def _mark_compared(self, user_id: str, device_id: str) -> None:
        if self._desk is not None:
            self._desk.known = self._desk.known.compared(user_id, device_id)
            await self._desk.save()
            self._stand()

    async def _remove(self, device_id: str) -> None:
        if self._others is not None:
            await self._others.remove(device_id)
            await self._look_up((self._user_id,))

    async def _write(self) -> None:
        """Send what waits, as soon as there is a connection and a device."""
        if self._readiness is Readiness.UNAVAILABLE:
            while self._drafts:
                draft = self._drafts.popleft()
                reason = self._reason or _NOT_OFFERED
                self.updates.add(LetterRefused(draft.conversation, draft.local_id, reason))
        elif self._letters is not None and self._can_write:
            await self._letters.write(self._drafts)

    @property
    def _can_write(self) -> bool:
        return self._published and self._link.connection.phase is Phase.READY

    async def _settle(self, request: PrivateSend, answer: ServerMessage) -> None:
        if self._letters is None:
            return
        outcome = await self._letters.settle(request, answer)
        if isinstance(outcome, Problem):
            self._stand(Readiness.UNAVAILABLE, str(outcome))
        elif outcome is not None:
            self._drafts.appendleft(outcome)
            await self._write()

    async def _read(self, message: PrivateMessage) -> None:
        if self._letters is None or self._desk is None:
            return
        if not self._is_from_somebody(message.data, self._desk):
            return
        problem = await self._letters.read(message)
        if problem is not None:
            self._stand(Readiness.UNAVAILABLE, str(problem))

    def _is_from_somebody(self, data: PrivateMessage.Data, desk: "Desk") -> bool:
        """Whether it is from a known device, a member, or another meeting, which asks for itself.

        A server could otherwise fill the screen and the disk with users whom it makes up.
        """
        if not bare(Kind.USER, data.user_id):
            return False
        if desk.known.find(data.user_id, data.device_id) is not None:
            return True
        here = same(Kind.MEETING, data.meeting_id, self._meeting_id)
        return not here or self._is_member(data.user_id)

    def _is_member(self, user_id: str) -> bool:
        return any(same(Kind.USER, user_id, one) for one in self._members)

    async def _read_comments(self, decision_id: str) -> None:
        if self._desk is None:
            return
        from boardroom_tui.client.private import comments  # noqa: PLC0415 - as the desk

        texts = await comments.read(self._link, self._desk.device, decision_id)
        if texts is not None:
            self.updates.add(CommentsRead(decision_id, texts))
