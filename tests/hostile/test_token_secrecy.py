"""No part of a token is anywhere but in its own file: not in a log, a crash, a screen, a list."""

import os
import signal
import ssl
import stat
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.command import COMMAND
from tests.e2e.served import Served, served
from tests.peers.reference_client import reference_client
from tests.sdk.programming import running
from tests.terminal import start

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="reads the list of processes from /proc"
)

LONGEST_COINCIDENCE = 12
"""Characters; what is longer and in a token is part of it."""

PROGRAM = """\
import sys, threading
from boardroom_ws import BoardroomWebSocket
first, fresh = sys.stdin.read().split()
renewed = threading.Event()
client = BoardroomWebSocket(sys.argv[1], first, ca=sys.argv[2], debug=True)
client.on("connection.auth.refreshed", lambda data: renewed.set())
with client:
    client.send("connection.auth.refresh", {"token": fresh})
    assert renewed.wait(30)
    said = {"meetingId": "meeting_q3", "message": "Said by a program."}
    client.send_and_wait("meeting.chat.message", said)
"""

CRASHING = f"""\
from boardroom_tui.client import link
def crash(address, trust, token, client_id):
    raise RuntimeError(address.url_with(token, client_id), [token], {{"token": token}})
link.dial = crash
{COMMAND}"""


def parts(token: str) -> Iterable[str]:
    """Every piece of a token's claims and signature that is no coincidence."""
    for part in token.split(".")[1:]:
        for begin in range(len(part) - LONGEST_COINCIDENCE):
            yield part[begin : begin + LONGEST_COINCIDENCE + 1]


def loud(home: Path) -> Mapping[str, str]:
    """An environment in which everything is logged at DEBUG, asyncio's own debugging included."""
    folder = Path(__file__).parent / "loud"
    return {
        "LOUD": str(home / "everything"),
        "PYTHONPATH": f"{folder}{os.pathsep}{folder.parents[2]}",
        "PYTHONASYNCIODEBUG": "1",
    }


def processes(home: Path) -> str:
    """What `ps` shows of every process of this user; others beside this test have tokens too."""
    shown: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"\0HOME={home}\0".encode() in b"\0" + (process / "environ").read_bytes():
                words = (process / "cmdline").read_bytes().replace(b"\0", b" ")
                shown.append(words.decode(errors="replace"))
        except OSError:
            continue  # it has ended meanwhile, or is nobody's business
    assert any("serve --meeting" in words for words in shown)
    return "\n".join(shown)


def written(home: Path) -> str:
    """What is in every file that others may read, or that is not a token's own."""
    found: list[str] = []
    for path in home.rglob("*"):
        if path.is_dir():
            continue
        if path.suffix == ".token":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            continue
        found.append(f"{path} {path.read_bytes().decode('latin-1')}")
    return "\n".join(found)


async def test_no_part_of_a_token_is_in_anything_that_a_meeting_writes(tmp_path: Path) -> None:
    quietly = loud(tmp_path)
    async with served(tmp_path, environment=quietly) as server:
        arguments = server.join_arguments("user_ada")
        terminal = await start(*arguments, home=tmp_path, environment=quietly, errors_too=True)
        await terminal.until_screen("Q3 board meeting")
        terminal.type("Said in a terminal.\r")
        await terminal.until_screen("Ada Lind")

        first, fresh = server.token("user_ben"), server.token("user_ben")
        shown = [processes(tmp_path)]
        async with running(
            "-c", PROGRAM, server.url, server.ca, home=tmp_path, more=quietly, input_too=True
        ) as program:
            assert program.process.stdin is not None
            program.process.stdin.write(f"{first} {fresh}".encode())
            program.process.stdin.close()
            shown.append(processes(tmp_path))
            code, *told = await program.end()
        assert code == 0, told
        await terminal.until_screen("Said by a program.")
        forged = fresh[:-20] + fresh[:-21:-1]
        await _try(server, forged)

        terminal.type("\x11")
        left = await terminal.exit()
        assert left.code == 0
        server.process.send_signal(signal.SIGTERM)
        outputs = [text.decode() for text in await server.process.communicate()]

    own = (tmp_path / "user_ada.token").read_text().strip()
    logged = written(tmp_path)
    assert "boardroom_ws: sent {" in logged, "the program's frames were not shown"
    assert "boardroom.server: listening" in logged, "nothing was logged"
    assert "Using selector" in logged, "asyncio was not at DEBUG"
    everything = "\n".join((*shown, *told, *outputs, left.shown, left.errors, logged))
    for token in (own, first, fresh, forged):
        assert [part for part in parts(token) if part in everything] == []


async def _try(server: Served, token: str) -> None:
    """Show the server a bad token, at its door and over a connection."""
    trust = ssl.create_default_context(cafile=server.ca)
    async with reference_client(f"{server.url}?token={token}", trust) as stranger:
        assert (await stranger.receive())["data"]["code"] == "AUTH_FAILED"
    good = server.token("user_ben")
    async with reference_client(f"{server.url}?token={good}", trust) as ben:
        refused = await ben.ask("connection.auth.refresh", {"token": token}, "1")
        assert refused["data"]["code"] == "AUTH_FAILED"


async def test_no_part_of_a_token_is_in_what_a_crash_leaves(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        arguments = server.join_arguments("user_ada")
        terminal = await start(
            *arguments,
            home=tmp_path,
            environment=loud(tmp_path),
            command=CRASHING,
            errors_too=True,
        )
        end = await terminal.exit()
    assert end.code == 1
    assert "stopped by a mistake of its own" in end.shown
    own = (tmp_path / "user_ada.token").read_text().strip()
    everything = f"{end.shown}\n{end.errors}\n{written(tmp_path)}"
    assert "RuntimeError" in everything
    assert [part for part in parts(own) if part in everything] == []


async def test_a_client_keeps_nothing_that_was_said_on_disk(tmp_path: Path) -> None:
    home = tmp_path / "ada"
    home.mkdir()
    async with served(tmp_path) as server:
        arguments = server.join_arguments("user_ada")
        terminal = await start(*arguments, home=home, errors_too=True)
        await terminal.until_screen("Q3 board meeting")
        terminal.type("Said in confidence.\r")
        await terminal.until_screen("▌ Said in confidence.")
        terminal.type("\x11")
        assert (await terminal.exit()).code == 0
    assert "Said in confidence." in written(tmp_path), "it is not in the record either"
    assert "Said in confidence." not in written(home)
