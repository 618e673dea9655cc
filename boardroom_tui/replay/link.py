"""The link of a replay: it tells the screen what the record says, when it is due, and sends
nothing.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime

from boardroom_tui.client.updates import Updates
from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.correspondents import Conversation, Readiness
from boardroom_tui.protocol.messages.decision import SealedComment
from boardroom_tui.replay.player import (
    Control,
    Player,
    advanced,
    controlled,
    due_at,
    jumped,
    moment,
)
from boardroom_tui.replay.seat import Seat
from boardroom_tui.replay.timeline import timeline
from boardroom_tui.ui.link import (
    Connection,
    ConnectionChanged,
    Elsewhere,
    Heard,
    Phase,
    PrivateStands,
    PrivateUpdate,
    Update,
)
from boardroom_tui.ui.situation import REPLAY


class ReplayLink:
    """Plays a recording from its beginning; every way to send does nothing."""

    def __init__(
        self, seat: Seat, *, speed: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`speed` multiplies the meeting's own; `clock` counts the seconds of who watches."""
        self._seat = seat
        self._clock = clock
        beginning = timeline(seat.recording.events)
        self._player = Player(beginning, 1, playing=True, speed=speed, since=clock())
        self._connection = Connection(Phase.REPLAY, beginning.time(1))
        self._updates = Updates[Update | PrivateUpdate | Elsewhere]()
        self._changed = asyncio.Event()
        self._closed = False

    @property
    def updates(self) -> Updates[Update | PrivateUpdate | Elsewhere]:
        """What the events say, and after a jump all that was known there."""
        return self._updates

    @property
    def connection(self) -> Connection:
        """That there is none."""
        return self._connection

    @property
    def player(self) -> Player:
        """Where the replay stands."""
        return self._player

    def moment(self) -> datetime:
        """What the clock in the meeting shows now."""
        return moment(self._player, self._clock())

    async def run(self) -> None:
        """Play until it is closed."""
        self._updates.add(PrivateStands(Readiness.UNAVAILABLE, REPLAY, {}))
        self._updates.add(Elsewhere(self._seat.known(self._player.place)))
        while not self._closed:
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds_to_next()):
                    await self._changed.wait()
            self._advance()
        self._updates.end()

    def control(self, control: Control) -> None:
        """Do what a key of the replay asks for."""
        self._advance()
        self._take_up(controlled(self._player, control, self._clock()))

    def go_to(self, place: int) -> None:
        """Go to where so many events have happened."""
        self._advance()
        self._take_up(jumped(self._player, place, self._clock()))

    def send(self, message: ClientMessage) -> str:
        """Nothing is sent."""
        return message.id or ""

    def give_token(self, text: str) -> str | None:
        """None is needed."""
        del text
        return REPLAY

    def retry_now(self) -> None:
        """There is nothing to connect to."""

    async def close(self) -> None:
        """End it."""
        self._closed = True
        self._changed.set()

    def write(self, conversation: Conversation, text: str, reply_to: str | None = None) -> str:
        """Nothing is written."""
        del conversation, text, reply_to
        return ""

    def unlock(self, passphrase: str) -> None:
        """There are no keys."""

    def look_at(self, user_id: str) -> None:
        """There are no devices."""

    def accept(self, user_id: str, fingerprints: Collection[str]) -> None:
        """There are no devices."""

    def mark_compared(self, user_id: str, device_id: str) -> None:
        """There are no devices."""

    def remove_device(self, device_id: str) -> None:
        """There are no devices."""

    def seal_comment(
        self, decision_id: str, comment: str, readers: Iterable[str]
    ) -> SealedComment | None:
        """Nobody's device is there to open it."""
        del decision_id, comment, readers

    def read_comments(self, decision_id: str) -> None:
        """They were sealed to devices that are not here."""

    def _seconds_to_next(self) -> float | None:
        due = due_at(self._player)
        return None if due is None else max(due - self._clock(), 0.0)

    def _advance(self) -> None:
        """Tell what has become due."""
        before = self._player.place
        self._player = advanced(self._player, self._clock())
        for place in range(before + 1, self._player.place + 1):
            self._tell(place)

    def _take_up(self, player: Player) -> None:
        """Stand elsewhere: the next event is told as ever, at any other place all that is known."""
        before, self._player = self._player, player
        if player.place == before.place + 1:
            self._tell(player.place)
        elif player.place != before.place:
            self._updates.add(Elsewhere(self._seat.known(player.place)))
        self._updates.add(ConnectionChanged(self._connection))
        self._changed.set()

    def _tell(self, place: int) -> None:
        for message in self._seat.told(place):
            self._updates.add(Heard(message))
