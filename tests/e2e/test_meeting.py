"""A meeting as its members see it: terminals, a server process, TLS, one vote."""

import asyncio
import ssl
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.command import COMMAND
from tests.e2e.served import Served, served
from tests.peers.reference_client import reference_client
from tests.terminal import SECONDS, Terminal, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

F5, F6, F8, CTRL_O, CTRL_Q, CTRL_S, CTRL_T = (
    *("\x1b[15~", "\x1b[17~", "\x1b[19~"),
    *("\x0f", "\x11", "\x13", "\x14"),
)
ENTER = "\r"


async def joined(server: Served, user_id: str) -> Terminal:
    """A member's terminal, once the meeting is on its screen."""
    arguments = server.join_arguments(user_id)
    terminal = await start(*arguments, home=server.home, errors_too=True)
    await terminal.until_screen("Q3 board meeting")
    return terminal


async def leave(*terminals: Terminal) -> None:
    """Leave by the key, and see that nothing went wrong."""
    for terminal in terminals:
        terminal.type(CTRL_Q)
        assert (await terminal.exit()).code == 0


async def vote(terminal: Terminal, key: str) -> None:
    """Vote by the keyboard: choose, confirm."""
    terminal.type(key)
    await terminal.until_screen("Approve the 2027 budget")
    await terminal.until_screen("Comment")
    terminal.type(ENTER)
    await terminal.until_screen("Vote · Enter")
    terminal.type(ENTER)


async def test_a_vote_is_seen_from_open_to_verdict_on_both_screens(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        ada, ben = await joined(server, "user_ada"), await joined(server, "user_ben")
        await ada.until_screen("Quorum: 2 here, 2 needed")

        ben.type("Good evening, Ada" + ENTER)
        await ada.until_screen("Good evening, Ada")

        ada.type(F8)
        await ben.until_screen("▸ 1 Opening")

        ada.type(CTRL_O)
        await ada.until_screen("Open a vote")
        ada.type(CTRL_S)
        for terminal in (ada, ben):
            await terminal.until_screen("Vote open")
            await terminal.until_screen("two-thirds of the votes")

        await vote(ben, F5)
        for terminal in (ada, ben):
            await terminal.until_screen("1 of 2")
        await vote(ada, F6)
        for terminal in (ada, ben):
            await terminal.until_screen("Lost: 1 for, 1 against.")
            await terminal.until_screen("needs 2")
        await leave(ada, ben)


async def test_a_killed_server_comes_back_with_the_open_vote_and_the_clients_with_it(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as server:
        ada = await joined(server, "user_ada")
        ada.type(CTRL_O)
        await ada.until_screen("Open a vote")
        ada.type(CTRL_S)
        await ada.until_screen("There is no quorum: 1 of 2")
        ada.type("y")
        await ada.until_screen("Vote open")
        await vote(ada, F5)
        await ada.until_screen("recorded")
        await server.kill()
        await ada.until_screen("No connection")
        ada.type("Said while the server was gone" + ENTER)
        await ada.until_screen("queued")
        await ada.until_screen("1 waits to be sent: “Said while the server")
    async with served(tmp_path, port=urlsplit(server.url).port or 0) as again:
        ada.type("/reconnect" + ENTER)
        await ada.until_screen("Connected")
        ben = await joined(again, "user_ben")
        await ben.until_screen("Said while the server was gone")
        await ben.until_screen("1 of 2")
        await vote(ben, F5)
        for terminal in (ada, ben):
            await terminal.until_screen("Carried: 2 for, 0 against.")
        await leave(ada, ben)


HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07\x9b31m[@click=app.quit]here[/] [red]markup[/] \u202egnp.exe\u200b end"
)


async def test_a_hostile_message_reaches_no_terminal_as_anything_but_its_own_text(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as server:
        ada = await joined(server, "user_ada")
        address = f"{server.url}?token={server.token('user_ben')}"
        trust = ssl.create_default_context(cafile=server.ca)
        async with reference_client(address, trust) as ben:
            await ben.receive()
            chat = {"meetingId": "meeting_q3", "message": HOSTILE, "replyTo": None}
            await ben.ask("meeting.chat.message", chat, "hostile")
        await ada.until_screen("[@click=app.quit]here")
        await ada.until_screen("[red]markup[/] gnp.exe end")
        for forbidden in (b"\x1b]0;owned", b"\xc2\x9b", "\u202e".encode(), "\u200b".encode()):
            assert forbidden not in ada.written
        assert "Ada Lind" in ada.screen
        await leave(ada)


IMPATIENT = f"""\
import textual.drivers._writer_thread as writer
writer.MAX_QUEUED_WRITES = 1
{COMMAND}"""
"""The screen waits for the terminal after one piece of output instead of thirty."""


@pytest.mark.parametrize("controlled", [True, False], ids=["signalled", "silent"])
async def test_a_terminal_that_froze_and_went_away_leaves_no_process_behind(
    tmp_path: Path, controlled: bool
) -> None:
    async with served(tmp_path) as server:
        arguments = server.join_arguments("user_ada")
        ada = await start(
            *arguments, home=tmp_path, errors_too=True, command=IMPATIENT, controlled=controlled
        )
        await ada.until_screen("Q3 board meeting")
        await ada.freeze(CTRL_T)
        ada.hang_up()
        async with asyncio.timeout(SECONDS):
            assert await ada.process.wait() != 0
