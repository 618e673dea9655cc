"""One connection from its handshake to its end."""

import asyncio
import logging
import secrets

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from boardroom_tui.clock import read_clocks
from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.server.admission import Admission, Guest
from boardroom_tui.server.connection import Socket
from boardroom_tui.server.hub import Hub
from boardroom_tui.server.logging import note
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.settings import Settings
from boardroom_tui.session.rates import Buckets
from boardroom_tui.session.server import ServerSession


class Reception:
    """Lets guests in and stays with each until it is gone."""

    def __init__(self, settings: Settings, admission: Admission, hub: Hub) -> None:
        self._settings = settings
        self._admission = admission
        self._hub = hub
        self._user_buckets: dict[str, Buckets] = {}
        self._guests: set[asyncio.Task[None]] = set()

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

    def dismiss(self) -> None:
        """Wait for no answer any more: the connections are closed."""
        for visit in self._guests:
            visit.cancel()

    async def _accompany(self, socket: Socket, guest: Guest) -> None:
        peer = self._peer(socket, guest)
        since = read_clocks().monotonic
        note("connected", user=guest.user, address=guest.address, client=guest.client_id)
        self._hub.welcome(peer)
        try:
            while True:
                for request in peer.receive(await socket.recv()):
                    await self._hub.handle(peer, request)
        except ConnectionClosed:
            pass
        finally:
            self._hub.gone(peer, for_good=_took_its_leave(socket))
            self._admission.leave(guest)
            self._forget_idle()
            _note_end(socket, guest, read_clocks().monotonic - since)
            await peer.connection.closed()

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
            socket, session, cap=guest.cap, client_id=guest.client_id, settings=self._settings
        )

    def _forget_idle(self) -> None:
        """Keep what a user has used up of the limits, so that coming anew does not restore it."""
        now = read_clocks().monotonic
        for user, buckets in list(self._user_buckets.items()):
            if buckets.idle(now) and not self._admission.is_connected(user):
                del self._user_buckets[user]


_TROUBLE = frozenset({"too_big", "undecodable", "broke_protocol"})
"""What no client does that is as it should be."""


def _note_end(socket: Socket, guest: Guest, seconds: float) -> None:
    why = _why_it_ended(socket)
    level = logging.WARNING if why in _TROUBLE else logging.INFO
    note("disconnected", level, user=guest.user, why=why, seconds=round(seconds))


def _why_it_ended(socket: Socket) -> str:
    """The close code's name if this side closed, else whether the client took its leave."""
    protocol = socket.protocol
    sent = protocol.close_sent
    if sent is None or protocol.close_rcvd_then_sent:
        return "left" if _took_its_leave(socket) else "lost"
    codes = {code.value: code for code in CloseCode}
    return codes[sent.code].name.lower() if sent.code in codes else "broke_protocol"


def _took_its_leave(socket: Socket) -> bool:
    """Whether the client itself closed with 1000, after which none comes back."""
    protocol = socket.protocol
    received = protocol.close_rcvd
    return (
        protocol.close_rcvd_then_sent is True
        and received is not None
        and received.code == CloseCode.NORMAL
    )
