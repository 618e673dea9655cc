"""Links that somebody sends: shown as what they are, never opened, never made to be clicked."""

import webbrowser

import pytest
from rich.segment import Segment
from textual.app import App
from textual.widgets._toast import Toast

from boardroom_tui.protocol.messages.notification import Action, NotificationSend
from boardroom_tui.ui.app import BoardroomApp
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, screen_text, until

LURES = (
    "https://elsewhere.example/",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "[link=https://elsewhere.example/]here[/link]",
    "[@click=app.quit]leave[/]",
    "[@click=app.open_url('file:///etc/passwd')]look[/]",
    "\x1b]8;;https://elsewhere.example/\x1b\\here\x1b]8;;\x1b\\",
)


def lure(text: str, number: int = 1) -> NotificationSend:
    """A notification that is all link."""
    data = NotificationSend.Data(
        notification_id=f"notif_{number}",
        priority="high",
        title=text,
        message=text,
        category="vote",
        actions=(Action(id="join", label=text, url=text),),
    )
    return NotificationSend(data=data)


def segments(app: BoardroomApp) -> list[Segment]:
    """All that is drawn."""
    compositor = app.screen._compositor  # pyright: ignore[reportPrivateUsage]
    return [segment for strip in compositor.render_strips() for segment in strip]


async def test_a_link_opens_nothing_and_is_nothing_to_click(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[object] = []

    def keep(*given: object, **_: object) -> None:
        opened.append(given)

    monkeypatch.setattr(App, "open_url", keep)
    monkeypatch.setattr(webbrowser, "open", keep)
    async with at_the_meeting() as (app, link, pilot):
        for number, text in enumerate(LURES):
            said = tuple(
                line.model_copy(
                    update={"message": text, "message_id": f"{number}_{line.message_id}"}
                )
                for line in board.said()
            )
            link.hear(board.ready(), board.state(chat=said), lure(text, number))
            await until(pilot, lambda: bool(app.screen.query(Toast)))
            await pilot.pause()
            for segment in segments(app):
                if segment.style is not None:
                    assert segment.style.link is None
                    assert "@click" not in segment.style.meta
            await pilot.click(Toast)
            for place in ((20, 5), (60, 10), (30, 20)):
                await pilot.click(offset=place)
                await pilot.pause()
            await until(pilot, lambda: not app.screen.query(Toast))
            assert opened == [], text
            assert app.is_running
            assert not link.closed


async def test_an_action_s_address_is_not_even_shown() -> None:
    """Who a notification is from cannot be told by its looks, so it offers nothing to follow."""
    action = Action(id="join", label="Join", url="https://elsewhere.example/")
    shown = lure("The meeting begins")
    data = shown.data.model_copy(update={"actions": (action,)})
    async with at_the_meeting() as (app, link, pilot):
        link.hear(shown.model_copy(update={"data": data}))
        await until(pilot, lambda: bool(app.screen.query(Toast)))
        assert "elsewhere.example" not in screen_text(app)
