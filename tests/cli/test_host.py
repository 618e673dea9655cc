"""`boardroom host`: one command serves, invites and joins, and leaves nothing running unasked."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from boardroom_tui.cli.own_server import OwnServer
from boardroom_tui.client.recent_meetings import RecentMeetings
from boardroom_tui.file_lock import FileLock, InUseError
from tests.command import boardroom
from tests.e2e.served import MEETING
from tests.terminal import Terminal, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

CTRL_C, CTRL_Q = "\x03", "\x11"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A good meeting file."""
    path = tmp_path / "q3.toml"
    path.write_text(MEETING)
    return path


async def host(file: Path, *arguments: str) -> Terminal:
    """The command on a free port, once it asks for Enter."""
    home = file.parent
    terminal = await start(
        *("host", str(file), "--port", "0", "--data", str(home / "data"), *arguments),
        home=home,
        environment={"TMPDIR": str(home)},
        errors_too=True,
    )
    await terminal.until("Press Enter to go in")
    return terminal


def is_served(home: Path) -> bool:
    """Whether a server runs on the data folder."""
    try:
        FileLock(home / "data" / "server.lock").release()
    except InUseError:
        return True
    return False


async def until_nobody_serves(home: Path) -> None:
    async with asyncio.timeout(30):
        while is_served(home):
            await asyncio.sleep(0.02)


async def test_the_host_is_in_the_meeting_and_the_server_goes_with_them(file: Path) -> None:
    terminal = await host(file)
    home = file.parent
    assert is_served(home)
    terminal.type("\r")
    await terminal.until_screen("Q3 board meeting")
    await terminal.until_screen("you, facilitator")
    [recent] = home.rglob("recent.json")
    # As soon as it is known, for not everybody leaves in good order.
    async with asyncio.timeout(10):
        while [one.title for one in RecentMeetings(recent).read()] != ["Q3 board meeting"]:
            await asyncio.sleep(0.02)
    terminal.type(CTRL_Q)
    await terminal.until_screen("keeps it running without you")
    terminal.type("\n")
    end = await terminal.exit()
    assert end.code == 0
    assert not is_served(home)
    assert "The server has ended." in end.shown
    [kept] = home.rglob("meeting_q3.txt")
    assert kept.stat().st_mode & 0o077 == 0
    for name in ("Ada Lind", "Ben Okafor"):
        assert f"# {name}" in end.shown and f"# {name}" in kept.read_text()
    assert kept.read_text().count("boardroom join wss://127.0.0.1:") == 2
    assert "#   without --ca: joining asks about" in kept.read_text()
    assert "The server hears this machine alone; --host 0.0.0.0 lets others in." in end.shown
    assert "eyJ" not in end.shown


async def test_the_server_runs_on_where_the_host_says_so(file: Path) -> None:
    terminal = await host(file, "--as", "ben")
    terminal.type("\r")
    await terminal.until_screen("Nothing has been said yet")
    terminal.type(CTRL_Q)
    await terminal.until_screen("keeps it running without you")
    terminal.type("k\n")
    end = await terminal.exit()
    assert end.code == 0
    assert is_served(file.parent)
    [pid] = re.findall(r"until: kill (\d+)", end.shown)
    os.kill(int(pid), signal.SIGTERM)
    await until_nobody_serves(file.parent)


@pytest.mark.parametrize("how", ["Ctrl+C", "SIGTERM", "hangup"])
async def test_no_server_is_left_when_the_host_is_interrupted(how: str, file: Path) -> None:
    terminal = await host(file)
    if how == "hangup":
        terminal.type("\r")
        await terminal.until_screen("you, facilitator")
        asyncio.get_running_loop().remove_reader(terminal._controlling)  # pyright: ignore[reportPrivateUsage]
        terminal.hang_up()
        await terminal.process.wait()
    elif how == "Ctrl+C":
        terminal.type(CTRL_C)
        assert (await terminal.exit()).code == 130
    else:
        terminal.process.send_signal(signal.Signals[how])
        await terminal.exit()
    await until_nobody_serves(file.parent)
    assert [*file.parent.glob("boardroom-host-*")] == []


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("os.kill(os.getpid(), 9)", f"was ended by signal 9 ({signal.strsignal(9)})"),
        ("sys.exit(1)", "has ended by itself; server.log may say why"),
    ],
)
def test_why_the_server_is_gone_and_what_to_do_is_known(end: str, why: str) -> None:
    code = f"import os, sys; sys.stdin.read(); {end}"
    with subprocess.Popen([sys.executable, "-S", "-c", code], stdin=subprocess.PIPE) as process:
        server = OwnServer("wss://127.0.0.1:1", None, Path("server.log"), process)
        assert server.why_gone() is None
        process.communicate()
        does = "the same command starts it again, with its record"
        assert server.why_gone() == f"the server {why}; {does}"


def test_it_needs_a_terminal(file: Path) -> None:
    end = boardroom("host", str(file), home=file.parent)
    assert (end.returncode, end.stderr) == (
        1,
        "boardroom host: needs a terminal; boardroom serve needs none\n",
    )


@pytest.mark.parametrize(
    ("before", "after", "arguments", "words"),
    [
        ("quorum = 2", "quorum = x", (), "q3.toml:4:"),
        ('"facilitator"', '"participant"', (), "names no facilitator"),
        ("", "", ("--as", "zoe"), "zoe is not a member of the meeting in"),
        ("", "", ("--host", "192.0.2.1"), "cannot listen on 192.0.2.1"),
    ],
)
async def test_what_is_wrong_is_one_line(
    before: str, after: str, arguments: tuple[str, ...], words: str, file: Path
) -> None:
    file.write_text(MEETING.replace(before, after) if before else MEETING)
    terminal = await start(
        *("host", str(file), "--port", "0", "--data", str(file.parent / "data"), *arguments),
        home=file.parent,
        errors_too=True,
    )
    end = await terminal.exit()
    assert end.code == 1
    assert end.shown.startswith("boardroom host: ") and end.shown.count("\n") == 1
    assert words in end.shown
