"""What a client has asked and has no answer to yet.

A request leaves the outbox only when it is answered. Until then it goes out again on every new
connection, always under the id it was given at first (CONTRACT.md, The same message twice).
"""

from dataclasses import dataclass, field

from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.limits import Rate
from boardroom_tui.protocol.messages.connection import Refused
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

    @property
    def lane(self) -> Rate | None:
        """What is over a limit holds back only what is counted with it."""
        return self.message.rate


class Outbox:
    """Pending requests in order, and the lanes that a rate limit holds back.

    A lane that was held sends one request at a time until it is empty: whatever waits in it would
    otherwise be refused all over again.
    """

    def __init__(self) -> None:
        self._pending: dict[str, Pending] = {}
        self._held: dict[Rate | None, float] = {}

    def __contains__(self, request_id: str) -> bool:
        return request_id in self._pending

    def __len__(self) -> int:
        """How many requests wait that survive the connection."""
        return sum(not pending.state for pending in self._pending.values())

    @property
    def pending(self) -> tuple[Pending, ...]:
        """All that is on its way, in the order in which it was asked."""
        return tuple(self._pending.values())

    def add(self, pending: Pending) -> None:
        """Take a request in; its id is not there yet."""
        self._pending[pending.request_id] = pending

    def remove(self, pending: Pending) -> None:
        """Let go of a request that is answered."""
        del self._pending[pending.request_id]
        self._open_empty_lanes()

    def hold(self, pending: Pending, until: float) -> None:
        """Send a request that was over its limit again, in its lane's turn, after `until`."""
        pending.in_flight = False
        self._held[pending.lane] = max(until, self._held.get(pending.lane, until))

    def due(self, monotonic: float) -> list[ClientMessage]:
        """What to write now, state first; from then on it is in flight."""
        busy = {pending.lane for pending in self.pending if pending.in_flight}
        messages: list[ClientMessage] = []
        for pending in sorted(self.pending, key=lambda pending: not pending.state):
            lane = pending.lane
            held = lane in self._held and (lane in busy or monotonic < self._held[lane])
            if pending.in_flight or held:
                continue
            pending.in_flight = True
            busy.add(lane)
            messages.append(pending.message)
        self._open_empty_lanes()
        return messages

    def disconnected(self) -> list[ClientMessage]:
        """Nothing is in flight any more; the user's requests for state, which end with it."""
        self._held.clear()
        ended = [pending for pending in self.pending if pending.state]
        self._pending = {k: kept for k, kept in self._pending.items() if not kept.state}
        for pending in self.pending:
            pending.in_flight = False
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

    @property
    def held_until(self) -> float | None:
        """Until when requests are held back, in monotonic seconds; None if none are.

        A lane that is past its time and still empties itself counts as held.
        """
        return max(self._held.values(), default=None)

    @property
    def release_at(self) -> float | None:
        """When `due` has something to write again without anything being received."""
        busy = {pending.lane for pending in self.pending if pending.in_flight}
        return min((at for lane, at in self._held.items() if lane not in busy), default=None)

    def _open_empty_lanes(self) -> None:
        queued = {pending.lane for pending in self.pending if not pending.in_flight}
        self._held = {lane: until for lane, until in self._held.items() if lane in queued}
