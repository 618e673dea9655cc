"""One meeting on a bad day: members do what occurs to them while the network does its worst."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from boardroom_tui.client.address import Address
from boardroom_tui.meeting.charter import AgendaEntry, Charter
from boardroom_tui.protocol.fields import MeetingPhase, Role
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.server.server import BoardroomServer
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.tokens import Tokens
from tests.client.linking import address_of
from tests.network.attendant import MEETING, Attendant, attending
from tests.network.checking import LAST, assert_all_answered, assert_recorded, differences
from tests.network.deeds import called_to, something
from tests.network.relay import Cut, Loss, Relay, Weather, relayed
from tests.network.whispering import assert_whispered_once
from tests.network.whispering import differences as private_differences
from tests.server.running import UNLIMITED, decision, member

STEPS = 80
FAULTY = 0.35
"""How many of the steps are the network's."""
PATIENCE = 300.0
"""How long the members may take to find together again, once nothing disturbs them."""

BOARD = {
    "user_ada": Role.FACILITATOR,
    "user_ben": Role.PARTICIPANT,
    "user_cleo": Role.PARTICIPANT,
    "user_otto": Role.OBSERVER,
}
WHISPERERS = {"user_ben": "user_cleo", "user_cleo": "user_ben"}
"""Who also write to each other in private."""
WITNESSES = {"user_wes": Role.PARTICIPANT, "user_olga": Role.OBSERVER}
"""Their network never fails."""
LATE = {"user_lou": Role.PARTICIPANT, "user_omar": Role.OBSERVER}
"""They come in the end, and read back."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a schedule, or of several."""

    schedules: int = 0
    requests: int = 0
    refused: int = 0
    connections: int = 0
    restarts: int = 0
    events: int = 0
    resumed: int = 0
    begun: int = 0
    whispers: int = 0
    pages: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.schedules + other.schedules,
            self.requests + other.requests,
            self.refused + other.refused,
            self.connections + other.connections,
            self.restarts + other.restarts,
            self.events + other.events,
            self.resumed + other.resumed,
            self.begun + other.begun,
            self.whispers + other.whispers,
            self.pages + other.pages,
        )

    def __str__(self) -> str:
        return (
            f"{self.schedules} schedules held: {self.requests} requests answered once each "
            f"({self.refused} refused), {self.events} events recorded, {self.whispers} private "
            f"messages read by both, over {self.connections} connections and {self.restarts} "
            f"restarts, told {self.resumed} times what was missed and {self.begun} times "
            f"everything, {self.pages} pages read back; nothing lost, nothing doubled, and "
            "everybody saw the same"
        )


