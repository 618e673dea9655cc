"""Marking lines for the minutes: what is sent, and what is refused with a reason."""

from datetime import UTC

import pytest
from textual.widgets._toast import Toast

from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.command import CommandId, reason_against
from boardroom_tui.ui.commands import BY_ID
from tests.ui import board
from tests.ui.screen_text import LastingToasts, at_the_meeting, until
from tests.ui.scripted_link import NOON, ScriptedLink
from tests.ui.test_commands import situation


def app_and_link() -> tuple[BoardroomApp, ScriptedLink]:
    link = ScriptedLink()
    return LastingToasts(link, board.MEETING, clock=lambda: NOON, zone=UTC), link


def said(link: ScriptedLink) -> list[str]:
    return [one.data.message for one in link.sent if isinstance(one, ChatSend)]


async def test_a_mark_is_a_line_of_the_conversation() -> None:
    app, link = app_and_link()
    async with app.run_test() as pilot:
        link.hear(board.ready(), board.state())
        await until(pilot, lambda: bool(app.meeting.own_id))
        app.command(CommandId.ACTION, "@margaret by Friday: Write to the bank")
        app.command(CommandId.AGREED, "we stay")
        assert said(link) == ["/action @margaret by Friday: Write to the bank", "/agreed we stay"]


@pytest.mark.parametrize(
    ("command", "rest", "reason"),
    [
        (CommandId.ACTION, "@ana by Friday:", "Say what is to be done: /action @ana by Friday"),
        (CommandId.INFO, "x" * 4_000, "6 characters too many"),
    ],
)
async def test_what_cannot_be_marked_stays_in_the_field_with_the_reason(
    command: CommandId, rest: str, reason: str
) -> None:
    app, link = app_and_link()
    async with app.run_test() as pilot:
        link.hear(board.ready(), board.state())
        await until(pilot, lambda: bool(app.meeting.own_id))
        app.command(command, rest)
        composer = app.meeting_screen.composer
        assert composer.text == f"/{command} {rest}"
        note = composer.query_one("#composer-note")
        await until(pilot, lambda: reason in str(note.render()))
        assert said(link) == []


async def test_the_letter_begins_a_mark_with_what_is_written_already() -> None:
    app, link = app_and_link()
    async with app.run_test() as pilot:
        link.hear(board.ready(), board.state())
        await until(pilot, lambda: bool(app.meeting.own_id))
        app.meeting_screen.composer.take_back("We stay.")
        app.meeting_screen.focus_pane("people")
        await pilot.press("G")
        await until(pilot, lambda: app.meeting_screen.composer.text == "/agreed We stay.")
        await pilot.press("enter")
        await until(pilot, lambda: said(link) == ["/agreed We stay."])


def test_one_takes_back_only_what_one_has_marked() -> None:
    reason = reason_against(BY_ID[CommandId.UNDO], situation())
    assert reason == "You have marked nothing for the minutes, or have taken it back."


async def test_an_action_for_nobody_who_is_known_is_sent_and_said_to_stand_as_written() -> None:
    async with at_the_meeting() as (app, link, pilot):
        app.command(CommandId.ACTION, "@zoe: Write to the bank")
        words = "There is no one member here called zoe; the minutes will say it as written."
        await until(pilot, lambda: words in [str(t.render()) for t in app.screen.query(Toast)])
        assert said(link) == ["/action @zoe: Write to the bank"]
