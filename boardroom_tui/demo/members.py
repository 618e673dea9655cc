"""A simulated member: a real client with a person's slowness."""

import asyncio
from collections.abc import AsyncIterator, Callable

from boardroom_tui.client.link import Link, LinkEndedError, RequestRefusedError
from boardroom_tui.client.private.correspondence import Correspondence
from boardroom_tui.client.private.updates import LetterHeard, PrivateUpdate
from boardroom_tui.client.updates import Update
from boardroom_tui.demo.beats import Cast
from boardroom_tui.demo.cast import Player
from boardroom_tui.demo.pace import Pace
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.protocol.messages.collaboration import Typing
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import (
    ChatMessage,
    ChatSend,
    MeetingLeave,
    ParticipantJoined,
)
from boardroom_tui.protocol.messages.motion import MotionMake, MotionSecond, MotionUpdate
from boardroom_tui.protocol.messages.presence import Activity, PresenceUpdate
from boardroom_tui.session.client_output import Heard

THINKING_SECONDS = 1.6
TYPING_SECONDS = (1.0, 3.6)
"""The shortest and the longest that writing a line takes."""

WHISPERS = (
    "I can read this, and so can you. Nobody else at the table can.",
    "Between us: I had not made up my mind before tonight.",
    "Understood. I shall keep it to myself.",
)
"""What anybody says to a person who writes to them in private."""

PATIENCE_SECONDS = 60.0
"""How long an answer of the server may take before something is wrong, in real seconds."""


class Member:
    """A player with a connection, or without one while they are away from the meeting."""

    def __init__(
        self,
        player: Player,
        *,
        meeting_id: str,
        connect: Callable[[], Link],
        pace: Pace,
        tasks: asyncio.TaskGroup,
        hear: Callable[[ServerMessage], None] | None = None,
        correspond: Callable[[Link], Correspondence],
        person: str | None = None,
    ) -> None:
        """`connect` makes a new link to the meeting, which then runs among `tasks`; `hear` is
        called with all that comes. `person` is the key of a seat where a person sits: them they
        answer in private too, on the device that `correspond` gives them.
        """
        self.player = player
        self._meeting_id = meeting_id
        self._connect = connect
        self._pace = pace
        self._hear = hear
        self._correspond = correspond
        self._person = person
        self._answered = 0
        self._link: Link | None = None
        self._letters: Correspondence | None = None
        self._tasks = tasks
        self._here = asyncio.Event()
        self._speaking = asyncio.Lock()

    @property
    def is_here(self) -> bool:
        """Whether they have joined, and not gone since."""
        return self._here.is_set()

    async def present(self) -> None:
        """Wait until they have joined."""
        await self._here.wait()

    async def arrive(self) -> None:
        """Connect and join; returns once the meeting knows."""
        if self._link is not None:
            return
        self._link = link = self._connect()
        if self._person is None:
            self._tasks.create_task(link.run())
            self._tasks.create_task(self._listen(link, link.updates))
        else:
            self._letters = letters = self._correspond(link)
            self._tasks.create_task(letters.run())
            self._tasks.create_task(self._listen(link, letters.updates, letters))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.present()

    async def drop(self) -> None:
        """Lose the connection without a word."""
        link, self._link = self._link, None
        self._here.clear()
        if link is not None:
            await link.vanish()

    async def go(self) -> None:
        """Close the connection properly, behind what is written of one's keys."""
        open_here = self._letters or self._link
        self._link = self._letters = None
        self._here.clear()
        if open_here is not None:
            await open_here.close()

    async def leave(self) -> None:
        """Leave the meeting; returns once that is on record."""
        await self.ask(MeetingLeave(data=MeetingLeave.Data(meeting_id=self._meeting_id)))

    async def say(self, text: str, reply_to: str | None = None) -> str | None:
        """Think, type, and say it, one thing at a time; the message's id, None if refused."""
        async with self._speaking:
            await self._pace.wait(THINKING_SECONDS)
            await self.present()
            self._typing(True)
            shortest, longest = TYPING_SECONDS
            typing = len(text) / self.player.letters_per_second
            await self._pace.wait(min(max(typing, shortest), longest))
            said = ChatSend.Data(meeting_id=self._meeting_id, message=text, reply_to=reply_to)
            answer = await self.ask(ChatSend(data=said))
            self._typing(False)
        return answer.data.message_id if isinstance(answer, ChatMessage) else None

    async def move(self, title: str, text: str, item_id: str | None) -> MotionUpdate | None:
        """Move something; None if that was refused."""
        data = MotionMake.Data(meeting_id=self._meeting_id, title=title, text=text, item_id=item_id)
        await self._pace.wait(THINKING_SECONDS)
        answer = await self.ask(MotionMake(data=data))
        return answer if isinstance(answer, MotionUpdate) else None

    async def second(self, motion_id: str) -> None:
        """Second a motion, if nobody else has."""
        data = MotionSecond.Data(meeting_id=self._meeting_id, motion_id=motion_id)
        await self.ask(MotionSecond(data=data))

    async def vote(self, decision_id: str, cast: Cast) -> None:
        """Vote, if that is still possible: whoever leads may close the vote at any moment."""
        data = VoteCast.Data(
            decision_id=decision_id, vote=cast.vote, comment=cast.comment, words=cast.words
        )
        answer = await self.ask(VoteCast(data=data))
        if isinstance(answer, Refused) and (answer.data.details or {}).get("reason") != "closed":
            raise RequestRefusedError(answer)

    def be(self, status: Status, activity: Activity | None = None) -> None:
        """Tell the others whether one is online or away, and what one does."""
        self._tell(PresenceUpdate(data=PresenceUpdate.Data(status=status, activity=activity)))

    async def ask(self, message: ClientMessage) -> ServerMessage:
        """Send a request and wait for its answer, which may be a refusal."""
        while True:
            await self.present()
            link = self._link
            if link is None:
                continue
            try:
                return await link.send_and_wait(message, PATIENCE_SECONDS)
            except RequestRefusedError as error:
                return error.refused
            except LinkEndedError:
                # They dropped out in the middle of it; they ask again once they are back.
                continue

    def _typing(self, is_typing: bool) -> None:
        self._tell(Typing(data=Typing.Data(room_id=self._meeting_id, is_typing=is_typing)))

    def _tell(self, message: ClientMessage) -> None:
        if self._link is not None:
            self._link.send(message)

    async def _listen(
        self,
        link: Link,
        updates: AsyncIterator[Update | PrivateUpdate],
        letters: Correspondence | None = None,
    ) -> None:
        async for update in updates:
            if isinstance(update, LetterHeard) and letters is not None:
                self._tasks.create_task(self._answer_in_private(update, letters))
            if not isinstance(update, Heard):
                continue
            message = update.message
            if isinstance(message, ParticipantJoined) and link is self._link:
                who = message.data.participant.user_id
                if same(Kind.USER, who, self.player.user_id):
                    self._here.set()
            if self._hear is not None:
                self._hear(message)

    async def _answer_in_private(self, heard: LetterHeard, letters: Correspondence) -> None:
        """Answer the person who wrote in private; of several, the first one does."""
        own = bare(Kind.USER, self.player.user_id)
        others = [one for one in heard.conversation if one != self._person]
        if heard.earlier or heard.line.user_id != self._person or others[0] != own:
            return
        text = WHISPERS[self._answered % len(WHISPERS)]
        self._answered += 1
        await self._pace.wait(THINKING_SECONDS + len(text) / self.player.letters_per_second)
        letters.write(heard.conversation, text, heard.line.message_id)
