"""One member behind a network: a real link, and the meeting as the screen would have it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from boardroom_tui.client.link import Link
from boardroom_tui.client.private.correspondence import Correspondence
from boardroom_tui.client.private.keeping import PassingKeeping
from boardroom_tui.client.tokens import GivenToken
from boardroom_tui.client.updates import ConnectionChanged
from boardroom_tui.clock import utc_now
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.meeting import ChatSend, MeetingState
from boardroom_tui.session.client_output import Heard, Settled
from boardroom_tui.session.connection import Phase
from boardroom_tui.state import history
from boardroom_tui.state.model import Earlier, Meeting
from boardroom_tui.state.outgoing import posted, settled
from boardroom_tui.state.reduce import reduce
from tests.network.relay import Relay
from tests.network.whispering import Whispering

MEETING = "meeting_123"


@dataclass(eq=False)
class Attendant:
    """What a member asked for, what was answered, and what they see."""

    user_id: str
    role: Role
    link: Link
    relay: Relay
    whispering: Whispering | None = None
    meeting: Meeting = field(default_factory=lambda: Meeting(MEETING))
    sent: list[ClientMessage] = field(default_factory=list[ClientMessage])
    """What leaves a trace in the record, as it was sent."""
    answers: dict[str, list[ServerMessage]] = field(default_factory=dict[str, list[ServerMessage]])
    """By the request's id."""
    resumed: int = 0
    """So often they were told only what they had missed,"""
    begun: int = 0
    """and so often everything."""
    pages: int = 0
    """So many were read back."""
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def post(self, message: ClientMessage) -> None:
        """Send something, whether there is a connection or not."""
        request_id = self.link.send(message)
        request = message.model_copy(update={"id": request_id})
        if request.lasting:
            self.sent.append(request)
        self.meeting = posted(self.meeting, request, utc_now())

    def say(self, text: str) -> None:
        """Say something to everybody."""
        self.post(ChatSend(data=ChatSend.Data(meeting_id=MEETING, message=text)))

    async def follow(self) -> None:
        """Take in what the link tells, as the screen does, until it ends."""
        source = self.link if self.whispering is None else self.whispering.correspondence
        async for update in source.updates:
            match update:
                case Heard(message):
                    if isinstance(message, MeetingState):
                        self.resumed += message.data.after is not None
                        self.begun += message.data.after is None
                    self.meeting = reduce(self.meeting, message, utc_now())
                case Settled(request, answer):
                    assert request.id is not None
                    self.answers.setdefault(request.id, []).append(answer)
                    self.meeting = settled(self.meeting, request, answer)
                case ConnectionChanged():
                    pass
                case _:
                    assert self.whispering is not None
                    self.whispering.take(update)
            async with self._changed:
                self._changed.notify_all()

    async def until(self, condition: Callable[["Attendant"], bool], seconds: float) -> None:
        """Wait until something is true of this member."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: condition(self))

    async def read_back(self) -> None:
        """Read the conversation back to its beginning."""
        while (question := history.question(self.meeting)) is not None:
            self.post(question)
            self.pages += 1
            await self.until(lambda one: one.meeting.earlier is not Earlier.ASKED, 60)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is on its way any more."""
        connection = self.link.connection
        return connection.phase is Phase.READY and connection.waiting == 0


@asynccontextmanager
async def attending(
    user_id: str,
    role: Role,
    relay: Relay,
    token: str,
    *,
    keys: Path | None = None,
    whispers_with: str | None = None,
) -> AsyncGenerator[Attendant]:
    """A member who is there until the end of the block; with `keys`, who writes in private."""
    link = Link(relay.address, GivenToken(token), meeting_id=MEETING, resumes=True)
    whispering = None
    if keys is not None and whispers_with is not None:
        conversation = tuple(sorted(bare(Kind.USER, one) for one in (user_id, whispers_with)))
        correspondence = Correspondence(link, MEETING, PassingKeeping(keys))
        whispering = Whispering(correspondence, conversation)
    attendant = Attendant(user_id, role, link, relay, whispering)
    runs = link.run() if whispering is None else whispering.correspondence.run()
    tasks = [asyncio.create_task(runs), asyncio.create_task(attendant.follow())]
    try:
        yield attendant
    finally:
        await link.vanish()
        await asyncio.gather(*tasks)
