"""What a client has asked and has no answer to yet.

A request leaves the outbox only when it is answered. Until then it goes out again on every new
connection, always under the id it was given at first (CONTRACT.md, The same message twice).
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.limits import Limit, Rate
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.session.allowance import COUNTED_SECONDS, Allowance
from boardroom_tui.session.fleeting import update_of
from boardroom_tui.session.matching import correlation_of, of_answering_type, plausibly_answers


@dataclass(slots=True, eq=False)
class Pending:
    """A request on its way."""

    request_id: str
    message: ClientMessage
    """As it is on the wire, under that id."""
    asked: list[ClientMessage]
    """The user's requests that its answer settles; none for what the session asks by itself."""
    state: bool = False
    """Whether it ends with the connection."""
    in_flight: bool = field(default=False, init=False)
    sent_at: float | None = field(default=None, init=False)
    """Since when the server may count it, in monotonic seconds; None once it surely has."""
    was_sent: bool = field(default=False, init=False)
    """Whether it went out on a connection that was lost before the answer came."""
    lane: Hashable = field(init=False)
    """What is over a limit holds back only what is counted with it, and keeps its order."""

    def __post_init__(self) -> None:
        # Once: whoever waits in a long queue is asked for it with each answer.
        self.lane = update_of(self.message) or self.rate

    @property
    def rate(self) -> Rate | None:
        """The limit that it counts in."""
        return self.message.rate


@dataclass(frozen=True, slots=True)
class Hold:
    """What a lane waits for: `until` is in monotonic seconds, `limit` None where it is unknown."""

    rate: Rate | None
    until: float
    limit: Limit | None
    count: int = 0
    """How many requests of the lane wait."""


