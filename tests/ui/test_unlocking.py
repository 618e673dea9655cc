"""The passphrase, and that nobody has to guess that one is wanted."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from boardroom_tui.client.private.updates import PrivateStands
from boardroom_tui.protocol.correspondents import Readiness
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.screens.passphrase_dialog import PassphraseDialog
from boardroom_tui.ui.settings import Settings
from tests.ui.private_scenes import stands
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import ScriptedLink
from tests.ui.test_app import toasts

WRONG = replace(stands(Readiness.LOCKED), reason="this is not the passphrase")


async def unlocking(
    app: BoardroomApp, link: ScriptedLink, pilot: Pilot[str | None], told: PrivateStands
) -> PassphraseDialog:
    """The dialog, where private messages stand like this."""
    link.tell(told)
    await until(pilot, lambda: app.conversations.privacy.readiness is told.readiness)
    await pilot.press(*"/unlock", "enter")
    await until(pilot, lambda: isinstance(app.screen, PassphraseDialog))
    assert isinstance(app.screen, PassphraseDialog)
    return app.screen


async def test_a_second_try_goes_into_the_dialog_and_not_to_everybody() -> None:
    async with at_the_meeting() as (app, link, pilot):
        dialog = await unlocking(app, link, pilot, stands(Readiness.LOCKED))
        app.clear_notifications()
        await pilot.press(*"wrong", "enter")
        await until(pilot, lambda: "Checking…" in screen_text(app))
        assert dialog.query_one(Input).value == ""
        link.tell(WRONG)
        await until(pilot, lambda: "This is not the passphrase." in screen_text(app))
        assert "Checking…" not in screen_text(app)
        await pilot.press(*"right", "enter")
        await until(pilot, lambda: link.done == [("unlock", "wrong"), ("unlock", "right")])
        assert app.screen is dialog
        assert toasts(app) == []
        link.tell(stands())
        await until(pilot, lambda: app.screen is app.meeting_screen)
        await until(pilot, lambda: toasts(app) == ["Your private messages are open."])
        assert not link.sent_of(ChatSend)


async def test_where_another_passphrase_would_not_help_none_is_taken() -> None:
    told = PrivateStands(Readiness.UNAVAILABLE, "the disk is full", {})
    async with at_the_meeting() as (app, link, pilot):
        dialog = await unlocking(app, link, pilot, stands(Readiness.LOCKED))
        await pilot.press(*"right", "enter")
        link.tell(told)
        await until(pilot, lambda: "The disk is full." in screen_text(app))
        assert dialog.query_one(Input).disabled
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.meeting_screen)


async def test_a_passphrase_that_is_too_short_is_written_anew_in_the_first_field() -> None:
    async with at_the_meeting() as (app, link, pilot):
        dialog = await unlocking(app, link, pilot, stands(Readiness.UNPROTECTED))
        await pilot.press(*"short", "tab", *"short", "enter")
        await until(pilot, lambda: "Take at least 8 characters" in screen_text(app))
        assert dialog.focused is dialog.query_one("#first")
        assert link.done == []


async def test_what_is_typed_behind_a_tab_is_for_the_next_field_however_fast_it_comes() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await unlocking(app, link, pilot, stands(Readiness.UNPROTECTED))
        for key in (*"passphrase", "tab", *"passphrase"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: link.done == [("unlock", "passphrase")])


@pytest.mark.parametrize(
    ("readiness", "words"),
    [
        (Readiness.LOCKED, "Private messages are locked: /unlock opens them."),
        (
            Readiness.UNPROTECTED,
            "No keyring here: /unlock protects private messages with a passphrase.",
        ),
    ],
)
async def test_that_private_messages_are_locked_is_said_once_and_the_key_named(
    readiness: Readiness, words: str
) -> None:
    async with at_the_meeting(size=(80, 24)) as (app, link, pilot):
        link.tell(stands(Readiness.OPENING))
        link.tell(stands(readiness))
        await until(pilot, lambda: toasts(app) == [words])
        # Behind what one comes for: the meeting itself.
        keys = screen_text(app).splitlines()[-1]
        assert keys.index("Answer") < keys.index("U Unlock")
        link.tell(stands(Readiness.OPENING))
        link.tell(stands(readiness))
        link.tell(stands())
        await until(pilot, lambda: "U Unlock" not in screen_text(app))
        assert toasts(app) == [words, "Your private messages are open."]


@pytest.mark.parametrize(
    ("readiness", "times"), [(Readiness.UNPROTECTED, 1), (Readiness.LOCKED, 2)]
)
async def test_that_there_is_no_keyring_is_told_at_the_first_start_alone(
    readiness: Readiness, times: int, tmp_path: Path
) -> None:
    told: list[str] = []
    for _ in range(2):
        settings = Settings(memory=tmp_path / "screen.json")
        async with at_the_meeting(size=(80, 24), settings=settings) as (app, link, pilot):
            link.tell(stands(readiness))
            await until(pilot, lambda: "U Unlock" in screen_text(app))
            told += toasts(app)
    assert len(told) == times
