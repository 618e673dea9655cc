"""Where the demo's meeting takes place: a server, its members and the director in one loop."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path

from boardroom_tui.client.address import Address
from boardroom_tui.client.link import Link
from boardroom_tui.client.private.correspondence import Correspondence
from boardroom_tui.client.private.keeping import PassingKeeping
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.tokens import GivenToken
from boardroom_tui.client.trust import Authorities
from boardroom_tui.clock import utc_now
from boardroom_tui.demo.cast import PLAYERS, SEATS, SECRETARY
from boardroom_tui.demo.director import Director
from boardroom_tui.demo.floor import Floor
from boardroom_tui.demo.members import Member
from boardroom_tui.demo.pace import Pace
from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.charter_file import parse
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import GRACE_SECONDS, LIMITS, Limit
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.markdown import markdown
from boardroom_tui.record.minutes import minutes
from boardroom_tui.server.server import BoardroomServer
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.tokens import Tokens
from boardroom_tui.state.model import Meeting
from boardroom_tui.ui.commands import DECLARED, Commands

FILE = "meeting.toml"
TOKEN_LIFE = timedelta(hours=12)

WITHOUT_LIMITS = {rate: Limit(1_000_000, limit.seconds) for rate, limit in LIMITS.items()}
"""The members never say too much; at a high speed they only say it faster."""

LEAVING_SECONDS = 5.0
"""How long everybody's leaving may take, in real seconds."""

WARNING_SECONDS = 60.0
"""How long before a deadline the members are told, at speed 1."""


class BrokenScriptError(Exception):
    """The demo's own meeting file is wrong: a defect of the program."""


def charter() -> Charter:
    """The demo's meeting."""
    read = parse(files("boardroom_tui.demo").joinpath(FILE).read_text("utf-8"), FILE)
    if not isinstance(read, Charter):
        raise BrokenScriptError("; ".join(str(mistake) for mistake in read))
    return read


class Stage:
    """A running server and everybody who takes part; `role` is the seat left for a person."""

    def __init__(
        self,
        server: BoardroomServer,
        meeting: Charter,
        tokens: Tokens,
        pace: Pace,
        *,
        role: Role | None,
        devices: Path,
        commands: Commands,
    ) -> None:
        """`devices` is a folder for what is there only as long as the demo: everybody's keys.

        `commands` are the person's, with the keys that hints name.
        """
        self.meeting_id = meeting.id
        self.floor = Floor(meeting.id)
        self._played = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._server = server
        self._names = {member.id: member.name for member in meeting.members}
        self._tokens = tokens
        self._pace = pace
        self._person = None if role is None else SEATS[role]
        self._commands = commands
        self._members: dict[str, Member] = {}
        self._keepings = {player.key: PassingKeeping(devices / player.key) for player in PLAYERS}

    def link(self, key: str) -> Link:
        """A new connection to the meeting for one of its members."""
        address = Address.parse(self._server.url)
        if isinstance(address, Problem):
            raise BrokenScriptError(str(address))
        user_id = f"user_{key}"
        now = utc_now()
        token = self._tokens.issue(user_id, self._names[user_id], None, TOKEN_LIFE, now)
        trust = Authorities(self._server.ca)
        return Link(address, GivenToken(token), meeting_id=self.meeting_id, trust=trust)

    def correspondence(self, key: str, link: Link) -> Correspondence:
        """A member's connection with their device, through which they also write in private."""
        return Correspondence(link, self.meeting_id, self._keepings[key])

    def person_s_link(self) -> Correspondence:
        """The connection for the person; there must be a seat for one."""
        if self._person is None:
            raise BrokenScriptError("every seat is taken")
        return self.correspondence(self._person, self.link(self._person))

    def begin(self) -> None:
        """Let the members come."""
        self._running = asyncio.create_task(self._run())

    async def over(self) -> None:
        """Wait until the meeting has come to its end; raises what kept it from it."""
        if self._running is None:
            return
        played = asyncio.create_task(self._played.wait())
        await asyncio.wait({played, self._running}, return_when=asyncio.FIRST_COMPLETED)
        played.cancel()
        if self._running.done():
            self._running.result()

    def end_keys(self) -> None:
        """Have nobody open keys any more; it waits for whoever does. Call it in a thread."""
        for keeping in self._keepings.values():
            keeping.end()

    async def clear(self) -> None:
        """Let every simulated member leave; raises what went wrong on the stage, if anything."""
        await self._leave_in_order()
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait({self._running})
            if not self._running.cancelled():
                self._running.result()

    async def _leave_in_order(self) -> None:
        """The secretary goes last, so that everybody's leaving is on record."""
        secretary = self._members.get(SECRETARY)
        for member in self._members.values():
            if member is not secretary:
                await member.go()
        if secretary is None or not secretary.is_here:
            return
        alone = {secretary.player.user_id}
        try:
            async with asyncio.timeout(LEAVING_SECONDS):
                await self.floor.until(lambda meeting: _present(meeting) <= alone)
        except TimeoutError:
            # Somebody's connection has only just broken: for the record they may come back.
            pass
        await secretary.leave()
        await secretary.go()

    async def _run(self) -> None:
        """Play the meeting, then go on reacting until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._server.broken())
            for player in PLAYERS:
                if player.key != self._person:
                    self._members[player.key] = Member(
                        player,
                        meeting_id=self.meeting_id,
                        connect=lambda key=player.key: self.link(key),
                        pace=self._pace,
                        tasks=tasks,
                        hear=self.floor.hear if player.key == SECRETARY else None,
                        correspond=partial(self.correspondence, player.key),
                        person=self._person,
                    )
            director = Director(
                self._members,
                self.floor,
                self._pace,
                tasks,
                person=self._person,
                commands=self._commands,
            )
            await director.play()
            self._played.set()


def _present(meeting: Meeting) -> set[str]:
    """The ids of those who are here."""
    return {one.user_id for one in meeting.people.values() if one.present}


@asynccontextmanager
async def stage(
    data: Path, pace: Pace, role: Role | None = None, commands: Commands = DECLARED
) -> AsyncGenerator[Stage]:
    """The demo's server on a free port of this machine, and its members, while the block runs."""
    meeting = charter()
    settings = Settings(
        charters=[meeting],
        data=data,
        port=0,
        limits=WITHOUT_LIMITS,
        grace_seconds=pace.real(GRACE_SECONDS),
        warning_seconds=pace.real(WARNING_SECONDS),
    )
    server = BoardroomServer(settings)
    await server.start()
    try:
        with tempfile.TemporaryDirectory(prefix="boardroom-demo-devices-") as devices:
            set_up = Stage(
                server,
                meeting,
                Tokens.open(data),
                pace,
                role=role,
                devices=Path(devices),
                commands=commands,
            )
            set_up.begin()
            try:
                yield set_up
            finally:
                try:
                    await set_up.clear()
                finally:
                    await asyncio.to_thread(set_up.end_keys)
    finally:
        await server.stop()


async def read_minutes(data: Path) -> str:
    """The minutes of the demo's meeting, as the record in `data` has them. Raises JournalError."""
    journal = await Journal.open(data)
    try:
        return markdown(minutes(*await journal.record(charter().id)))
    finally:
        await journal.close()