class Outbox:
    """Pending requests in order, and the lanes that a rate limit holds back.

    Nothing is sent that would be over a limit by our own count. Where the server refuses something
    all the same (the user has another client), its lane waits as long as it says, and then sends
    one request at a time until it is empty: whatever waits in it would otherwise be refused too.
    """

    def __init__(self, allowance: Allowance) -> None:
        self.release_at: float | None = None
        """When `due` has something to write again without anything being received."""
        self._allowance = allowance
        self._pending: dict[str, Pending] = {}
        self._told: dict[Hashable, Hold] = {}
        self._paced: dict[Hashable, float] = {}
        self._holds: dict[Hashable, Hold] = {}

    def __contains__(self, request_id: str) -> bool:
        return request_id in self._pending

    def __len__(self) -> int:
        """How many requests wait that survive the connection."""
        if not self._pending:  # As mostly, and it is asked for with each message.
            return 0
        return sum(not pending.state for pending in self._pending.values())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that an answer is awaited to, as mostly."""
        return not self._pending

    @property
    def pending(self) -> tuple[Pending, ...]:
        """All that is on its way, in the order in which it was asked."""
        return tuple(self._pending.values())

    @property
    def holds(self) -> tuple[Hold, ...]:
        """What is held back, as `due` last found it."""
        return tuple(self._holds.values())

    def add(self, pending: Pending) -> None:
        """Take a request in; its id is not there yet.

        What it supersedes and has not been sent is settled by its answer.
        """
        lane = pending.lane
        if update_of(pending.message) is not None:
            for earlier in self.pending:
                if earlier.lane == lane and not earlier.in_flight:
                    pending.asked[:0] = earlier.asked
                    del self._pending[earlier.request_id]
        self._pending[pending.request_id] = pending

    def remove(self, pending: Pending, monotonic: float) -> None:
        """Let go of a request that is answered."""
        self._count(pending, monotonic)
        del self._pending[pending.request_id]
        self._open_empty_lanes()

    def hold(self, pending: Pending, until: float, limit: Limit | None) -> None:
        """Send a request that was over a limit again, in its lane's turn, after `until`."""
        if pending.sent_at is not None:
            self._allowance.release(pending.rate)
        pending.in_flight = False
        pending.sent_at = None
        told = self._told.get(pending.lane)
        if told is None or told.until < until:
            self._told[pending.lane] = Hold(pending.rate, until, limit)

    def due(self, monotonic: float) -> list[ClientMessage]:
        """What to write now, state first; from then on it is in flight."""
        self._count_old(monotonic)
        busy = {pending.lane for pending in self.pending if pending.in_flight}
        messages: list[ClientMessage] = []
        later: list[float] = []
        waiting = Counter[Hashable]()
        self._holds = {}
        for pending in sorted(self.pending, key=lambda pending: not pending.state):
            if pending.in_flight:
                continue
            lane = pending.lane
            hold = self._holds.get(lane) or self._obstacle(pending, busy, monotonic)
            if hold is not None:
                self._holds[lane] = hold
                waiting[lane] += 1
                if lane not in busy or lane not in self._told:
                    later.append(hold.until)
            elif self._paced.get(lane, monotonic) > monotonic:
                later.append(self._paced[lane])
            else:
                self._send(pending, monotonic)
                busy.add(lane)
                messages.append(pending.message)
        self._holds = {k: replace(hold, count=waiting[k]) for k, hold in self._holds.items()}
        self.release_at = min(later, default=None)
        self._open_empty_lanes()
        return messages

    def disconnected(self, monotonic: float) -> list[ClientMessage]:
        """Nothing is in flight any more; the user's requests for state, which end with it."""
        self._told.clear()
        self._paced.clear()
        self._holds.clear()
        self.release_at = None
        ended = [pending for pending in self.pending if pending.state]
        for pending in self.pending:
            self._count(pending, monotonic)
            pending.was_sent = pending.was_sent or pending.in_flight
            pending.in_flight = False
        self._pending = {k: kept for k, kept in self._pending.items() if not kept.state}
        return [request for pending in ended for request in pending.asked]

    def answered_by(
        self, message: ServerMessage, user_id: str | None, *, correlates: bool
    ) -> Pending | None:
        """The request that a message answers, or None.

        A message names its request by the correlation or the id of it, or has that id itself.
        Where the server does not correlate at all, the oldest request that the message fits; an
        error then is about the oldest that is in flight.
        """
        correlation = correlation_of(message)
        named = message.id if correlation is None else correlation
        for pending in self.pending:
            names = (pending.request_id, pending.message.correlation)
            if named in names and of_answering_type(pending.message, message):
                return pending
        if correlation is not None or correlates or user_id is None:
            return None
        fitting = (
            pending
            for pending in self.pending
            if pending.in_flight
            and (
                isinstance(message, Refused) or plausibly_answers(pending.message, message, user_id)
            )
        )
        return next(fitting, None)

    def _send(self, pending: Pending, monotonic: float) -> None:
        pending.in_flight = True
        pending.sent_at = monotonic
        self._allowance.speak_for(pending.rate)
        if pending.message.pace is not None:
            self._paced[pending.lane] = monotonic + pending.message.pace

    def _obstacle(self, pending: Pending, busy: set[Hashable], monotonic: float) -> Hold | None:
        """Why a request may not be sent now, by the server's word or by our own count."""
        told = self._told.get(pending.lane)
        if told is not None and (pending.lane in busy or monotonic < told.until):
            return told
        exceeded = self._allowance.exceeded(pending.rate, monotonic)
        if exceeded is None:
            return None
        return Hold(pending.rate, monotonic + exceeded.wait, exceeded.limit)

    def _count(self, pending: Pending, monotonic: float) -> None:
        """The server has counted it, if it was sent."""
        if pending.sent_at is not None:
            self._allowance.count(pending.rate, monotonic)
            pending.sent_at = None

    def _count_old(self, monotonic: float) -> None:
        """A server that answers nothing has counted a request all the same."""
        for pending in self.pending:
            if pending.sent_at is not None and monotonic - pending.sent_at >= COUNTED_SECONDS:
                self._count(pending, monotonic)

    def _open_empty_lanes(self) -> None:
        if not self._told:
            return
        queued = {pending.lane for pending in self.pending if not pending.in_flight}
        self._told = {lane: hold for lane, hold in self._told.items() if lane in queued}
