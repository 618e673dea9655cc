"""`boardroom join` while it loads and looks for the server: one can write, and leave, already."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.certificates import self_signed
from tests.peers.reference_server import reference_server
from tests.terminal import Terminal, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

NOBODY = "ws://127.0.0.1:9/ws"
OPENED, CLOSED = "\x1b[?1049h", "\x1b[?1049l"
SHOWN_AGAIN = f"{CLOSED}\x1b[?25h"

LOADING = """
import os, sys, time
from boardroom_tui.cli import joining, main
settings = joining.own_settings
def slowly():
    while not os.path.exists(os.path.expanduser("~/loaded")):
        time.sleep(0.005)
    return settings()
joining.own_settings = slowly
sys.exit(main())
"""
"""`boardroom`, which has much to load: until there is such a file."""


async def at_the_door(
    home: Path,
    url: str = f"{NOBODY}?token=SECRET",
    text: str = "",
    *,
    token: str | None = "token_a",
    command: str = LOADING,
) -> Terminal:
    """Somebody who writes while it loads."""
    terminal = await start(
        *("join", url, "--meeting", "meeting_123"),
        home=home,
        command=command,
        environment={} if token is None else {"BOARDROOM_TOKEN": token},
        errors_too=True,
    )
    await terminal.until_screen("Connecting to 127.0.0.1:")
    terminal.type(text)
    await terminal.until_screen(text)
    return terminal


async def stopped(process: int) -> None:
    """Wait until it stands still: what would have it go on before that is lost."""
    async with asyncio.timeout(20):
        while b"T" not in await asyncio.to_thread(state_of, process):
            await asyncio.sleep(0.01)


def state_of(process: int) -> bytes:
    """In the letters of ps(1)."""
    words = ["ps", "-o", "stat=", "-p", str(process)]
    return subprocess.run(words, capture_output=True, check=True).stdout


async def test_ctrl_c_leaves_while_it_still_loads_whatever_was_typed(tmp_path: Path) -> None:
    terminal = await at_the_door(tmp_path, text="Dear all,")
    terminal.type("\r\x1b[A\x03\x03\x03")
    end = await terminal.exit()
    assert end.code == 130
    assert end.shown[end.shown.rindex(CLOSED) :] == SHOWN_AGAIN


async def test_sigterm_at_the_door_gives_the_terminal_back(tmp_path: Path) -> None:
    terminal = await at_the_door(tmp_path, text="Dear all,")
    terminal.process.send_signal(signal.SIGTERM)
    end = await terminal.exit()
    assert end.code == 0
    assert end.shown[end.shown.rindex(CLOSED) :] == SHOWN_AGAIN


async def test_a_door_whose_terminal_goes_away_ends(tmp_path: Path) -> None:
    terminal = await at_the_door(tmp_path)
    terminal.hang_up()
    async with asyncio.timeout(20):
        await terminal.process.wait()


async def test_a_door_that_was_stopped_shows_again_what_was_typed(tmp_path: Path) -> None:
    terminal = await at_the_door(tmp_path, text="Dear")
    terminal.process.send_signal(signal.SIGTSTP)
    await terminal.until(SHOWN_AGAIN)
    await stopped(terminal.process.pid)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.type(" all")
    await terminal.until_screen("Dear all")
    terminal.type("\x03")
    end = await terminal.exit()
    assert (end.code, end.shown.count(OPENED), end.shown.count(CLOSED)) == (130, 2, 2)


async def test_what_was_typed_before_the_door_is_shown_there_and_stays_nowhere_else(
    tmp_path: Path,
) -> None:
    waiting = (
        "import os, time\n"
        "while not os.path.exists(os.path.expanduser('~/begun')):\n"
        "    time.sleep(0.005)\n"
    )
    terminal = await start(
        *("join", f"{NOBODY}?token=SECRET", "--meeting", "meeting_123"),
        home=tmp_path,
        command=waiting + LOADING,
        errors_too=True,
    )
    terminal.type("Dear\nall")
    await terminal.until("all")
    (tmp_path / "begun").touch()
    await terminal.until_screen(lambda shown: "Connecting" in shown and "all" in shown)
    terminal.type("\x03")
    end = await terminal.exit()
    assert end.shown.startswith(f"Dear\r\nall\r\x1b[1A\x1b[J{OPENED}")


async def test_what_was_written_at_the_door_is_told_to_whoever_is_not_let_in(
    tmp_path: Path,
) -> None:
    terminal = await at_the_door(tmp_path, text="Dear all")
    terminal.type(",\r\x1b[Amore\x1b[200~pasted\x1b[201~")
    await terminal.until_screen("Dear all,")
    (tmp_path / "loaded").touch()
    end = await terminal.exit()
    assert end.code == 1
    assert end.shown[end.shown.rindex(SHOWN_AGAIN) :] == (
        f"{SHOWN_AGAIN}boardroom join: no server answers at 127.0.0.1:9\r\n"
        "You had written: Dear all, morepasted\r\n"
    )


async def test_a_question_stands_on_the_terminal_as_it_was_and_what_was_typed_is_no_answer(
    tmp_path: Path,
) -> None:
    certificate = self_signed(tmp_path)
    async with reference_server({"token_a": "anna"}, tls=certificate.context) as server:
        terminal = await at_the_door(tmp_path, server.url, "n")
        terminal.type("\rit is")
        (tmp_path / "loaded").touch()
        await terminal.until("[y/N] ")
        assert terminal.written.rindex(CLOSED.encode()) > terminal.written.rindex(OPENED.encode())
        terminal.type("y\n")
        # The one was sent, the other is still written.
        await terminal.until_screen("it is")
        await terminal.until_screen("Anna")
        async with asyncio.timeout(20):
            while not [said for said in server.heard if said["type"] == "meeting.chat.message"]:
                await asyncio.sleep(0.01)
        terminal.process.send_signal(signal.SIGTERM)
        assert (await terminal.exit()).code == 0


async def test_a_keyring_that_asks_for_its_passphrase_is_answered_and_what_was_typed_is_kept(
    tmp_path: Path,
) -> None:
    locked = (
        "import getpass\n"
        "from boardroom_tui.client.tokens import KeyringToken\n"
        "def asks(self):\n"
        "    getpass.getpass('Passphrase: ')\n"
        "    KeyringToken.read = lambda self: 'token_a'\n"
        "    return 'token_a'\n"
        "KeyringToken.read = asks\n"
    )
    async with reference_server({"token_a": "anna"}) as server:
        terminal = await at_the_door(
            tmp_path, server.url, "Dear", token=None, command=locked + LOADING
        )
        (tmp_path / "loaded").touch()
        await terminal.until("Passphrase: ")
        terminal.type("sesame\n")
        await terminal.until_screen("Anna")
        await terminal.until_screen("Dear")
        assert b"sesame" not in terminal.written
        terminal.process.send_signal(signal.SIGTERM)
        assert (await terminal.exit()).code == 0


async def test_ctrl_c_before_the_screen_stands_is_no_crash(tmp_path: Path) -> None:
    interrupted = (
        "import asyncio, signal, sys\n"
        "from boardroom_tui.cli import main\n"
        "from boardroom_tui.ui.screens.meeting import MeetingScreen\n"
        "async def taken_down(self):\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "    await asyncio.sleep(0.01)\n"
        "    raise ValueError('node has no screen')\n"
        "MeetingScreen.on_mount = taken_down\n"
        "sys.exit(main())\n"
    )
    async with reference_server({"token_a": "anna"}) as server:
        terminal = await start(
            *("join", server.url, "--meeting", "meeting_123"),
            home=tmp_path,
            command=interrupted,
            environment={"BOARDROOM_TOKEN": "token_a"},
            errors_too=True,
        )
        end = await terminal.exit()
    assert end.code == 130
    assert end.shown[end.shown.rindex(CLOSED) :] == SHOWN_AGAIN


async def test_nothing_is_drawn_on_a_terminal_that_shows_no_screen(tmp_path: Path) -> None:
    terminal = await start(
        *("join", f"{NOBODY}?token=SECRET&meeting=m"),
        home=tmp_path,
        environment={"TERM": "dumb"},
        errors_too=True,
    )
    end = await terminal.exit()
    line = "needs a terminal that shows a screen, and TERM=dumb is none; --plain needs none"
    assert (end.code, end.shown) == (1, f"boardroom join: {line}\r\n")
