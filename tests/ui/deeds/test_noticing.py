"""What one was told is kept, listed, gone to and read; the terminal is called for the rest."""

from boardroom_tui.protocol.messages.notification import NotificationSend
from boardroom_tui.ui.attention.notices import AtDecision
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.deeds.noticing import go_there
from boardroom_tui.ui.screens.decisions import DecisionsScreen
from boardroom_tui.ui.screens.notices import NoticesScreen
from boardroom_tui.ui.widgets.rows import RowList
from tests.ui import board
from tests.ui.attention.test_notices import notified, says
from tests.ui.screen_text import VOTING, at_the_meeting, screen_text, until


async def test_what_one_missed_is_listed_gone_to_and_read() -> None:
    async with at_the_meeting(board.ready(), VOTING, size=(80, 24)) as (app, link, pilot):
        app.attention.focus(False)
        link.hear(notified(), says("@Margaret is that so?"), says("Are you there, @Margaret?"))
        await until(pilot, lambda: app.attention.history.unread == 3)
        await until(pilot, lambda: "⚑ 3" in screen_text(app))
        await pilot.press("escape")
        # Whoever is back has seen what was said, for it stands on the screen.
        await until(pilot, lambda: app.attention.history.unread == 1)
        await pilot.press("space", "i")
        await until(pilot, lambda: "Notices: 1 unread" in screen_text(app))
        rows = app.screen.query_one(RowList).rows
        assert [row.left[2][0] for row in rows] == [
            "@ Daniel Brandt mentions you",
            "@ Daniel Brandt mentions you",
            "Vote open",
        ]
        await pilot.press("r")
        await until(pilot, lambda: "Notices: 2 unread" in screen_text(app))
        await pilot.press("end", "enter")
        await until(pilot, lambda: app.screen is app.meeting_screen)
        assert app.meeting_screen.vote.has_focus
        assert app.attention.history.unread == 1
        app.command(CommandId.NOTICES)
        await until(pilot, lambda: isinstance(app.screen, NoticesScreen))
        await pilot.press("end", "up", "enter")
        chat = app.meeting_screen.chat
        await until(pilot, lambda: chat.selected is not None)
        assert chat.selected is not None
        assert "is that so" in chat.selected.message
        # A vote that is over is looked up among the meeting's decisions.
        go_there(app, AtDecision("1"))
        await until(pilot, lambda: "▸" in screen_text(app) and "24 August" in screen_text(app))
        assert isinstance(app.screen, DecisionsScreen)
        await pilot.press("q")
        app.command(CommandId.NOTICES)
        await until(pilot, lambda: isinstance(app.screen, NoticesScreen))
        await pilot.press("a")
        await until(pilot, lambda: "Notices: all read" in screen_text(app))
        await pilot.press("escape")
        app.command(CommandId.QUIET)
        assert app.attention.is_quiet(app.clock())


async def test_the_list_has_room_for_what_a_toast_cuts() -> None:
    title = "The lease in Lisbon, its term, its rent and who signs it"
    words = "Approved at the last meeting, subject to the landlord's word on the heating. " * 2
    data = notified().data.model_copy(update={"title": title, "message": words})
    async with at_the_meeting(size=(80, 24)) as (app, link, pilot):
        link.hear(NotificationSend(data=data))
        await until(pilot, lambda: "The lease in Lisbon" in screen_text(app))
        assert "signs it" not in screen_text(app)
        app.clear_notifications()
        app.command(CommandId.NOTICES)
        await until(pilot, lambda: title in screen_text(app))
        assert screen_text(app).count("heating.") == 2


async def test_where_nothing_was_told_the_list_says_what_will_stand_there() -> None:
    async with at_the_meeting(size=(60, 20)) as (app, _, pilot):
        app.command(CommandId.NOTICES)
        await until(pilot, lambda: "Nothing yet." in screen_text(app))
        await pilot.press("r", "enter", "q")
        await until(pilot, lambda: app.screen is app.meeting_screen)
