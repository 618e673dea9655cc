"""What browsers see of a server: a page with a terminal in it, through textual-serve.

A page of another origin must not open a terminal here in a visitor's name, so the socket takes
only what comes from the page itself; and where it is for this machine alone, a name that merely
leads here is not taken either.
"""

import asyncio
import base64
import contextlib
import hashlib
import json
import shlex
import ssl
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from boardroom_tui.protocol.endpoint import is_loopback

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MOST_VISITORS = 100
"""Behind each is a process."""

_COLUMNS = range(20, 501)
_LINES = range(6, 201)
_STOP_SECONDS = 5.0
_PING_SECONDS = 15.0
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_FRAME_BYTES = 256 * 1024
_FULL = b"\x1b[2J\x1b[H  This server shows as many pages as it can. Try again later."

_SCRIPT = """
const at = document.getElementById("terminal").dataset;
const scheme = location.protocol === "https:" ? "wss://" : "ws://";
at.sessionWebsocketUrl = scheme + location.host + "/ws";
const again = document.getElementById("again");
again.onclick = () => location.reload();
const follow = () => {
  const typed = document.querySelector(".xterm-helper-textarea");
  (document.body.classList.contains("-closed") ? again : typed)?.focus();
};
new MutationObserver(follow).observe(document.body, { attributeFilter: ["class"] });
"""
"""What is typed goes into the terminal from its first byte on, without a click."""

_STYLE = """
@font-face { font-family: "Roboto Mono"; font-weight: 100 700;
  src: url("static/fonts/RobotoMono-VariableFont_wght.ttf"); }
@font-face { font-family: "Roboto Mono"; font-weight: 100 700; font-style: italic;
  src: url("static/fonts/RobotoMono-Italic-VariableFont_wght.ttf"); }
body { background: #11151b; color: #e4e8ee; font: 16px "Roboto Mono", monospace;
  overflow: hidden; }
#terminal { position: fixed; inset: 0; }
.xterm .xterm-viewport { overflow: hidden; }
p { position: absolute; top: 40vh; width: 100vw; text-align: center; }
button { font: inherit; }
body:not(.-first-byte) #terminal { opacity: 0; }
body.-first-byte #opening, #closed { display: none; }
body.-closed #closed { display: block; z-index: 10; }
body.-closed #terminal { opacity: 0.2; }
"""

_PAGE = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Boardroom</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/css/xterm.css">
<style>{_STYLE}</style>
<p id="opening">Opening the boardroom. It needs JavaScript.</p>
<p id="closed">The page is closed. <button id="again">Open it again</button></p>
<div id="terminal" class="textual-terminal" data-font-size="16"></div>
<script>{_SCRIPT}</script>
<script src="static/js/textual.js"></script>
</html>
"""

_SCRIPT_HASH = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' 'sha256-{_SCRIPT_HASH}'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Behind:
    """The server that the pages are of."""

    url: str
    ca: Path | None
    meetings: Sequence[str]

    @property
    def command(self) -> str:
        """What runs behind each page; no token is in it."""
        words = [sys.executable, "-P", "-m", "boardroom_tui.cli.visitor"]
        words += [] if self.ca is None else ["--ca", str(self.ca.absolute())]
        line = shlex.join([*words, "--", self.url, *self.meetings])
        return line if sys.platform == "win32" else f"exec {line}"


class Visit(AppService):
    """A page and its process, which ends with it whether it wants to or not."""

    async def start(self, width: int, height: int) -> None:
        """Begin, in a size that a terminal can have."""
        await super().start(_within(width, _COLUMNS), _within(height, _LINES))

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Follow the page's size."""
        await super().set_terminal_size(_within(width, _COLUMNS), _within(height, _LINES))

    async def run(self) -> None:
        """Pass on what it draws; a page whose process is gone is closed."""
        try:
            await super().run()
        finally:
            await self.remote_close()

    async def stop(self) -> None:
        """Ask the process to end, then make it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STOP_SECONDS):
                await super().stop()
                if self._process is not None:
                    await self._process.wait()
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


class Front:
    """The page, its files and its socket."""

    def __init__(self, behind: Behind, host: str) -> None:
        self._behind = behind
        self._is_local = is_loopback(host)
        self._sockets = set[web.WebSocketResponse]()
        self._names = frozenset[str]()

    @asynccontextmanager
    async def open(
        self, host: str, port: int, context: ssl.SSLContext | None
    ) -> AsyncGenerator[int]:
        """Let browsers in while the block runs; the port. Raises OSError."""
        runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=_STOP_SECONDS)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port, ssl_context=context)
            await site.start()
            taken: int = runner.addresses[0][1]
            self._names = frozenset(f"{name}:{taken}" for name in (host, *_LOCAL))
            yield taken
        finally:
            await runner.cleanup()

    def _routes(self) -> web.Application:
        application = web.Application(middlewares=[self._guard])
        static = Path(str(files("textual_serve"))) / "static"
        application.add_routes(
            [
                web.get("/", self._page),
                web.get("/ws", self._socket),
                web.static("/static", static),
            ]
        )
        application.on_shutdown.append(self._close)
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Take only what was meant for this server, and say what its pages may do."""
        if self._is_local and request.host not in self._names:
            raise web.HTTPForbidden(text=f"This server is not called {request.host[:99]}.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    async def _page(self, _request: web.Request) -> web.Response:
        return web.Response(text=_PAGE, content_type="text/html")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """The socket of a page: what is typed in it, and what is to be drawn."""
        if request.headers.get("Origin") != f"{request.scheme}://{request.host}":
            raise web.HTTPForbidden(text="Only this server's own page may connect.")
        socket = web.WebSocketResponse(heartbeat=_PING_SECONDS, max_msg_size=_FRAME_BYTES)
        await socket.prepare(request)
        if len(self._sockets) >= MOST_VISITORS:
            await socket.send_bytes(_FULL)
            await socket.close()
            return socket
        self._sockets.add(socket)
        try:
            await self._visit(request, socket)
        finally:
            self._sockets.discard(socket)
        return socket

    async def _visit(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        visit = Visit(
            self._behind.command,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=_closing(socket),
            download_manager=DownloadManager(),
        )
        columns, lines = request.query.get("width", ""), request.query.get("height", "")
        try:
            await visit.start(_number(columns) or 80, _number(lines) or 24)
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await _take(message.data, visit, socket)
        finally:
            await visit.stop()

    async def _close(self, _application: web.Application) -> None:
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)


async def _take(text: str, visit: Visit, socket: web.WebSocketResponse) -> None:
    """What the page's script says; anything else is passed over."""
    try:
        said: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    match said:
        case ["stdin", str(typed)]:
            await visit.send_bytes(typed.encode("utf-8", "replace"))
        case ["resize", {"width": int(columns), "height": int(lines)}]:
            await visit.set_terminal_size(columns, lines)
        case ["ping", (str() | int() | float() | None) as echo]:
            await socket.send_json(["pong", echo])
        case ["focus", *_]:
            await visit.focus()
        case ["blur", *_]:
            await visit.blur()
        case _:
            return


def _closing(socket: web.WebSocketResponse) -> Callable[[], Awaitable[None]]:
    async def close() -> None:
        await socket.close()

    return close


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _within(number: int, sizes: range) -> int:
    return max(sizes[0], min(sizes[-1], number))
