"""What one sees of it that letters are commands, and of what came while a view stood in front."""

from datetime import timedelta

import pytest
from textual import events

from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import ChatMessage
from boardroom_tui.protocol.messages.speaker import SpeakerRaise
from boardroom_tui.state.model import Meeting
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.commands import Commands
from boardroom_tui.ui.commands.readable import can_be_copied
from boardroom_tui.ui.settings import Settings
from boardroom_tui.ui.situation import Situation
from tests.ui import board
from tests.ui.screen_text import VOTING, at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON


async def test_the_screen_says_when_letters_are_commands_and_what_was_seen() -> None:
    async with at_the_meeting() as (app, link, pilot):
        assert "─ To everybody ─" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "─ Keys · Esc or i writes ─" in screen_text(app))
        assert "To everybody" not in screen_text(app)

        await pilot.press("space", "o")
        await pilot.pause()
        assert app.screen is not app.meeting_screen
        link.hear(ChatMessage(data=LINE))
        await until(pilot, lambda: app.meeting.chat[-1].message_id == LINE.message_id)
        await pilot.press("escape")
        await until(pilot, lambda: "1 new ──" in screen_text(app))
        await until(pilot, lambda: "new above" not in screen_text(app))

        await pilot.press("i")
        await until(pilot, lambda: "─ To everybody ─" in screen_text(app))


async def test_who_looks_elsewhere_goes_on_writing_there() -> None:
    async with at_the_meeting() as (app, _, pilot):
        await pilot.press(*"Bu")
        app.post_message(events.AppBlur())
        await until(pilot, lambda: not app.app_focus)
        assert "─ To everybody ─" in screen_text(app)
        await pilot.press("q")
        assert app.meeting_screen.composer.text == "Buq"


async def test_alt_and_a_letter_gives_its_command_and_one_goes_on_writing() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press("a", "alt+shift+h", "b", "alt+e", "c", "alt+space", "z", "d")
        await pilot.pause()
        assert app.meeting_screen.composer.text == "abcd"
        assert len(link.sent_of(SpeakerRaise)) == 1
        assert app.meeting_screen.arrangement.maximised


async def test_what_is_pasted_where_letters_are_commands_is_text_and_so_is_what_follows() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press("escape", "space")
        app.post_message(events.Paste("quote\nH"))
        await pilot.press("H")
        composer = app.meeting_screen.composer
        await until(pilot, lambda: composer.text == "quote\nHH")
        assert not link.sent_of(SpeakerRaise)
        assert "─ To everybody ─" in screen_text(app)


async def test_on_too_small_a_terminal_no_key_does_what_nobody_sees_but_to_leave() -> None:
    async with at_the_meeting(board.ready(), VOTING) as (app, link, pilot):
        await pilot.press(*"Bu")
        await pilot.resize_terminal(20, 5)
        await pilot.press("H", "f5", "enter", "enter", "x", "y", "space", "o")
        assert app.screen is app.meeting_screen
        assert not link.sent_of(SpeakerRaise)
        await pilot.press("ctrl+q")
        assert app.screen is not app.meeting_screen
        await pilot.press("escape")
        assert app.screen is app.meeting_screen

        await pilot.resize_terminal(80, 24)
        await pilot.press("f5")
        assert app.screen is not app.meeting_screen
        await pilot.resize_terminal(20, 5)
        await pilot.press("enter", "enter")
        assert not link.sent_of(VoteCast)
        await pilot.resize_terminal(80, 24)
        await pilot.press("escape", *"t")
        await until(pilot, lambda: app.meeting_screen.composer.text == "But")


async def test_j_and_k_move_as_in_vi_where_they_are_neither_text_nor_a_command() -> None:
    async with at_the_meeting() as (app, _, pilot):
        chat = app.meeting_screen.chat
        await pilot.press(*"jk", "escape", "k")
        assert app.meeting_screen.composer.text == "jk"
        newest = chat.selected
        assert newest is not None
        await pilot.press("k")
        before = chat.selected
        assert before not in (None, newest)
        await pilot.press("j")
        assert chat.selected == newest
        await pilot.press("space", "i", "j", "k", "escape", "g", "j")
        assert app.meeting_screen.agenda.selected is not None
    settings = Settings(commands=Commands({CommandId.HAND: ("k",)}))
    async with at_the_meeting(settings=settings) as (app, link, pilot):
        await pilot.press("escape", "k")
        assert len(link.sent_of(SpeakerRaise)) == 1


async def test_a_letter_behind_the_escape_that_closes_a_list_is_written_and_no_command() -> None:
    async with at_the_meeting() as (app, _, pilot):
        composer = app.meeting_screen.composer
        await pilot.press(*"Ask @pri")
        await until(pilot, lambda: "Esc closes" in screen_text(app))
        await pilot.press("alt+q", *"uery", "alt+b")
        await until(pilot, lambda: composer.text == "Ask @priquery")
        assert app.screen is app.meeting_screen
        assert "Esc closes" not in screen_text(app)


async def test_the_newest_message_is_gone_to_without_leaving_the_writing_line() -> None:
    async with at_the_meeting() as (app, _, pilot):
        await pilot.press("a", "pageup", "ctrl+l", "o")
        await pilot.pause()
        assert app.meeting_screen.composer.text == "ao"
        await pilot.press("escape", "ctrl+l", "i", "i")
        assert app.meeting_screen.composer.text == "aoi"


async def test_tab_ends_a_name_that_is_begun_and_leaves_no_word_behind() -> None:
    async with at_the_meeting() as (app, _, pilot):
        composer = app.meeting_screen.composer
        await pilot.press(*"Ask pri", "tab", *"or xyz", "tab", *"w")
        assert composer.text == "Ask @Priya or xyzw"
        await pilot.press("backspace", "tab")
        await until(pilot, lambda: "Nobody else’s name begins with “xyz”." in screen_text(app))
        await pilot.press("ctrl+u", "tab")
        await until(pilot, lambda: "─ Keys · Esc or i writes ─" in screen_text(app))


@pytest.mark.parametrize(
    ("typing", "way"), [(True, "Esc, then ↑"), (False, "↑ in the conversation")]
)
def test_how_to_select_a_message_is_said_from_where_one_is(typing: bool, way: str) -> None:
    situation = Situation(Meeting(""), typing=typing)
    assert can_be_copied(situation) == f"Select a message first: {way}."


LINE = ChatMessage.Data(
    meeting_id=board.MEETING,
    message_id="msg_99",
    user_id="user_2",
    user_name="Daniel Brandt",
    message="One more thing.",
    timestamp=NOON + timedelta(seconds=1),
)
