"""Keys in a burst, as a slow line delivers them: each finds what the one before it led to."""

from collections.abc import Iterable
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.keys import Keys, _character_to_key  # pyright: ignore[reportPrivateUsage]
from textual.widgets import Input

from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.ui.look.theme_names import ThemeName
from tests.ui import board
from tests.ui.private_scenes import MARGARET_AND_PRIYA
from tests.ui.screen_text import at_the_meeting, until
from tests.ui.scripted_link import ScriptedLink
from tests.ui.test_app import toasts
from tests.ui.test_private import enter, in_private

SECRET = "not for all"


def burst(app: App[Any], keys: Iterable[str]) -> None:
    """Press keys with nothing in between: all of them wait before the first is taken."""
    for key in keys:
        name = key if key in set(Keys) or "+" in key else _character_to_key(key)
        character = key if len(key) == 1 else "\r" if key == "enter" else None
        app.post_message(events.Key(name, character))


def public(link: ScriptedLink) -> list[str]:
    """What went to everybody."""
    return [one.data.message for one in said(link)]


def said(link: ScriptedLink) -> list[ChatSend]:
    """The same, with what each answers."""
    return [one for one in link.sent_of(ChatSend) if isinstance(one, ChatSend)]


@pytest.mark.parametrize("behind", [("ctrl+n",), ("ctrl+n", "ctrl+n"), ("ctrl+n", "enter")])
async def test_what_was_written_in_private_goes_there_whatever_is_pressed_behind_it(
    behind: tuple[str, ...],
) -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/dm priya")
        burst(app, (*SECRET, "enter", *behind))
        await pilot.pause(0.2)
        assert link.written == [(MARGARET_AND_PRIYA, SECRET, None)]
        assert public(link) == []


async def test_what_is_typed_behind_a_switch_is_written_where_it_leads() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/dm priya")
        await enter(pilot, "/everybody")
        burst(app, ("ctrl+n", *SECRET, "enter"))
        await pilot.pause(0.2)
        assert link.written == [(MARGARET_AND_PRIYA, SECRET, None)]
        assert public(link) == []


async def test_what_is_typed_behind_a_command_is_written_where_it_leads() -> None:
    async with in_private() as (app, link, pilot):
        burst(
            app,
            (*"/dm priya", "enter", *SECRET, "enter", *"/everybody", "enter", *"aloud", "enter"),
        )
        await pilot.pause(0.3)
        assert link.written == [(MARGARET_AND_PRIYA, SECRET, None)]
        assert public(link) == ["aloud"]


async def test_lines_in_a_burst_stay_lines() -> None:
    async with in_private() as (app, link, pilot):
        burst(app, (*"one", "enter", *"two", "enter", *"three", "enter"))
        await pilot.pause(0.2)
        assert public(link) == ["one", "two", "three"]


async def test_what_is_typed_behind_a_key_that_edits_is_written_where_it_leads() -> None:
    async with in_private() as (app, _, pilot):
        burst(app, (*"agreee", "backspace", *"d so", "home", *"we ", "right", "delete", *"G"))
        await pilot.pause(0.2)
        assert app.meeting_screen.composer.text == "we aGreed so"


async def test_the_arrow_brings_back_in_public_nothing_that_was_private() -> None:
    async with in_private() as (app, _, pilot):
        await enter(pilot, "/dm priya")
        await enter(pilot, SECRET)
        await enter(pilot, "/everybody")
        for _ in range(3):
            await pilot.press("up")
            assert SECRET not in app.meeting_screen.composer.text


async def test_a_command_that_names_nobody_stays_in_the_line() -> None:
    async with in_private() as (app, _, pilot):
        await enter(pilot, "/dm zoe how are you?")
        await pilot.pause()
        assert app.meeting_screen.composer.text == "/dm zoe how are you?"


async def test_a_draft_that_waits_is_kept_when_more_is_sent_by_command() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/dm priya")
        await pilot.press(*"half a thought", "ctrl+n")
        await pilot.pause()
        await enter(pilot, "/dm priya more")
        assert app.meeting_screen.composer.text == "half a thought"
        assert [text for _, text, _ in link.written] == ["more"]


async def test_what_is_typed_behind_a_letter_goes_where_it_leads() -> None:
    async with in_private() as (app, link, pilot):
        screen = app.meeting_screen
        await pilot.press("escape")
        await pilot.pause()
        burst(app, (*" sthe bud", "backspace", *"dget y"))
        await pilot.pause(0.2)
        assert app.screen is screen
        assert screen.query_one("SearchBar Input", Input).value == "the budget y"

        await pilot.press("escape")
        await pilot.pause()
        assert not screen.is_writing
        burst(app, (*"/theme light", "enter"))
        await pilot.pause(0.2)
        assert app.theme == ThemeName.LIGHT

        await pilot.press("escape")
        await pilot.pause()
        burst(app, ("up", "enter", *"yes, so be it", "enter"))
        await pilot.pause(0.2)
        assert public(link) == ["yes, so be it"]
        assert [one.data.reply_to for one in said(link)] == ["msg_9"]


async def test_what_is_typed_behind_a_command_that_cannot_be_done_is_no_command() -> None:
    empty = board.state(chat=())
    async with at_the_meeting(board.ready(), empty) as (app, link, pilot):
        await pilot.press("escape")
        await pilot.pause()
        burst(app, " sbudget xq")
        await until(pilot, lambda: toasts(app) == ["Nothing has been said yet."])
        burst(app, " #budget xq")
        await pilot.pause(0.1)
        assert app.screen is app.meeting_screen
        assert link.sent == []
        await pilot.press("i")
        await until(pilot, lambda: app.meeting_screen.is_writing)
