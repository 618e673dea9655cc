"""The server: sockets in front, meetings behind."""

import asyncio
import errno
import logging
from collections import Counter
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.typing import Origin

from boardroom_tui.clock import utc_now
from boardroom_tui.compression import ServerCompression
from boardroom_tui.file_lock import FileLock, InUseError
from boardroom_tui.heads import KEY_FILE, HeadSigner
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.private_files import make_private_folder
from boardroom_tui.protocol.endpoint import HOST, is_loopback, url
from boardroom_tui.protocol.endpoint import authority as host_and_port
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.limits import FRAME_BYTES
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.record.problems import DamagedError, JournalError
from boardroom_tui.server.admission import Admission, not_now, only_the_socket
from boardroom_tui.server.connection import WRITE_BYTES, Socket
from boardroom_tui.server.doorstep import Door, Doorstep, doors
from boardroom_tui.server.given_certificate import check
from boardroom_tui.server.health import Health
from boardroom_tui.server.hub import Hub
from boardroom_tui.server.keys import signing_key
from boardroom_tui.server.logging import note, socket_log
from boardroom_tui.server.metrics import Metrics
from boardroom_tui.server.reception import Reception
from boardroom_tui.server.room import Room
from boardroom_tui.server.rooms import Rooms
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.spool import Spool
from boardroom_tui.server.tls import (
    EVERY_ADDRESS,
    Shown,
    authority,
    own,
    server_context,
    valid_host,
)
from boardroom_tui.server.tokens import Tokens

if TYPE_CHECKING:
    from boardroom_tui.server.operations import Operations

MOST_BYTES = 4 * FRAME_BYTES
"""A frame over the limit is read up to here, so that its sender can be told why it was too much;
beyond it the connection is closed without a word.
"""

LOCK_FILE = "server.lock"
"""In the data folder: held as long as a server runs on it."""

_DAMAGE_ADVICE = (
    "boardroom verify says what still holds, boardroom restore brings a backup into a new folder"
)

PING_SECONDS = 20.0
"""How often a client is pinged, so that one that only listens is heard of."""


class ServerProblem(Exception):  # noqa: N818  # one line for whoever starts a server, no defect
    """Why a server cannot start, or cannot go on, in one line."""


