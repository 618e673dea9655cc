"""Reading the conversation with the keys: searching it, reading back, following answers."""

import os
from collections.abc import Iterable, Sequence

import pytest
from textual.pilot import Pilot

from boardroom_tui.protocol.messages.history import ChatHistory, ChatHistoryGet
from boardroom_tui.protocol.messages.meeting import ChatLine, ChatMessage, MeetingState
from boardroom_tui.state.model import Entry
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.screens.bare import BareScreen
from boardroom_tui.ui.screens.links_dialog import LinksDialog
from boardroom_tui.ui.terminal.clipboard import sequence
from boardroom_tui.ui.widgets.chat.list import ChatList
from tests.ui import board
from tests.ui.chat_scenes import many
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import ScriptedLink

LONG = tuple(
    ChatLine(
        meeting_id=board.MEETING,
        message_id=line.message_id,
        user_id=f"user_{2 + number % 3}",
        user_name=line.user_name,
        message=f"Remark {number}" + (" on the 大阪 budget." if number % 25 == 3 else "."),
        reply_to="message_3" if number in (100, 101) else None,
        timestamp=line.timestamp,
    )
    for number, line in enumerate(many(120))
)
"""Of these, numbers 3, 28, 53, 78 and 103 are about the budget in 大阪."""

PAGE = 40


def told(lines: Sequence[ChatLine], *, earlier: bool) -> MeetingState:
    """The meeting whose newest lines are these."""
    state = board.state(chat=lines)
    before = str(LONG.index(lines[0])) if earlier else None
    page = {"earlier_chat": earlier, "earlier_page": before}
    data = state.data.model_copy(update=page)
    return state.model_copy(update={"data": data})


def answer(link: ScriptedLink) -> bool:
    """Tell what was asked for last of what was said before, if that was not told yet."""
    asked = link.sent_of(ChatHistoryGet)
    if not asked or not isinstance(asked[-1], ChatHistoryGet):
        return False
    page = asked[-1].data.page
    place = int(page or "")
    first = max(0, place - PAGE)
    data = ChatHistory.Data(
        meeting_id=board.MEETING,
        page=page,
        chat=LONG[first:place],
        earlier=first > 0,
        earlier_page=str(first) if first else None,
    )
    link.hear(ChatHistory(data=data))
    return True


async def answered(pilot: Pilot[str | None], link: ScriptedLink, count: int) -> None:
    """Wait for so many questions in all for what was said before, and answer the last."""
    await until(pilot, lambda: len(link.sent_of(ChatHistoryGet)) == count)
    assert answer(link)


def ids(lines: Iterable[ChatLine | Entry]) -> list[str]:
    return [line.message_id for line in lines]


def selected_in(app: BoardroomApp) -> str | None:
    """The message that is selected."""
    line = app.meeting_screen.chat.selected
    return None if line is None else line.message_id


def row_of(app: BoardroomApp, words: str) -> int:
    """Which row of the screen these words stand in."""
    return next(place for place, row in enumerate(screen_text(app).splitlines()) if words in row)


async def test_one_reads_back_to_the_beginning_and_nothing_jumps() -> None:
    async with at_the_meeting(board.ready(), told(LONG[60:], earlier=True), size=(80, 24)) as (
        app,
        link,
        pilot,
    ):
        assert link.sent_of(ChatHistoryGet) == []
        await pilot.press("escape", "home")
        await until(pilot, lambda: "loading earlier messages…" in screen_text(app))
        before = row_of(app, "Remark 61.")
        await answered(pilot, link, 1)
        await until(pilot, lambda: app.meeting.chat[0].message_id == "message_20")
        await pilot.pause()
        assert row_of(app, "Remark 61.") == before
        assert "loading" not in screen_text(app)
        await pilot.press("home")
        await answered(pilot, link, 2)
        await until(pilot, lambda: len(app.meeting.chat) == len(LONG))
        await pilot.press("home")
        await until(pilot, lambda: "the beginning" in screen_text(app))
        assert ids(app.meeting.chat) == ids(LONG)
        await pilot.press("end")
        assert "Remark 119." in screen_text(app)
        assert len(link.sent_of(ChatHistoryGet)) == 2


async def test_without_the_extension_the_list_says_that_nothing_earlier_is_told() -> None:
    ready = board.ready(extensions=False)
    async with at_the_meeting(ready, told(LONG[60:], earlier=True), size=(80, 24)) as (
        app,
        link,
        pilot,
    ):
        await pilot.press("escape", "home")
        await until(pilot, lambda: "does not tell what was said before" in screen_text(app))
        assert link.sent_of(ChatHistoryGet) == []


