"""`boardroom serve --web`: the terminal client in browsers."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

from boardroom_tui.cli import CommandError
from boardroom_tui.protocol.endpoint import authority, is_loopback
from boardroom_tui.server.server import BoardroomServer
from boardroom_tui.server.tls import Shown, server_context

WEB_PORT = 8766

Web = Callable[[BoardroomServer], AbstractAsyncContextManager[str]]
"""Opens the page of a server that runs, and gives its address. Raises CommandError."""


def open_web(host: str, port: int, certificate: Shown | None) -> Web:
    """What shows a server's meetings in browsers.

    Raises:
        CommandError: What it needs is not installed, or tokens would be readable on their way.
    """
    if certificate is None and not is_loopback(host):
        raise CommandError(
            f"--web on {host} needs --cert and --key: without a certificate that browsers know, "
            "members' tokens could be read on their way",
            code=2,
        )
    try:
        from boardroom_tui.browser.front import Behind, Front  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise CommandError(
            f"--web needs {error.name}: install boardroom-tui with its extra, boardroom-tui[web]"
        ) from None

    @asynccontextmanager
    async def web(server: BoardroomServer) -> AsyncGenerator[str]:
        front = Front(Behind(server.url, server.ca, server.meetings), host)
        context = None if certificate is None else server_context(certificate)
        async with AsyncExitStack() as undo:
            try:
                taken = await undo.enter_async_context(front.open(host, port, context))
            except OSError as error:
                problem = f"cannot show the page on {host}:{port}: {error.strerror}"
                raise CommandError(problem) from None
            # By the name that the certificate is for.
            name = host if context is None else urlsplit(server.url).hostname or host
            yield f"{'http' if context is None else 'https'}://{authority(name, taken)}/"

    return web
