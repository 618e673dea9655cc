"""An open vote on the views that hide the meeting."""

import pytest

from boardroom_tui.ui.screens.help import HelpScreen
from boardroom_tui.ui.screens.vote_dialog import VoteDialog
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, screen_text, until

LINE = "◆ The budget for 2027 · ○ not voted · 04:30 left · F5 votes"


@pytest.mark.parametrize("view", ["v", "d", "o"])
async def test_an_open_vote_stays_in_sight_and_in_reach(view: str) -> None:
    begun = board.state(decisions=(board.MINUTES, board.BUDGET))
    async with at_the_meeting(board.ready(), begun, size=(62, 20)) as (app, link, pilot):
        await pilot.press("escape", "space", view)
        await until(pilot, lambda: app.screen is not app.meeting_screen)
        assert LINE not in screen_text(app)
        link.hear(board.state(decisions=(board.MINUTES, board.BUDGET_OPEN)))
        await until(pilot, lambda: LINE in screen_text(app))
        over = app.screen
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, VoteDialog))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is over)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_a_vote_stays_in_sight_and_in_reach_over_every_page_that_asks_nothing() -> None:
    begun = board.state(decisions=(board.MINUTES, board.BUDGET_OPEN))
    async with at_the_meeting(board.ready(), begun, size=(62, 20)) as (app, _, pilot):
        await pilot.press("escape")
        for keys in (("space", "r"), ("space", "i"), ("F",), ("?",), (":",)):
            await pilot.press(*keys)
            await until(pilot, lambda: app.screen is not app.meeting_screen)
            app.tell("Something else.")
            await until(pilot, lambda: LINE in screen_text(app).splitlines()[0])
            over = app.screen
            await pilot.press("f6")
            await until(pilot, lambda: isinstance(app.screen, VoteDialog))
            await pilot.press("escape")
            await until(pilot, lambda over=over: app.screen is over)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.meeting_screen)
