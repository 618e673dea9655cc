"""A token that runs out: the screen says so, asks for a new one, and shows none."""

from dataclasses import replace
from datetime import timedelta

from textual.pilot import Pilot
from textual.widgets import Input

from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.link import Phase, TokenWanted
from boardroom_tui.ui.screens.token_dialog import TokenDialog
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON, ScriptedLink
from tests.ui.test_app import toasts

RAN_OUT = "Your token has run out."


def run_out(link: ScriptedLink, refusal: str | None = None) -> None:
    link.become(Phase.WAITING, token_wanted=TokenWanted(None, refusal), next_attempt=None)


async def asked(pilot: Pilot[str | None], app: BoardroomApp) -> None:
    await until(pilot, lambda: isinstance(app.screen, TokenDialog))
    await until(pilot, lambda: RAN_OUT in screen_text(app))


async def test_a_token_is_asked_for_hidden_and_the_dialog_goes_once_it_is_taken() -> None:
    async with at_the_meeting(size=(100, 30)) as (app, link, pilot):
        await pilot.press(*"half a thought")
        run_out(link)
        await asked(pilot, app)
        await pilot.press(*"secret", "enter")
        await until(pilot, lambda: link.tokens == ["secret"])
        assert "secret" not in screen_text(app)
        assert app.screen.query_one(Input).value == ""
        link.become(Phase.READY, token_wanted=None)
        await until(pilot, lambda: app.screen is app.meeting_screen)
        assert "half a thought" in screen_text(app)


async def test_why_a_token_will_not_do_is_said_in_the_dialog() -> None:
    async with at_the_meeting(size=(100, 30)) as (app, link, pilot):
        run_out(link)
        await asked(pilot, app)
        await pilot.press("enter")
        await until(pilot, lambda: "What you gave holds no token." in screen_text(app))
        run_out(link, "the new token belongs to user_9, not to user_1")
        await until(
            pilot, lambda: "The new token belongs to user_9, not to user_1." in screen_text(app)
        )


async def test_escape_leaves_it_for_later_and_a_command_asks_again() -> None:
    async with at_the_meeting(size=(100, 30)) as (app, link, pilot):
        run_out(link)
        await asked(pilot, app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.meeting_screen)
        link.connection = replace(link.connection, attempt=2)
        run_out(link)
        await until(pilot, lambda: "/token takes a new one" in screen_text(app))
        assert app.screen is app.meeting_screen, "asked once"
        assert "No token" in screen_text(app)
        await pilot.press(*"/token", "enter")
        await asked(pilot, app)
        await pilot.press("escape", "escape", "space", "k")
        await asked(pilot, app)


async def test_before_the_end_the_screen_says_when_and_how_and_asks_nothing() -> None:
    async with at_the_meeting(size=(100, 30)) as (app, link, pilot):
        await pilot.press("escape", "space", "k")
        await until(pilot, lambda: toasts(app) == ["No new token is needed now."])
        link.become(Phase.READY, token_wanted=TokenWanted(NOON + timedelta(seconds=60)))
        await until(pilot, lambda: "Your token runs out at 12:01." in screen_text(app))
        assert app.screen is app.meeting_screen
        await pilot.press("space", "k")
        await until(pilot, lambda: isinstance(app.screen, TokenDialog))
        link.become(Phase.READY, token_wanted=None)
        await until(pilot, lambda: app.screen is app.meeting_screen)
        assert "runs out" not in screen_text(app)