class BoardroomServer:
    """A server for some meetings: `start`, and `stop` in the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._undo = AsyncExitStack()
        self._halls: list[asyncio.Task[None]] = []
        self._host = shown_host(settings.host)
        self._port = settings.port
        self._broken: asyncio.Future[None] | None = None
        self._shown: Shown | None = None
        self.operations: str | None = None
        """Where health and metrics are, if anywhere."""
        self.certificate: Path | None = None
        """The certificate that clients are shown; None without TLS."""
        self.ca: Path | None = None
        """What clients are given to trust it by; None where they need nothing."""

    @property
    def url(self) -> str:
        """Where clients connect."""
        return url(self._host, self._port, secure=self._settings.tls)

    @property
    def meetings(self) -> tuple[str, ...]:
        """The ids of the meetings that are held."""
        return tuple(charter.id for charter in self._settings.charters)

    async def start(self) -> None:
        """Open the meetings, then the door. Raises ServerProblem; nothing is left open then."""
        _check(self._settings)
        self._broken = asyncio.get_running_loop().create_future()
        try:
            async with AsyncExitStack() as undo:
                await self._start(undo)
                self._undo.callback(note, "stopped")
                self._undo.push_async_callback(undo.pop_all().aclose)
        except InUseError as error:
            problem = f"another server is running on {self._settings.data}"
            raise ServerProblem(problem) from error
        except DamagedError as error:
            raise ServerProblem(f"{error}; {_DAMAGE_ADVICE}") from error
        except (JournalError, ValueError) as error:
            raise ServerProblem(str(error)) from error
        except OSError as error:
            raise _explained(error, self._settings.host, self._settings.port) from error

    async def stop(self) -> None:
        """Answer what was asked, tell the clients (1001), end the meetings, close the stores."""
        await self._undo.aclose()

    async def broken(self) -> None:
        """Wait until a meeting cannot go on; raises what broke it."""
        if self._broken is not None:
            await self._broken

    async def _start(self, undo: AsyncExitStack) -> None:
        settings = self._settings
        make_private_folder(settings.data)
        # Two servers would write one journal.
        lock = FileLock(settings.data / LOCK_FILE)
        undo.callback(lock.release)
        tokens = Tokens.open(settings.data)
        if settings.tls:
            self._shown = self._certificate(utc_now())
        signer = HeadSigner(signing_key(settings.data / KEY_FILE))
        journal = await Journal.open(settings.data, signer)
        undo.push_async_callback(journal.close)
        mailbox = await Mailbox.open(settings.data)
        undo.push_async_callback(mailbox.close)
        spool = Spool(settings.data)
        undo.callback(spool.close)
        rooms = await self._open_rooms(journal, spool)
        metrics = Metrics()
        journal.committed = metrics.committed
        health = Health(journal)
        doorstep = Doorstep(settings.connections_without_token)
        admission = Admission(settings, tokens, rooms, doorstep, metrics)
        hub = Hub(
            settings,
            rooms,
            journal=journal,
            mailbox=mailbox,
            tokens=tokens,
            admission=admission,
            signer=signer,
            metrics=metrics,
        )
        undo.push_async_callback(self._end_meetings, rooms)
        hub.resume()
        for room in rooms:
            self._hold(room)
        undo.push_async_callback(hub.stop)
        reception = Reception(settings, admission, hub, metrics)
        if settings.operations_port is not None:
            # Loaded only here: it would slow every start.
            from boardroom_tui.server.operations import Exposition, Operations  # noqa: PLC0415

            exposition = Exposition(settings.data, metrics, rooms, hub, doorstep)
            operations = Operations(health, exposition)
            await self._open_operations(undo, operations, settings.operations_port)
        await self._open_doors(undo, doorstep, hub, reception, health)
        undo.push_async_callback(self._drain, health, hub, reception, rooms)
        for room in rooms:
            phase = room.state.phase.value
            note("meeting", meeting=room.id, events=room.state.sequence, phase=phase)
        note("listening", url=self.url)

    async def _open_doors(
        self,
        undo: AsyncExitStack,
        doorstep: Doorstep,
        hub: Hub,
        reception: Reception,
        health: Health,
    ) -> None:
        opened = await doors(doorstep, self._settings.host, self._settings.port)
        self._port = opened[0].getsockname()[1]
        for door in opened:
            undo.callback(door.close)
        for door in opened:
            listener = await self._listen(reception, health, door)
            undo.push_async_callback(_close_door, listener, hub, reception)

    async def _open_operations(
        self, undo: AsyncExitStack, operations: "Operations", port: int
    ) -> None:
        try:
            taken = await undo.enter_async_context(operations.open(port))
        except OSError as error:
            raise _explained(error, HOST, port) from error
        self.operations = f"http://{host_and_port(HOST, taken)}"
        note("operations", url=self.operations)

    def _certificate(self, now: datetime) -> Shown:
        """What clients are shown: the owner's certificate, checked, or the installation's."""
        settings = self._settings
        if settings.certificate is None:
            shown = own(settings.data, settings.host, now)
        else:
            shown = settings.certificate
            check(shown, now)
        self.certificate = shown.chain
        self.ca = authority(shown.chain)
        self._host = valid_host(shown.chain, self._host)
        return shown

    async def _open_rooms(self, journal: Journal, spool: Spool) -> Rooms:
        rooms: list[Room] = []
        for charter in self._settings.charters:
            room = await Room.open(journal, charter, spool.keeping)
            if isinstance(room, Refusal):
                raise ServerProblem(f"{charter.id}: {room.message}")
            rooms.append(room)
        return Rooms(rooms)

    def _hold(self, room: Room) -> None:
        hall = asyncio.create_task(room.run(), name=room.id)
        hall.add_done_callback(self._hall_closed)
        self._halls.append(hall)

    def _hall_closed(self, hall: asyncio.Task[None]) -> None:
        """A meeting that cannot go on is a defect: the server stops rather than go silent."""
        if hall.cancelled() or self._broken is None or self._broken.done():
            return
        error = hall.exception()
        if error is not None:
            self._broken.set_exception(error)

    async def _drain(self, health: Health, hub: Hub, reception: Reception, rooms: Rooms) -> None:
        """Let nobody in, and answer what was asked; a disk that hangs holds it up so long only."""
        health.draining = True
        note("draining", connections=len(hub.peers))
        hub.drain()
        try:
            async with asyncio.timeout(self._settings.draining_seconds):
                await reception.settle()
                await self._end_meetings(rooms)
        except TimeoutError:
            note("drain_overdue", logging.WARNING, seconds=self._settings.draining_seconds)

    async def _end_meetings(self, rooms: Rooms) -> None:
        for room in rooms:
            room.end()
        if self._halls:
            await asyncio.wait(self._halls)
        if self._broken is not None and not self._broken.done():
            self._broken.cancel()

    async def _listen(self, reception: Reception, health: Health, door: Door) -> Server:
        settings = self._settings

        def let_in(connection: ServerConnection, request: Request) -> Response | None:
            return not_now(connection) if health.draining else only_the_socket(connection, request)

        return await serve(
            reception.receive,
            sock=door,
            ssl=None if self._shown is None else server_context(self._shown),
            origins=[None, *(Origin(origin) for origin in settings.origins)],
            compression=None,  # The library's own would compress everything.
            extensions=[ServerCompression()],
            process_request=let_in,
            server_header=None,
            open_timeout=settings.open_seconds,
            ssl_handshake_timeout=None if self._shown is None else settings.open_seconds,
            ping_interval=PING_SECONDS,
            ping_timeout=None,  # The session ends what is silent, with 4408.
            close_timeout=settings.closing_seconds,
            max_size=MOST_BYTES,
            write_limit=WRITE_BYTES,
            logger=socket_log,
            create_connection=Socket,
        )


async def _close_door(listener: Server, hub: Hub, reception: Reception) -> None:
    """Let nobody in any more and everybody out, in a way that no slow client can hold up."""
    listener.close(close_connections=False)
    await hub.stop()
    reception.dismiss()
    await listener.wait_closed()


def _explained(error: OSError, host: str, port: int) -> ServerProblem:
    if error.errno == errno.EADDRINUSE:
        return ServerProblem(f"port {port} on {host} is in use")
    if error.filename is None:
        return ServerProblem(f"cannot listen on {host}: {error.strerror}")
    return ServerProblem(f"cannot write {error.filename}: {error.strerror}")


def shown_host(host: str) -> str:
    """The host that clients on this machine connect to."""
    if host == "::":
        return "::1"  # it does not hear IPv4's loopback
    return HOST if host in EVERY_ADDRESS else host


def _check(settings: Settings) -> None:
    """Refuse what would not be safe, or would leave open which meeting a message means."""
    if not settings.tls and not is_loopback(settings.host):
        raise ServerProblem(f"without TLS only a loopback host will do, not {settings.host}")
    meetings = Counter(bare(Kind.MEETING, charter.id) for charter in settings.charters)
    decisions = Counter(
        bare(Kind.DECISION, decision.id)
        for charter in settings.charters
        for decision in charter.decisions
    )
    for kind, counted in ((Kind.MEETING, meetings), (Kind.DECISION, decisions)):
        for identifier, times in counted.items():
            if times > 1:
                raise ServerProblem(f"{kind} {identifier} is in {times} of the meeting files")
