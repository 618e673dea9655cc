"""The first screen: what can be done, each by its key, and what comes of it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from boardroom_tui.cli.welcome import fit, why_not
from boardroom_tui.client.recent_meetings import RecentMeetings
from boardroom_tui.ui.screens.dialog_box import DialogBox
from boardroom_tui.ui.terminal.listening import ListeningDriver
from boardroom_tui.welcome.app import WelcomeApp
from boardroom_tui.welcome.choice import DEMO, Choice, rejoin
from boardroom_tui.welcome.rows import ACTIONS, when
from tests.client.test_recent_meetings import NOON, meeting
from tests.ui.test_order_of_keys import burst

URL = "wss://board.example/ws"


def text_of(app: App[Any]) -> str:
    strips = app.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage]
    return "\n".join(strip.text.rstrip() for strip in strips)


@asynccontextmanager
async def first_screen(
    path: Path, *names: str, notice: str = "", size: tuple[int, int] = (80, 24)
) -> AsyncGenerator[tuple[WelcomeApp, Pilot[Choice]]]:
    """The first screen of somebody who joined these meetings, the last one last."""
    recent = RecentMeetings(path)
    for minute, name in enumerate(names):
        recent.remember(meeting(name, minute, f"The {name} meeting"))
    app = WelcomeApp(recent, fit, why_not, notice=notice, clock=lambda: NOON)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def shows(pilot: Pilot[Any], condition: str | Callable[[str], bool]) -> str:
    """What the screen shows, once a text is on it or a condition holds."""
    async with asyncio.timeout(10):
        while True:
            shown = text_of(pilot.app)
            if condition in shown if isinstance(condition, str) else condition(shown):
                return shown
            await pilot.pause(0.01)


async def test_who_begins_sees_what_can_be_done_and_does_it_by_a_key(tmp_path: Path) -> None:
    async with first_screen(tmp_path / "r", notice="no server answers") as (app, pilot):
        shown = await shows(pilot, "None yet")
        assert "✗ No server answers." in shown
        for _, key, title, _ in ACTIONS:
            assert f" {key}  {title}" in shown
        assert "Enter Choose" in shown
        await pilot.press("question_mark")
        await shows(pilot, "To join a meeting")
        await pilot.press("escape", "down", "enter")
        await pilot.pause()
    assert app.return_value == DEMO


async def test_a_recent_meeting_is_forgotten_or_joined_again(tmp_path: Path) -> None:
    async with first_screen(tmp_path / "r", "q1", "q2", "q3") as (app, pilot):
        shown = await shows(pilot, "The q3 meeting")
        assert shown.index("The q3") < shown.index("The q2") < shown.index("The q1")
        assert "today 12:02 · facilitator · board.example:8765" in shown
        assert "Enter Join" in shown and "Del Forget" in shown
        await pilot.press("down", "delete")
        assert "The q2" not in await shows(pilot, lambda text: "The q2" not in text)
        await pilot.press("t")
        await shows(pilot, "Paste the token of Ana Duarte")
        await pilot.press("escape", "2")
        await pilot.pause()
    assert app.return_value is not None
    assert app.return_value.words == rejoin(meeting("q1")).words
    assert [one.meeting_id for one in RecentMeetings(tmp_path / "r").read()] == ["q3", "q1"]


async def test_a_pasted_invitation_is_explained_and_its_token_never_shown(tmp_path: Path) -> None:
    async with first_screen(tmp_path / "r") as (app, pilot):
        await pilot.press("p")
        await shows(pilot, "Paste an invitation")
        app.screen.focused.post_message(events.Paste("eyJhbGciOi.eyJzdWIi.c2ln"))  # pyright: ignore[reportOptionalMemberAccess]
        assert "eyJ" not in await shows(pilot, "This is no invitation")
        line = f"boardroom join '{URL}?token=SECRET'\r --meeting meeting_q3"
        app.screen.focused.post_message(events.Paste(line))  # pyright: ignore[reportOptionalMemberAccess]
        shown = await shows(pilot, "in the address, not shown")
        assert "SECRET" not in shown and "no invitation" not in shown
        await pilot.press("enter")
        await pilot.pause()
    choice = app.return_value
    assert choice is not None
    assert (choice.command, choice.words) == (
        "join",
        (f"{URL}?token=SECRET", "--meeting", "meeting_q3"),
    )


async def test_what_is_pasted_without_a_key_is_an_invitation_and_joins_nothing_else(
    tmp_path: Path,
) -> None:
    async with first_screen(tmp_path / "r", "q1") as (app, pilot):
        app.post_message(events.Paste(f"# Ben\nboardroom join {URL} --meeting meeting_q3\n"))
        app.post_message(events.Key("enter", "\r"))
        await pilot.pause()
        await pilot.pause()
    assert app.return_value == Choice("join", (URL, "--meeting", "meeting_q3"))
    async with first_screen(tmp_path / "r", "q1") as (app, pilot):
        app.post_message(events.Paste("a shopping list"))
        await shows(pilot, "This is no invitation")
        await pilot.press("enter")
        await pilot.pause()
        assert app.return_value is None


async def test_a_file_is_completed_or_chosen_from_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "meetings").mkdir()
    for name in ("q1", "q2"):
        text = f'[meeting]\nid = "m_{name}"\ntitle = "The {name} meeting"\n'
        text += '[[member]]\nid = "u"\nname = "Ana"\nrole = "facilitator"\n'
        (tmp_path / "meetings" / f"{name}.toml").write_text(text)
    async with first_screen(tmp_path / "r", size=(60, 20)) as (app, pilot):
        await pilot.press("h")
        await shows(pilot, "meetings/")
        high = app.screen.query_one(DialogBox).size.height
        await pilot.press("x", "enter")
        await shows(pilot, "Cannot read x: No such file or directory")
        assert app.screen.query_one(DialogBox).size.height == high
        assert app.screen.query_one(Input).value == "x"
        await pilot.press("backspace", "m", "tab")
        await shows(pilot, "The q2 meeting")
        await pilot.press("tab", "down", "down", "enter")
        await pilot.pause()
    assert app.return_value == Choice("host", ("--", "meetings/q2.toml"))


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_it_fits_whatever_there_is_to_list(size: tuple[int, int], tmp_path: Path) -> None:
    names = [f"n{number}" for number in range(12)]
    async with first_screen(tmp_path / "r", *names, notice="no server", size=size) as (_, pilot):
        shown = await shows(pilot, "q  Quit")
        assert max(cell_len(line) for line in shown.splitlines()) <= size[0]
        assert "✗ No server." in shown
        await pilot.press(*["down"] * 11)
        await shows(pilot, "The n0 meeting")
        await pilot.press("down", "enter")
        await shows(pilot, "Paste an invitation")


def test_a_moment_is_said_as_people_say_it() -> None:
    assert when(NOON, NOON) == "today 12:00"
    assert when(NOON.replace(day=13), NOON) == "yesterday 12:00"
    assert when(NOON.replace(month=3), NOON) == "14 Mar"
    assert when(NOON.replace(year=2025), NOON) == "14 Sep 2025"


async def test_what_is_typed_behind_a_key_is_for_what_it_opened(tmp_path: Path) -> None:
    async with first_screen(tmp_path / "r") as (app, pilot):
        assert app.driver_class is ListeningDriver
        for keys in ("hpath/d", ("down", "down", "enter", *"path/d")):
            burst(app, keys)
            await pilot.pause(0.1)
            assert app.screen.query_one(Input).value == "path/d"
            await pilot.press("escape")
            await pilot.pause()
        burst(app, "dhq")
        await pilot.pause()
    assert app.return_value == DEMO