class House:
    """The server, which may be started anew on another port, and the ways to it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.relays: list[Relay] = []
        self.restarts = 0
        self._server = self._new()

    @property
    def address(self) -> Address:
        """Where it is now."""
        return address_of(self._server.url)

    async def open(self) -> None:
        """Begin."""
        await self._server.start()

    async def close(self) -> None:
        """End."""
        await self._server.stop()

    async def restart(self) -> None:
        """End and begin again; the journal is all that is left."""
        await self.close()
        self._server = self._new()
        await self.open()
        self.restarts += 1
        for relay in self.relays:
            relay.server = self.address

    def token(self, user_id: str) -> str:
        """A token for a member, which outlives the meeting."""
        life = timedelta(hours=12)
        return Tokens.open(self.data).issue(user_id, user_id, None, life, datetime.now(UTC))

    def _new(self) -> BoardroomServer:
        everybody = {**BOARD, **WITNESSES, **LATE}
        charter = Charter(
            id=MEETING,
            title="A bad day",
            members=tuple(member(user_id, role) for user_id, role in everybody.items()),
            agenda=tuple(AgendaEntry(id=f"item_{n}", title=f"Item {n}") for n in (1, 2, 3)),
            decisions=(decision(),),
            quorum=3,
            proxies=True,
        )
        settings = Settings(
            charters=(charter,), data=self.data, tls=False, port=0, limits=UNLIMITED
        )
        return BoardroomServer(settings)


@asynccontextmanager
async def housed(data: Path) -> AsyncGenerator[House]:
    """A house that is open until the end of the block."""
    house = House(data)
    await house.open()
    try:
        yield house
    finally:
        await house.close()


@dataclass(slots=True)
class Day:
    """One schedule while it runs."""

    random: Random
    house: House
    board: Sequence[Attendant]
    said: int = 0
    later: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])

    async def pass_by(self) -> None:
        """All steps, one after the other."""
        random = self.random
        for _ in range(STEPS):
            if random.random() < FAULTY:
                await self._fault()
            else:
                self._deed()
            await asyncio.sleep(random.choice([0.0, 0.1, 0.5, 2.0, random.uniform(0, 30)]))
        await asyncio.gather(*self.later)

    def _deed(self) -> None:
        who = self.random.choice(self.board)
        for _ in range(self.random.choice([1, 1, 1, 4])):
            message = None
            if self.random.random() < 0.6:
                message = something(who, self.random)
            if who.whispering is not None and self.random.random() < 0.2:
                self.said += 1
                who.whispering.whisper(f"{who.user_id} whispers {self.said}")
            elif message is not None:
                who.post(message)
            elif who.role is not Role.OBSERVER:
                self.said += 1
                who.say(f"{who.user_id} says {self.said}")

    async def _fault(self) -> None:
        random = self.random
        relay = random.choice(self.board).relay
        faults: list[Callable[[], None]] = [
            lambda: self._weather(relay),
            lambda: relay.lose(random.choice([Loss.RESET, Loss.CLOSE])),
            lambda: relay.lose(Loss.SILENCE),
            lambda: self._cut_next(relay),
            lambda: self._abandon(relay),
            lambda: self._hold_back(relay),
            lambda: self._deafen(relay),
            self._cut_all,
        ]
        if random.random() < 0.06:
            await self.house.restart()
            return
        random.choice(faults)()

    def _weather(self, relay: Relay) -> None:
        random = self.random
        relay.weather = Weather(
            delay=random.choice([0.0, 0.05, 0.3, 2.0]),
            jitter=random.choice([0.0, 0.1, 1.0]),
            bytes_per_second=random.choice([None, None, 50_000.0, 2_000.0]),
        )

    def _cut_next(self, relay: Relay) -> None:
        """Lose the connection, and the next one somewhere in its handshake or first messages."""
        random = self.random
        relay.next_cut = Cut(
            after=random.choice([random.randrange(600), random.randrange(6_000)]),
            to_client=random.random() < 0.5,
            loss=random.choice(list(Loss)),
        )
        relay.lose(Loss.RESET)

    def _abandon(self, relay: Relay) -> None:
        relay.abandon()
        self._after(self.random.uniform(0, 40), relay.bury)

    def _hold_back(self, relay: Relay) -> None:
        """What the client says arrives when it has long given up: a handshake, or the rest."""
        if self.random.random() < 0.5:
            relay.holds_next = True
            relay.cut()
        else:
            relay.hold()
            relay.abandon()
            self._after(self.random.uniform(0, 40), relay.bury)
        self._after(self.random.uniform(10, 40), relay.release)

    def _deafen(self, relay: Relay) -> None:
        """What the server says is lost, until the connection is."""

        def hear_again() -> None:
            relay.cut()
            relay.answers_pass = True

        relay.answers_pass = False
        self._after(self.random.uniform(0, 20), hear_again)

    def _cut_all(self) -> None:
        for relay in self.house.relays:
            relay.cut()

    def _after(self, seconds: float, do: Callable[[], None]) -> None:
        async def later() -> None:
            await asyncio.sleep(seconds)
            do()

        self.later.append(asyncio.create_task(later()))


async def schedule(folder: Path, seed: int) -> Figures:
    """Hold a meeting through all this; AssertionError says what did not hold in the end."""
    random = Random(seed)
    async with housed(folder) as house, AsyncExitStack() as stack:

        async def attend(user_id: str, role: Role) -> Attendant:
            relay = await stack.enter_async_context(relayed(house.address, Random(seed)))
            house.relays.append(relay)
            token = house.token(user_id)
            other = WHISPERERS.get(user_id)
            keys = None if other is None else folder / f"keys of {user_id}"
            attendant = attending(user_id, role, relay, token, keys=keys, whispers_with=other)
            return await stack.enter_async_context(attendant)

        board = [await attend(user_id, role) for user_id, role in BOARD.items()]
        whispering = [(one.user_id, one.whispering) for one in board if one.whispering is not None]
        for one in board:
            await one.until(lambda one: one.whispering is None or one.whispering.is_ready, PATIENCE)
        everybody = [*board, *[await attend(*one) for one in WITNESSES.items()]]
        await Day(random, house, board).pass_by()
        for relay in house.relays:
            relay.weather, relay.next_cut, relay.holds_next = Weather(), None, False
        everybody += [await attend(*one) for one in LATE.items()]
        await _find_together(everybody)
        assert_all_answered(everybody)
        whispers = assert_whispered_once(whispering)
        connections = sum(len(relay.passages) for relay in house.relays)
    return Figures(
        schedules=1,
        requests=sum(len(one.sent) for one in everybody),
        refused=sum(
            isinstance(answer, Refused)
            for one in everybody
            for answers in one.answers.values()
            for answer in answers
        ),
        connections=connections,
        restarts=house.restarts,
        events=assert_recorded(folder, everybody),
        resumed=sum(one.resumed for one in everybody),
        begun=sum(one.begun for one in everybody),
        whispers=whispers,
        pages=sum(one.pages for one in everybody),
    )


async def _find_together(everybody: Sequence[Attendant]) -> None:
    """Wait until all is answered and everybody sees the same; say what differs, if it does."""
    different: Sequence[str] = ()
    try:
        async with asyncio.timeout(PATIENCE):
            for one in everybody:
                await one.until(lambda one: one.is_quiet, PATIENCE)
            everybody[0].post(called_to(MeetingPhase.IN_SESSION))  # so that observers hear it too
            everybody[0].say(LAST)
            ben, cleo = (one.whispering for one in everybody if one.whispering is not None)
            while different := [*differences(everybody), *private_differences(ben, cleo)]:
                await asyncio.sleep(1)
                for one in everybody:
                    await one.read_back()
    except TimeoutError:
        unquiet = [
            f"{one.user_id} is not quiet: {one.link.connection}"
            for one in everybody
            if not one.is_quiet
        ]
        raise AssertionError("\n".join([*unquiet, *different])) from None
