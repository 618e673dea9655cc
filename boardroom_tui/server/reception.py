"""One connection from its handshake to its end."""

import asyncio
import logging
import secrets

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from boardroom_tui.clock import read_clocks
from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.server.admission import Admission, Guest
from boardroom_tui.server.connection import Socket
from boardroom_tui.server.hub import Hub
from boardroom_tui.server.logging import note
from boardroom_tui.server.metrics import Metrics
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.settings import Settings
from boardroom_tui.session.rates import Buckets
from boardroom_tui.session.server import ServerSession

LEFT, LOST, BROKE_PROTOCOL = "left", "lost", "broke_protocol"
_CLOSED_HERE = {code.value: code.name.lower() for code in CloseCode}
WHYS = (LEFT, LOST, BROKE_PROTOCOL, *_CLOSED_HERE.values())
"""Why a connection that was in has ended, in the log's and the metrics' words."""

_TROUBLE = frozenset({"too_big", "undecodable", BROKE_PROTOCOL})
"""What no client does that is as it should be."""


_BETWEEN_FORGETTING_SECONDS = 1.0
"""All users are gone through: not for each of a crowd that leaves."""


class Reception:
    """Lets guests in and stays with each until it is gone."""

    def __init__(
        self, settings: Settings, admission: Admission, hub: Hub, metrics: Metrics
    ) -> None:
        self._settings = settings
        self._admission = admission
        self._hub = hub
        self._metrics = metrics
        self._user_buckets: dict[str, Buckets] = {}
        self._forgets_at = float("-inf")
        self._guests: set[asyncio.Task[None]] = set()
        self._in_hand = 0
        self._settling: asyncio.Event | None = None

    async def receive(self, connection: ServerConnection) -> None:
        """Serve a connection until it is closed."""
        if not isinstance(connection, Socket):
            raise TypeError("the server makes its own connections")
        guest = await self._admission.enter(connection)
        if guest is None:
            return
        visit = asyncio.current_task()
        if visit is not None:
            self._guests.add(visit)
            visit.add_done_callback(self._guests.discard)
        await self._accompany(connection, guest)

    async def settle(self) -> None:
        """Take up no request any more, and wait for those that are in hand."""
        self._settling = asyncio.Event()
        if self._in_hand:
            await self._settling.wait()

    def dismiss(self) -> None:
        """Wait for no answer any more: the connections are closed."""
        for visit in self._guests:
            visit.cancel()

    async def _accompany(self, socket: Socket, guest: Guest) -> None:
        peer = self._peer(socket, guest)
        since = read_clocks().monotonic
        user = guest.identity.user_id
        note("connected", user=user, address=guest.address, client=guest.client_id)
        self._hub.welcome(peer)
        try:
            while True:
                for request in peer.receive(await socket.recv()):
                    await self._handle(peer, request)
        except ConnectionClosed:
            pass
        finally:
            self._hub.gone(peer, for_good=_took_its_leave(socket))
            self._admission.leave(guest)
            self._forget_idle()
            self._note_end(socket, guest, read_clocks().monotonic - since)
            await peer.connection.closed()

    async def _handle(self, peer: Peer, request: ClientMessage) -> None:
        if self._settling is not None:
            return  # It is unanswered, so its client asks the next server.
        self._in_hand += 1
        try:
            await self._hub.handle(peer, request)
        finally:
            self._in_hand -= 1
            self._say_settled()

    def _say_settled(self) -> None:
        if self._settling is not None and not self._in_hand:
            self._settling.set()

    def _peer(self, socket: Socket, guest: Guest) -> Peer:
        now = read_clocks()
        limits = self._settings.limits
        user = guest.user
        session = ServerSession(
            f"session_{secrets.token_hex(8)}",
            guest.identity,
            Buckets(limits),
            self._user_buckets.setdefault(user, Buckets(limits)),
            now,
        )
        return Peer(
            socket,
            session,
            cap=guest.cap,
            client_id=guest.client_id,
            settings=self._settings,
            metrics=self._metrics,
        )

    def _note_end(self, socket: Socket, guest: Guest, seconds: float) -> None:
        why = _why_it_ended(socket)
        self._metrics.ended[why] += 1
        level = logging.WARNING if why in _TROUBLE else logging.INFO
        note("disconnected", level, user=guest.identity.user_id, why=why, seconds=round(seconds))

    def _forget_idle(self) -> None:
        """Keep what a user has used up of the limits, so that coming anew does not restore it."""
        now = read_clocks().monotonic
        if now < self._forgets_at:
            return
        self._forgets_at = now + _BETWEEN_FORGETTING_SECONDS
        for user, buckets in list(self._user_buckets.items()):
            if buckets.idle(now) and not self._admission.is_connected(user):
                del self._user_buckets[user]


def _why_it_ended(socket: Socket) -> str:
    """The close code's name if this side closed, else whether the client took its leave."""
    protocol = socket.protocol
    sent = protocol.close_sent
    if sent is None or protocol.close_rcvd_then_sent:
        return LEFT if _took_its_leave(socket) else LOST
    return _CLOSED_HERE.get(sent.code, BROKE_PROTOCOL)


def _took_its_leave(socket: Socket) -> bool:
    """Whether the client itself closed with 1000, after which none comes back."""
    protocol = socket.protocol
    received = protocol.close_rcvd
    return (
        protocol.close_rcvd_then_sent is True
        and received is not None
        and received.code == CloseCode.NORMAL
    )
