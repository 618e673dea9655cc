"""The minutes so far, on the screen."""

from datetime import timedelta

from boardroom_tui.protocol.messages.minutes import MinutesDraft, MinutesGet
from boardroom_tui.ui.screens.minutes import MinutesScreen
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON, ScriptedLink


def drafted(text: str, sequence: int, *, cut: bool = False) -> MinutesDraft:
    at = NOON + timedelta(minutes=sequence)
    return MinutesDraft(
        data=MinutesDraft.Data(
            meeting_id=board.MEETING, sequence=sequence, at=at, text=text, cut=cut
        )
    )


def asked(link: ScriptedLink) -> int:
    return sum(isinstance(one, MinutesGet) for one in link.sent)


async def test_the_minutes_so_far_are_read_and_asked_for_anew() -> None:
    async with at_the_meeting(size=(100, 30)) as (app, link, pilot):
        await pilot.press("escape", "F")
        await until(pilot, lambda: isinstance(app.screen, MinutesScreen) and asked(link) == 1)
        await until(pilot, lambda: "Waiting for the draft…" in screen_text(app))
        link.hear(drafted("# Minutes: Q3\n\nA \\*line\\* of it.\n", 7))
        await until(pilot, lambda: "A *line* of it." in screen_text(app))
        assert "As of 12:07, event 7; times below are UTC." in screen_text(app)
        await pilot.press("r")
        await until(pilot, lambda: asked(link) == 2)
        link.hear(drafted("# Minutes: Q3\n\nAnother line.\n", 8, cut=True))
        await until(pilot, lambda: "Another line." in screen_text(app))
        assert "It is cut: boardroom minutes writes all of it." in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.meeting_screen)


async def test_the_draft_of_before_stands_until_the_new_one_comes() -> None:
    async with at_the_meeting(size=(100, 30)) as (app, link, pilot):
        link.hear(drafted("# Minutes\n\nOld line.\n", 7))
        await until(pilot, lambda: app.meeting.draft is not None)
        app.meeting_screen.composer.refuse("/minutes", "")
        await pilot.press("enter")
        await until(pilot, lambda: "Old line." in screen_text(app))
