"""Private messages as members see them: two terminals, a server process that is killed, TLS."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.served import Served, served
from tests.terminal import Terminal, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

ENTER, ESCAPE, CTRL_N, CTRL_Q = "\r", "\x1b", "\x0e", "\x11"
PASSPHRASE = "a lamp by the window"


async def joined(server: Served, user_id: str, device: str = "") -> Terminal:
    """A member's terminal on a machine of their own, without a keyring."""
    arguments = server.join_arguments(user_id)
    home = server.home / f"{user_id}{device}"
    home.mkdir(exist_ok=True)
    terminal = await start(*arguments, home=home, errors_too=True)
    await terminal.until_screen("Q3 board meeting")
    return terminal


async def unlock(terminal: Terminal, *, new: bool) -> None:
    """Protect this device's keys with a passphrase, or open them with it."""
    await terminal.until_screen("U Unlock")
    terminal.type("/unlock" + ENTER)
    await terminal.until_screen("your private messages")
    terminal.type(PASSPHRASE)
    terminal.type(ENTER)
    if new:
        await terminal.until_screen("Now once more")
        terminal.type(PASSPHRASE + ENTER)
    await terminal.until_screen("Your private messages")


async def leave(*terminals: Terminal) -> None:
    """Leave by the key, and see that nothing went wrong."""
    for terminal in terminals:
        terminal.type(CTRL_Q)
        assert (await terminal.exit()).code == 0


def files_with(folder: Path, text: str) -> list[Path]:
    """The files in which a text can be read."""
    return [
        file for file in folder.rglob("*") if file.is_file() and text.encode() in file.read_bytes()
    ]


async def test_two_members_write_in_private_and_nothing_of_it_is_on_the_server(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as server:
        ada, ben = await joined(server, "user_ada"), await joined(server, "user_ben")
        for terminal in (ada, ben):
            await unlock(terminal, new=True)
        ada.type("/dm ben The lease is off" + ENTER)
        await ada.until_screen("Only Ben Okafor and you can read this.")
        await ben.until_screen("Ada Lind wrote in")
        ben.type(CTRL_N)
        await ben.until_screen("The lease is off")
        ben.type("Not a word before Friday" + ENTER)
        await ada.until_screen("Not a word before Friday")

        # A server that is killed and comes back brings what was written meanwhile.
        port = urlsplit(server.url).port
        await server.kill()
    assert port is not None
    ada.type("Then Friday it is" + ENTER)
    await ada.until_screen("Then Friday it is")
    async with served(tmp_path, port=port) as server:
        await ben.until_screen("Then Friday it is")
        await ada.until_screen(lambda screen: "queued" not in screen and "sending" not in screen)
        await leave(ada, ben)

        # A device that is opened again shows what was said; its passphrase is asked for.
        ben = await joined(server, "user_ben")
        await unlock(ben, new=False)
        ben.type(CTRL_N)
        await ben.until_screen("Then Friday it is")
        await leave(ben)
    for text in ("The lease is off", "before Friday", "Then Friday", PASSPHRASE):
        assert files_with(tmp_path, text) == []


async def test_a_new_device_is_looked_at_before_anything_is_written_to_it(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        ada, ben = await joined(server, "user_ada"), await joined(server, "user_ben")
        for terminal in (ada, ben):
            await unlock(terminal, new=True)
        ada.type("/dm ben first" + ENTER)
        await ben.until_screen("wrote in")
        laptop = await joined(server, "user_ben", "-laptop")
        await unlock(laptop, new=True)
        await ada.until_screen("has a new device.")
        ada.type("/devices ben" + ENTER)
        await ada.until_screen("! not accepted yet")
        ada.type("a")
        await ada.until_screen(lambda screen: "not accepted yet" not in screen)
        ada.type(ESCAPE)
        await ada.until_screen(lambda screen: "Devices of" not in screen)
        ada.type("second" + ENTER)
        await laptop.until_screen("wrote in")
        laptop.type(CTRL_N)
        await laptop.until_screen("second")
        assert "first" not in laptop.screen
        await leave(ada, ben, laptop)
