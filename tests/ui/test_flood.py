"""What comes faster than anybody reads: all of it is there, and what concerns one is told."""

import gc
from dataclasses import replace
from datetime import timedelta

from boardroom_tui.protocol.messages.decision import DecisionOpened
from boardroom_tui.protocol.messages.meeting import ChatMessage
from boardroom_tui.state.concern import Concern
from boardroom_tui.state.model import MeetingLine, SpokenLine
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON

COUNT = 1_500
LONG = 4_500
CALL = 700
"""The message in the middle of it that calls the user by name; below it a vote opens."""


def remark(number: int) -> ChatMessage:
    who = board.ROSTER[1 + number % 3]
    return ChatMessage(
        data=ChatMessage.Data(
            meeting_id=board.MEETING,
            message_id=f"flood_{number}",
            user_id=who.user_id,
            user_name=who.name,
            message="What do you say, @Margaret?" if number == CALL else f"Remark {number}.",
            timestamp=NOON + timedelta(seconds=number),
        )
    )


async def test_in_a_flood_nothing_is_lost_and_keys_are_taken() -> None:
    async with at_the_meeting() as (app, link, pilot):
        before = len(app.meeting.chat)
        opened = DecisionOpened(data=DecisionOpened.Data(**dict(board.BUDGET_OPEN)))
        link.hear(*(remark(number) for number in range(CALL + 1)), opened)
        link.hear(*(remark(number) for number in range(CALL + 1, COUNT)))
        await pilot.press(*"Yes")
        await until(pilot, lambda: f"Remark {COUNT - 1}." in screen_text(app))
        said = [*app.meeting.chat[before:]]
        (vote,) = [line for line in said if isinstance(line, MeetingLine)]
        assert said.index(vote) == CALL + 1
        said.remove(vote)
        assert [line.message_id for line in said] == [f"flood_{at}" for at in range(COUNT)]
        concerns = [one.news.concern for one in app.attention.history.notices]
        assert concerns.count(Concern.MENTION) == 1
        assert app.meeting_screen.composer.text == "Yes"


async def test_once_a_flood_is_drawn_what_is_old_of_it_lies_packed() -> None:
    async with at_the_meeting() as (app, link, pilot):
        link.hear(*(remark(number) for number in range(LONG)))
        await until(pilot, lambda: f"Remark {LONG - 1}." in screen_text(app))
        await until(pilot, lambda: open_lines() < LONG / 2)


def open_lines() -> int:
    gc.collect()
    lines = (one for one in gc.get_objects() if type(one) is SpokenLine)
    return sum(one.message_id.startswith("flood_") for one in lines)


async def test_a_second_that_is_over_before_news_is_drawn_is_shown_behind_it() -> None:
    async with at_the_meeting() as (app, _, pilot):
        header, titles = app.meeting_screen.header, list[str]()
        app.each_second = lambda: titles.append(header.slice.title)
        app._become(replace(app.meeting, title="The other title"))  # pyright: ignore[reportPrivateUsage]
        app.redrawing.second()
        assert not titles
        await until(pilot, lambda: bool(titles))
        assert titles[0] == "The other title"
