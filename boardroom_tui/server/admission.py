"""Who may connect: the handshake succeeds, so that whoever may not come in can read why."""

import asyncio
import logging
import secrets
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qs

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from boardroom_tui.clock import read_clocks, utc_now
from boardroom_tui.meeting.standing import lower
from boardroom_tui.protocol.authorisation import STRANGER_S_ROLE
from boardroom_tui.protocol.codec import encode
from boardroom_tui.protocol.endpoint import PATH
from boardroom_tui.protocol.errors import CloseCode, ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.server.connection import Socket
from boardroom_tui.server.doorstep import Doorstep
from boardroom_tui.server.logging import note
from boardroom_tui.server.metrics import Metrics
from boardroom_tui.server.rooms import Rooms
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.tokens import Bearer, TokenProblem, Tokens
from boardroom_tui.session.ending import ending
from boardroom_tui.session.identity import Identity
from boardroom_tui.session.server_output import Close, Send

RETRY_SECONDS = 5
"""After so long a client that came too late may look whether there is a server again."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom a connection's token names, and what it calls itself."""

    identity: Identity
    cap: Role | None
    client_id: str | None
    address: str

    @property
    def user(self) -> str:
        """The user's id in the form in which two of them are compared."""
        return bare(Kind.USER, self.identity.user_id)


@dataclass(frozen=True, slots=True)
class _Turned:
    """Why a connection may not come in."""

    close: CloseCode
    reason: str


def only_the_socket(connection: ServerConnection, request: Request) -> Response | None:
    """There is nothing here but the WebSocket."""
    if request.path.partition("?")[0] == PATH:
        return None
    return connection.respond(HTTPStatus.NOT_FOUND, f"There is nothing here but {PATH}.\n")


def not_now(connection: ServerConnection) -> Response:
    """The server is about to end: another one may be here soon."""
    response = connection.respond(HTTPStatus.SERVICE_UNAVAILABLE, "The server is going away.\n")
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


class Admission:
    """Checks tokens and counts connections."""

    def __init__(
        self,
        settings: Settings,
        tokens: Tokens,
        rooms: Rooms,
        doorstep: Doorstep,
        metrics: Metrics,
    ) -> None:
        self._settings = settings
        self._doorstep = doorstep
        self._tokens = tokens
        self._rooms = rooms
        self._metrics = metrics
        self._by_user: Counter[str] = Counter()
        self._by_address: Counter[str] = Counter()

    async def enter(self, socket: Socket) -> Guest | None:
        """The guest that a connection brings; one that may not come in is told why and closed."""
        admitted = self._admit(socket)
        if isinstance(admitted, Guest):
            self._doorstep.admitted(socket)
            self._by_user[admitted.user] += 1
            self._by_address[admitted.address] += 1
            return admitted
        self._metrics.turned_away[admitted.close] += 1
        note(
            "refused",
            logging.WARNING,
            address=_address(socket),
            code=admitted.close.value,
            why=admitted.reason,
        )
        await self._turn_away(socket, admitted)
        return None

    def leave(self, guest: Guest) -> None:
        """A guest is gone."""
        for counter, key in ((self._by_user, guest.user), (self._by_address, guest.address)):
            counter[key] -= 1
            if not counter[key]:
                del counter[key]

    def is_connected(self, user: str) -> bool:
        """Whether a user has a connection, whichever."""
        return self._by_user[user] > 0

    def identity(self, bearer: Bearer) -> Identity:
        """A token's bearer, in the highest role that the token and the meetings' files give."""
        roles = (member.role for _, member in self._rooms.of_user(bearer.user_id))
        role = max(roles, key=lambda one: one.power, default=STRANGER_S_ROLE)
        if bearer.role is not None:
            role = lower(role, bearer.role)
        return Identity(bearer.user_id, bearer.name, role, bearer.expires_at)

    def _admit(self, socket: Socket) -> Guest | _Turned:
        target = "" if socket.request is None else socket.request.path
        parameters = parse_qs(target.partition("?")[2])
        token, client_id = (parameters.get(name, [None])[0] for name in ("token", "clientId"))
        address = _address(socket)
        if self._by_address[address] >= self._settings.connections_per_address:
            return _too_many("from this address")
        if token is None:
            return _Turned(CloseCode.AUTH_FAILED, "No token was given.")
        bearer = self._tokens.verify(token, utc_now(), self._rooms.reached())
        if isinstance(bearer, TokenProblem):
            expired = bearer.code is ErrorCode.AUTH_EXPIRED
            close = CloseCode.TOKEN_EXPIRED if expired else CloseCode.AUTH_FAILED
            return _Turned(close, bearer.message)
        guest = Guest(self.identity(bearer), bearer.role, client_id, address)
        if self._by_user[guest.user] >= self._settings.connections_per_user:
            return _too_many("of this user")
        return guest

    async def _turn_away(self, socket: Socket, turned: _Turned) -> None:
        message_id = f"refused_{secrets.token_hex(8)}"
        farewell = ending(turned.close, message_id, read_clocks(), reason=turned.reason)
        try:
            async with asyncio.timeout(self._settings.closing_seconds):
                for output in farewell:
                    match output:
                        case Send(message=message):
                            await socket.send(encode(message))
                        case Close(code=code, reason=reason):
                            await socket.close(code, reason)
        except ConnectionClosed:
            pass
        except TimeoutError:
            socket.transport.abort()


def _too_many(which: str) -> _Turned:
    return _Turned(CloseCode.TRY_LATER, f"Too many connections {which}.")


def _address(socket: Socket) -> str:
    """Where a connection comes from; it may be gone already."""
    name: tuple[str, int] | None = socket.remote_address
    return "" if name is None else name[0]
