"""`boardroom serve`: a server for one or more meetings, until it is stopped."""

import argparse
import asyncio
import json
import os
import signal
import sys
import threading
from contextlib import nullcontext, suppress
from pathlib import Path
from types import FrameType

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.own_server import STAY
from boardroom_tui.cli.printing import say
from boardroom_tui.cli.server_file import read_config, settings
from boardroom_tui.cli.web import WEB_PORT, Web, open_web
from boardroom_tui.private_files import write_private
from boardroom_tui.protocol.endpoint import HOST, ORIGIN, PORT
from boardroom_tui.protocol.limits import LIMITS, RATE_NAMES, Limit, Rate
from boardroom_tui.server.logging import logging_to_standard_error
from boardroom_tui.server.server import BoardroomServer, ServerProblem
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.tls import fingerprint

_STOPS = (signal.SIGINT, signal.SIGTERM)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `serve` is told."""
    parser.add_argument(
        "--meeting",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a meeting's file; may be given again for further meetings",
    )
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="a file with any of this, and more limits"
    )
    add_place(parser)
    parser.set_defaults(host=None, port=None)  # So that the file can say it.
    parser.add_argument("--no-tls", action="store_true", help="speak plainly, on the loopback only")
    parser.add_argument(
        "--cert", type=Path, metavar="PATH", help="a certificate to show, with those above it (PEM)"
    )
    parser.add_argument("--key", type=Path, metavar="PATH", help="the certificate's key (PEM)")
    parser.add_argument(
        "--ready-file", type=Path, metavar="PATH", help="written when clients may connect"
    )
    parser.add_argument(
        "--origin",
        action="append",
        default=[],
        type=_origin,
        metavar="URL",
        help="a web page that may connect, as https://HOST; may be given again",
    )
    parser.add_argument(
        "--limit",
        action="append",
        default=[],
        type=_raised,
        metavar="NAME=COUNT",
        help=f"raise a rate limit; NAME is one of {', '.join(RATE_NAMES)}",
    )
    parser.add_argument(
        "--operations-port",
        type=_port,
        metavar="PORT",
        help="answer /healthz and /metrics on this port of the loopback (default: nowhere)",
    )
    parser.add_argument(
        "--log-json", action="store_true", help="log an object of JSON a line instead of text"
    )
    parser.add_argument(
        "--web", action="store_true", help="show the meetings in browsers too, on --host"
    )
    parser.add_argument(
        "--web-port",
        type=_port,
        default=WEB_PORT,
        metavar="PORT",
        help="where (default: %(default)s)",
    )
    # For `boardroom host`: serve until standard input ends, for ever once it says so.
    parser.add_argument("--tied", action="store_true", help=argparse.SUPPRESS)


def add_place(parser: argparse.ArgumentParser) -> None:
    """Declare where a server is, and where its data."""
    parser.add_argument("--host", default=HOST, help=f"where to listen (default: {HOST})")
    parser.add_argument(
        "--port", type=_port, default=PORT, help=f"0 takes a free one (default: {PORT})"
    )
    parser.add_argument(
        "--data", metavar="DIR", help="the data folder (default: BOARDROOM_DATA, the user's own)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM."""
    told = read_config(arguments.config)
    given = settings(arguments, told)
    web = open_web(given.host, arguments.web_port, given.certificate) if arguments.web else None
    _allow_as_many_connections_as_the_system_does()
    with logging_to_standard_error(as_json=arguments.log_json or told.server.log_json):
        in_loop(lambda: _serve(given, arguments.ready_file, web, tied=arguments.tied))
    return 0


def _allow_as_many_connections_as_the_system_does() -> None:
    """Each is an open file, and a shell's own limit is often 1,024 of them."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # Unix alone has it.

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):  # macOS names a limit that it does not grant
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _serve(told: Settings, ready_file: Path | None, web: Web | None, *, tied: bool) -> None:
    server = BoardroomServer(told)
    stopped = asyncio.Event()
    _stop_on_signals(stopped)
    if tied:
        _stop_with_standard_input(stopped)
    try:
        await server.start()
    except ServerProblem as problem:
        raise CommandError(str(problem)) from None
    try:
        async with nullcontext() if web is None else web(server) as page:
            _say_ready(server, ready_file, page)
            await _until(stopped, server)
    finally:
        await server.stop()


def _stop_on_signals(stopped: asyncio.Event) -> None:
    """Stop on the first; a second one ends the process at once, as a kill would."""
    loop = asyncio.get_running_loop()

    def stop(_signal: int | None = None, _frame: FrameType | None = None) -> None:
        for number in _STOPS:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        loop.call_soon_threadsafe(stopped.set)

    for number in _STOPS:
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows, where asyncio has no signal handlers
            signal.signal(number, stop)


def _stop_with_standard_input(stopped: asyncio.Event) -> None:
    """Stop when standard input ends, unless `STAY` was the last that came."""
    loop = asyncio.get_running_loop()

    def wait() -> None:
        heard = b""
        # Not by sys.stdin: Python could not end while a thread holds it.
        while piece := os.read(0, len(STAY)):
            heard += piece
        if heard != STAY:
            loop.call_soon_threadsafe(stopped.set)

    threading.Thread(target=wait, name="tied", daemon=True).start()


async def _until(stopped: asyncio.Event, server: BoardroomServer) -> None:
    """Wait for a signal; a meeting that breaks raises what broke it."""
    signalled = asyncio.create_task(stopped.wait())
    broken = asyncio.create_task(server.broken())
    done, waiting = await asyncio.wait({signalled, broken}, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    for task in done:
        task.result()


def _say_ready(server: BoardroomServer, ready_file: Path | None, page: str | None) -> None:
    say(f"Serving {', '.join(server.meetings)} at {server.url}")
    if server.certificate is not None:
        say(f"The certificate's SHA-256 is {fingerprint(server.certificate)}")
    if server.operations is not None:
        say(f"Health at {server.operations}/healthz, metrics at {server.operations}/metrics")
    if page is not None:
        say(f"In a browser at {page}")
    if ready_file is None:
        return
    ready = {
        "url": server.url,
        "ca": None if server.ca is None else str(server.ca.absolute()),
        "meetings": server.meetings,
        "pid": os.getpid(),
        **({} if server.operations is None else {"operations": server.operations}),
    }
    try:
        write_private(ready_file, json.dumps(ready).encode())
    except OSError as error:
        raise CommandError(f"cannot write {ready_file}: {error.strerror}") from None


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 65535, not {text!r}")
    return int(text)


def _origin(text: str) -> str:
    if not ORIGIN.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"expected https://HOST or https://HOST:PORT, not {text!r}"
        )
    return text


def _raised(text: str) -> tuple[Rate, Limit]:
    """A limit of the reference's table with a higher count."""
    name, _, count = text.partition("=")
    rate = RATE_NAMES.get(name)
    if rate is None or not count.isascii() or not count.isdecimal():
        names = ", ".join(RATE_NAMES)
        raise argparse.ArgumentTypeError(
            f"expected NAME=COUNT with a name of {names}, not {text!r}"
        )
    standard = LIMITS[rate]
    if int(count) < standard.count:
        raise argparse.ArgumentTypeError(f"{name} can only be raised above {standard.count}")
    return rate, Limit(int(count), standard.seconds)
