"""The demo as its first user meets it: a screen, a hint, a vote, and the minutes in the end."""

import re
import signal
import sys
from pathlib import Path

import pytest

from boardroom_tui.cli.demo import MEETING, SEATS
from boardroom_tui.demo.stage import charter
from boardroom_tui.protocol.fields import Role
from tests.terminal import Exit, Terminal, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

F8, CTRL_O, CTRL_Q, CTRL_S = "\x1b[19~", "\x0f", "\x11", "\x13"


def test_the_door_says_what_the_demo_is_before_it_is_loaded() -> None:
    assert charter().id == MEETING
    assert sorted(Role, key=lambda role: -role.power) == list(SEATS)


async def demo(home: Path, *arguments: str) -> Terminal:
    terminal = await start("demo", *arguments, home=home, errors_too=True)
    await terminal.until_screen("Larkfield Housing Cooperative")
    return terminal


def minutes(ended: Exit) -> str:
    """The minutes that the last line names."""
    assert ended.code == 0, ended.shown[-2000:]
    named = re.findall(r"Minutes: (\S+)", ended.shown)
    assert len(named) == 1
    return Path(named[0]).read_text("utf-8")


async def test_the_person_leads_opens_a_vote_and_finds_it_in_the_minutes(tmp_path: Path) -> None:
    terminal = await demo(tmp_path, "--speed", "20", "--data", str(tmp_path / "data"))
    await terminal.until_screen("you, facilitator")
    await terminal.until_screen("when you like: /order")
    terminal.type("/order\r")
    await terminal.until_screen("Called to order by Robin Hale")
    await terminal.until_screen("/next-item takes up")
    terminal.type(F8)
    await terminal.until_screen("▸ 1 Minutes of 21 October")
    await terminal.until_screen("Shall we vote, Chair?")
    terminal.type(CTRL_O)
    await terminal.until_screen("Open a vote")
    terminal.type(CTRL_S)
    await terminal.until_screen("10 of 12")
    terminal.type(CTRL_Q)
    await terminal.until_screen("A vote is open.")
    await terminal.until_screen("The meeting is not adjourned.")
    terminal.type("y")
    written = minutes(await terminal.exit())
    assert "Approve the minutes of 21 October" in written
    assert "Robin Hale | facilitator" in written


async def test_a_participant_watches_the_chair_lead(tmp_path: Path) -> None:
    terminal = await demo(
        tmp_path, "--as", "participant", "--speed", "40", "--data", str(tmp_path / "d")
    )
    await terminal.until_screen("▸ 2 Budget for 2027")
    terminal.type(CTRL_Q)
    assert (await terminal.exit()).code == 0


async def test_a_signal_ends_the_demo_with_its_minutes(tmp_path: Path) -> None:
    terminal = await demo(tmp_path, "--data", str(tmp_path / "data"))
    await terminal.until_screen("Inês Duarte")
    terminal.process.send_signal(signal.SIGTERM)
    assert "Larkfield" in minutes(await terminal.exit())


LOADING = """
import signal, sys
from boardroom_tui.cli import main, playing
settings = playing.own_settings
def interrupted():
    signal.raise_signal(signal.SIGINT)
    return settings()
playing.own_settings = interrupted
sys.exit(main())
"""
"""`boardroom`, in which somebody presses Ctrl+C as the meeting begins."""


async def test_whoever_leaves_before_the_meeting_begins_leaves_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    terminal = await start(
        "demo",
        home=tmp_path,
        command=LOADING,
        environment={"TMPDIR": str(folder)},
        errors_too=True,
    )
    assert (await terminal.exit()).code == 130
    assert not [*folder.iterdir()]
