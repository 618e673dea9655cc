"""`boardroom serve --web` as a browser meets it: a page, a socket, and a process behind it."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pyte
import pytest

from boardroom_tui.cli import main
from tests.command import Process, boardroom, started
from tests.e2e.served import MEETING

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are found as on POSIX")

SIZE = (80, 24)
CTRL_Q, ESC = "\x11", "\x1b"


class Tab:
    """A page as somebody sees it who has it open."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._screen = pyte.Screen(*SIZE)
        self._emulator = pyte.ByteStream(self._screen)
        self._asked: list[Any] = []

    @property
    def screen(self) -> str:
        return "\n".join(self._screen.display)

    async def until(self, wanted: str | Callable[[str], bool]) -> None:
        """Wait until the page shows this."""

        def shown() -> bool:
            return wanted in self.screen if isinstance(wanted, str) else wanted(self.screen)

        try:
            async with asyncio.timeout(30):
                while not shown():
                    await self._receive()
        except TimeoutError:
            raise AssertionError(f"waited for {wanted!r} on this page:\n{self.screen}") from None

    async def opened(self) -> str:
        """The address that the browser is to open."""
        async with asyncio.timeout(30):
            while not self._asked:
                await self._receive()
        [(kind, asked)] = self._asked
        assert kind == "open_url"
        return asked["url"]

    async def _receive(self) -> None:
        message = await self._socket.receive()
        if message.type is aiohttp.WSMsgType.TEXT:
            self._asked.append(json.loads(message.data))
        else:
            assert message.type is aiohttp.WSMsgType.BINARY, message
            self._emulator.feed(message.data)

    async def type(self, text: str) -> None:
        await self._socket.send_json(["stdin", text])

    async def paste(self, text: str) -> None:
        await self.type(f"\x1b[200~{text}\x1b[201~")


@dataclass(frozen=True, slots=True)
class Pages:
    """A server with pages; `token` is a member's, and whoever runs it has it at hand too."""

    process: Process
    url: str
    address: str
    token: str

    def processes(self) -> list[str]:
        """What runs behind the pages."""
        listed = subprocess.run(["ps", "-axww", "-o", "args"], capture_output=True, check=True)
        lines = listed.stdout.decode(errors="replace").splitlines()
        return [line for line in lines if "cli.visitor" in line and self.url in line]

    async def until_none_runs(self) -> None:
        async with asyncio.timeout(30):
            while self.processes():
                await asyncio.sleep(0.05)


@asynccontextmanager
async def pages(home: Path) -> AsyncGenerator[Pages]:
    file = home / "q3.toml"
    file.write_text(MEETING)
    printed = await asyncio.to_thread(
        *(boardroom, "token", "--data", str(home / "data"), "--user", "user_ben", "--name", "Ben"),
        home=home,
    )
    token = printed.stdout.strip()
    process = await started(
        *("serve", "--meeting", str(file), "--data", str(home / "data"), "--port", "0"),
        *("--web", "--web-port", "0"),
        home=home,
        environment={"BOARDROOM_TOKEN": token},
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            said = [(await process.stdout.readline()).decode() for _ in range(3)]
        assert said[2].startswith("In a browser at http://127.0.0.1:"), said
        yield Pages(process, said[0].split()[-1], said[2].split()[-1], token)
    finally:
        if process.returncode is None:
            process.terminate()
        _, errors = await process.communicate()
        assert b"Traceback" not in errors
        assert token.encode() not in errors


@asynccontextmanager
async def tab(browser: aiohttp.ClientSession, address: str) -> AsyncGenerator[Tab]:
    """An open page."""
    url = f"{address}ws?width={SIZE[0]}&height={SIZE[1]}"
    async with browser.ws_connect(url, origin=address.rstrip("/")) as socket:
        yield Tab(socket)


async def test_a_member_joins_in_a_browser_with_their_own_token_alone(tmp_path: Path) -> None:
    async with pages(tmp_path) as served, aiohttp.ClientSession() as browser:
        address, token = served.address, served.token
        async with browser.get(address) as page:
            assert page.status == 200
            assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
            text = await page.text()
        assert "https://" not in text and "http://" not in text, "it loads nothing from elsewhere"
        async with browser.get(f"{address}static/js/textual.js") as script:
            assert script.status == 200
            terminal = await script.text()
        for name in ("xterm-helper-textarea", "-first-byte", "-closed"):
            assert name in text and name in terminal, "the page finds where one types"

        async with tab(browser, address) as shown:
            # Whoever runs the server has a token at hand; it is not the visitor's.
            await shown.until("To join, paste your token")
            await shown.paste("boardroom join wss://x --token-file /etc/passwd")
            await shown.type("\r")
            await shown.until("This names a file with the token")
            await shown.paste("nonsense")
            await shown.type("\r")
            await shown.until("This server did not issue the token: ask for a new invitation.")
            await shown.paste(f"{token}\n")
            await shown.type("\r")
            await shown.until("Nothing has been said yet")
            assert token[:20] not in shown.screen
            [process] = served.processes()
            assert token not in process
            await shown.type("see https://board.example/minutes\r")
            await shown.until(lambda text: "board.example" in text and "sending" not in text)
            # Not in a browser of the machine that the server is on.
            await shown.type(ESC)
            await shown.until(lambda text: "Esc Write" in text)
            await shown.type(" l")
            await shown.until("Enter opens it in your browser")
            await shown.type("\r")
            assert await shown.opened() == "https://board.example/minutes"
            await shown.type(CTRL_Q)
            await shown.until("You have left the meeting.")
        await served.until_none_runs()


async def test_only_the_server_s_own_page_opens_a_terminal(tmp_path: Path) -> None:
    async with pages(tmp_path) as served, aiohttp.ClientSession() as browser:
        address = served.address
        for origin in (None, "https://evil.example", "null", address.replace("http", "https")):
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                await browser.ws_connect(f"{address}ws", origin=origin)
        for path in ("", "ws"):
            headers = {"Host": "evil.example", "Origin": "http://evil.example"}
            async with browser.get(f"{address}{path}", headers=headers) as refused:
                assert refused.status == 403
        async with tab(browser, address) as shown:
            await shown.until("To join, paste your token")
            socket: Any = shown._socket  # pyright: ignore[reportPrivateUsage]
            for nonsense in ("", "[", "[]", "7", '["stdin", 7]', '["resize", {"width": "x"}]'):
                await socket.send_str(nonsense)
            await socket.send_json(["resize", {"width": 10**9, "height": -5}])
            await socket.send_json(["resize", {"width": SIZE[0], "height": SIZE[1]}])
            await socket.send_json(["stdin", "\r"])
            await shown.until("What you gave holds no token.")
            served.process.kill()
            await served.until_none_runs()


def test_a_page_for_other_machines_needs_a_certificate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "q3.toml"
    file.write_text(MEETING)
    assert main(["serve", "--meeting", str(file), "--host", "0.0.0.0", "--web"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("boardroom serve: --web on 0.0.0.0 needs --cert and --key")


def test_without_its_extra_it_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "boardroom_tui.browser.front", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve.app_service", None)
    file = tmp_path / "q3.toml"
    file.write_text(MEETING)
    assert main(["serve", "--meeting", str(file), "--web"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("install boardroom-tui with its extra, boardroom-tui[web]")
