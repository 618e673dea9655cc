"""Who hears what: a message is made and framed once, however many connections it goes to."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from itertools import count

from boardroom_tui.clock import read_clocks
from boardroom_tui.meeting.events import Event
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.identifiers import Channel
from boardroom_tui.server.connection import Framed
from boardroom_tui.server.metrics import Metrics
from boardroom_tui.server.peer import Peer
from boardroom_tui.session.stamp import stamped


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever asked for a room's presence without subscribing to the meeting."""

    room_id: str


@dataclass(frozen=True, slots=True)
class Together:
    """Whoever has joined a meeting."""

    room_id: str


Topic = Channel | Watch | Together


@dataclass(frozen=True, slots=True)
class Cause:
    """The message of a client that something follows from."""

    peer: Peer
    request: ClientMessage


def _superseding(message: ServerMessage) -> Hashable | None:
    """What two messages have in common of which only the newer one matters to a lagging client."""
    if not message.supersedes:
        return None
    return (message.type, *(getattr(message.data, field) for field in message.supersedes))


class Channels:
    """The subscriptions of all connections."""

    def __init__(self, run_id: str, metrics: Metrics) -> None:
        self._run_id = run_id
        self._metrics = metrics
        self._sent = count(1)
        self._listeners: dict[Topic, set[Peer]] = {}
        self._topics: dict[Peer, set[Topic]] = {}

    def add(self, peer: Peer, topics: Iterable[Topic]) -> None:
        """From now on the peer hears what goes to these."""
        for topic in topics:
            self._listeners.setdefault(topic, set()).add(peer)
            self._topics.setdefault(peer, set()).add(topic)

    def remove(self, peer: Peer, topics: Iterable[Topic]) -> None:
        """From now on the peer hears no more of these."""
        for topic in topics:
            listeners = self._listeners.get(topic, set())
            listeners.discard(peer)
            if not listeners:
                self._listeners.pop(topic, None)
            self._topics.get(peer, set()).discard(topic)

    def close(self, topic: Topic) -> None:
        """Nothing more goes to this one, so nobody needs to hear of it."""
        for peer in self._listeners.pop(topic, ()):
            self._topics[peer].discard(topic)

    def forget(self, peer: Peer) -> None:
        """The peer is gone."""
        self.remove(peer, tuple(self._topics.get(peer, ())))
        self._topics.pop(peer, None)

    def listeners(self, topic: Topic) -> frozenset[Peer]:
        """Who hears what goes to this topic now."""
        return frozenset(self._listeners.get(topic, ()))

    def publish(
        self,
        message: ServerMessage,
        topics: Iterable[Topic],
        *,
        cause: Cause | None = None,
        user_id: str | None = None,
        hears: Callable[[Peer], bool] | None = None,
        event: Event | None = None,
    ) -> frozenset[Peer]:
        """Send a message to all who hear of one of these topics; each gets it once.

        `hears` says who of them may hear it, where not everybody may; `event` is what it
        tells of.

        Whoever caused it gets a copy that names the request; if it answers that request, even
        without hearing of the topic. Returns to whom it went.
        """
        receivers = {peer for topic in topics for peer in self._listeners.get(topic, ())}
        if hears is not None:
            receivers = {peer for peer in receivers if hears(peer)}
        if cause is not None and message.type in cause.request.answers:
            receivers.add(cause.peer)
        if not receivers:
            return frozenset()
        self._metrics.sending(message, len(receivers))
        message_id = f"{self._run_id}-{next(self._sent)}"
        now = read_clocks()
        now = now if event is None else replace(now, wall=event.at)
        sequence = None if event is None else event.sequence
        frame = Framed(stamped(message, message_id, now, user_id=user_id, sequence=sequence))
        superseding = _superseding(message)
        for peer in receivers:
            if cause is None or peer is not cause.peer:
                peer.connection.send(frame, superseding)
            else:
                own = stamped(
                    message,
                    message_id,
                    now,
                    user_id=user_id,
                    correlation_id=cause.request.correlation,
                    sequence=sequence,
                )
                peer.connection.send(Framed(own))
        return frozenset(receivers)
