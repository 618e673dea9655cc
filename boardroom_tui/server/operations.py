"""What operators ask of a running server, over HTTP and from this machine only.

`/healthz` says whether the server can do its work, `/metrics` what it counts. Neither needs a
token, so neither has a name in it; who may ask from elsewhere is for a proxy to decide.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from http import HTTPStatus

from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from boardroom_tui.protocol.endpoint import HOST
from boardroom_tui.server.exposition import CONTENT_TYPE, Exposition
from boardroom_tui.server.health import Health
from boardroom_tui.server.logging import harmless, socket_log
from boardroom_tui.server.metrics import Durations

HEALTH_PATH, METRICS_PATH = "/healthz", "/metrics"

LAG_SECONDS = 0.5
"""How often the event loop's lag is measured."""


class Operations:
    """The two pages."""

    def __init__(self, health: Health, exposition: Exposition) -> None:
        self._health = health
        self._exposition = exposition

    @asynccontextmanager
    async def open(self, port: int) -> AsyncGenerator[int]:
        """Answer on this port, or on a free one for 0, which it yields. Raises OSError."""
        lagging = asyncio.create_task(_measure_lag(self._exposition.metrics.lag))
        try:
            async with serve(
                _unreached,
                HOST,
                port,
                process_request=self._answer,
                server_header=None,
                logger=socket_log,
            ) as listener:
                yield next(iter(listener.sockets)).getsockname()[1]
        finally:
            lagging.cancel()

    async def _answer(self, connection: ServerConnection, request: Request) -> Response:
        match request.path.partition("?")[0]:
            case path if path == HEALTH_PATH:
                trouble = await self._health.trouble()
                status = HTTPStatus.OK if trouble is None else HTTPStatus.SERVICE_UNAVAILABLE
                return connection.respond(status, f"{harmless(trouble or 'ok')}\n")
            case path if path == METRICS_PATH:
                response = connection.respond(HTTPStatus.OK, self._exposition.text())
                del response.headers["Content-Type"]
                response.headers["Content-Type"] = CONTENT_TYPE
                return response
            case _:
                there = f"There is {HEALTH_PATH} and {METRICS_PATH}.\n"
                return connection.respond(HTTPStatus.NOT_FOUND, there)


async def _unreached(_: ServerConnection) -> None:
    """No request becomes a WebSocket: each is answered before."""


async def _measure_lag(lag: Durations) -> None:
    """Sleep and see by how much the waking was late."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LAG_SECONDS
        await asyncio.sleep(LAG_SECONDS)
        lag.add(max(0.0, loop.time() - due))