async def test_one_searches_through_all_that_was_said_and_comes_back() -> None:
    async with at_the_meeting(board.ready(), told(LONG[60:], earlier=True), size=(80, 24)) as (
        app,
        link,
        pilot,
    ):
        await pilot.press("escape", "space", "s", *"BUDGET")
        await until(pilot, lambda: "1 of 2 so far" in screen_text(app))
        assert "Remark 103 on the 大阪 budget." in screen_text(app)
        chat = app.meeting_screen.query_one("#chat-list", ChatList)
        segments = [one for y in range(chat.size.height) for one in chat.render_line(y)]
        matches = [one.text for one in segments if one.style is not None and one.style.reverse]
        assert matches == ["budget"]
        await pilot.press("enter")
        await until(pilot, lambda: "Remark 78 on" in screen_text(app))
        await pilot.press("enter")  # nothing more is known here: it reads back
        await until(pilot, lambda: "Esc stops" in screen_text(app))
        await answered(pilot, link, 1)
        await until(pilot, lambda: "3 of 4 so far" in screen_text(app))
        assert "Remark 53 on" in screen_text(app)
        await pilot.press("up", "up")
        await answered(pilot, link, 2)
        await until(pilot, lambda: "5 of 5" in screen_text(app))
        assert "Remark 3 on the 大阪 budget." in screen_text(app)
        await pilot.press("up")
        await pilot.pause()
        assert "5 of 5" in screen_text(app)
        await pilot.press("down")
        await until(pilot, lambda: "Remark 28 on" in screen_text(app))
        await pilot.press("tab", "space", "N")
        await until(pilot, lambda: "3 of 5" in screen_text(app))
        await pilot.press("space", "n", "space", "n")
        await until(pilot, lambda: "5 of 5" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Remark 119." in screen_text(app))
        assert "5 of 5" not in screen_text(app)
        app.meeting_screen.composer.refuse("/search no such words", "")
        app.meeting_screen.write()
        await pilot.press("enter")
        await until(pilot, lambda: "not found" in screen_text(app))
        await pilot.press("escape")
        assert app.meeting_screen.is_writing


async def test_reading_back_for_a_match_can_be_stopped() -> None:
    async with at_the_meeting(board.ready(), told(LONG[90:], earlier=True), size=(60, 20)) as (
        app,
        link,
        pilot,
    ):
        await pilot.press("escape", "space", "s", *"remark 5.", "enter")
        await until(pilot, lambda: "reading back to 15 Jan" in screen_text(app))
        await pilot.press("escape")
        assert answer(link)
        await until(pilot, lambda: "not found yet: Enter reads back" in screen_text(app))
        assert len(link.sent_of(ChatHistoryGet)) == 1


async def test_one_follows_answers_and_comes_back() -> None:
    async with at_the_meeting(board.ready(), told(LONG[60:], earlier=True), size=(80, 24)) as (
        app,
        link,
        pilot,
    ):
        await pilot.press("escape", *["up"] * 19)
        assert selected_in(app) == "message_101"
        before = screen_text(app)
        await pilot.press("space", "a")
        await answered(pilot, link, 1)
        await answered(pilot, link, 2)
        await until(pilot, lambda: selected_in(app) == "message_3")
        assert "↳ 2 answers" in screen_text(app)
        await pilot.press("space", "t")
        await until(pilot, lambda: "Thread · 3 messages" in screen_text(app))
        assert ids(app.meeting_screen.chat.meeting.chat) == [
            "message_3",
            "message_100",
            "message_101",
        ]
        assert "Remark 4." not in screen_text(app)
        later = LONG[119].model_copy(
            update={"message_id": "message_120", "reply_to": "message_100"}
        )
        link.hear(ChatMessage(data=ChatMessage.Data(**dict(later))))
        await until(pilot, lambda: "Thread · 4 messages" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Thread" not in screen_text(app))
        assert selected_in(app) == "message_3"
        await pilot.press("space", "b")
        await until(pilot, lambda: selected_in(app) == "message_101")
        assert screen_text(app).splitlines()[5:12] == before.splitlines()[5:12]


HOSTILE = "\u202ehttps://evil.example/[link=x]\x1b[2J **b** \x9b31m"


async def test_links_are_shown_whole_before_anything_is_done_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "there")
    long = "https://example.org/" + "budget/" * 20 + "end"
    said = LONG[-1].model_copy(update={"message": f"{HOSTILE} and {long}"})
    async with at_the_meeting(board.ready(), told([said], earlier=False), size=(60, 20)) as (
        app,
        _,
        pilot,
    ):
        sent: list[str] = []
        monkeypatch.setattr(app, "send_to_terminal", sent.append)
        await pilot.press("escape", "up", "space", "l")
        await until(pilot, lambda: isinstance(app.screen, LinksDialog))
        await pilot.pause()
        shown = screen_text(app)
        assert "2 links" in shown
        assert "→ evil.example" in shown
        assert shown.count("budget/") + shown.count("budget") >= 20
        assert "There is no browser here" in shown
        assert all(character.isprintable() for character in shown.replace("\n", ""))
        await pilot.press("down", "enter")
        await until(pilot, lambda: bool(sent))
        assert sent == [sequence(long, os.environ)]
        await pilot.press("space", "c")
        await until(pilot, lambda: len(sent) == 2)


async def test_the_bare_view_shows_words_alone_over_the_whole_width() -> None:
    said = LONG[-1].model_copy(update={"message": HOSTILE})
    lines = told([*LONG[:-1], said], earlier=False)
    async with at_the_meeting(board.ready(), lines, size=(60, 20)) as (app, _, pilot):
        await pilot.press("escape", "space", "v")
        await until(pilot, lambda: isinstance(app.screen, BareScreen))
        await until(pilot, lambda: "evil.example" in screen_text(app))
        shown = screen_text(app).splitlines()
        assert "Remark 118." in shown
        assert all(row.isprintable() and "│" not in row for row in shown)
        await pilot.press("home")
        await until(pilot, lambda: "Remark 0." in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.meeting_screen)
