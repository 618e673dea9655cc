"""Private conversations on the screen: who reads what one writes, and why not."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from boardroom_tui.client.private.updates import (
    CommentsRead,
    LetterRefused,
    LetterSent,
    PrivateStands,
)
from boardroom_tui.protocol.correspondents import Obstacle, Readiness
from boardroom_tui.protocol.fields import DecisionStatus, Result
from boardroom_tui.protocol.messages.collaboration import Typing
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend
from boardroom_tui.state.model import Meeting
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog
from boardroom_tui.ui.screens.devices_dialog import DevicesDialog
from boardroom_tui.ui.screens.passphrase_dialog import PassphraseDialog
from boardroom_tui.ui.screens.room_dialog import RoomDialog
from tests.ui import board
from tests.ui.private_scenes import CODE, MARGARET_AND_PRIYA, device, letter, stands
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON, ScriptedLink
from tests.ui.test_app import toasts

SECRET_VOTE = board.decision(
    "decision_3",
    "The lease in Lisbon",
    item_id="item_4",
    secret=True,
    status=DecisionStatus.VOTING,
    tally=(0, 0, 0),
)
SECRET_OVER = board.decision(
    "decision_3",
    "The lease in Lisbon",
    secret=True,
    status=DecisionStatus.APPROVED,
    tally=(5, 3, 1),
    outcome=board.outcome("decision_3", Result.APPROVED, (5, 3, 1), NOON),
)


@asynccontextmanager
async def in_private(
    told: PrivateStands | None = None,
    size: tuple[int, int] = (120, 40),
    *,
    begun: Literal[True, False] = True,
) -> AsyncGenerator[tuple[BoardroomApp, ScriptedLink, Pilot[str | None]]]:
    """The program at the meeting, once private messages stand like this."""
    async with at_the_meeting(board.ready(), board.state(begun=begun), size=size) as (
        app,
        link,
        pilot,
    ):
        link.tell(stands() if told is None else told)
        await until(pilot, lambda: bool(app.conversations.privacy.correspondents))
        yield app, link, pilot


def _said_to_all(text: str) -> ChatMessage:
    last = board.said()[-1]
    data = last.model_copy(update={"message_id": "msg_new", "message": text, "timestamp": NOON})
    return ChatMessage(data=ChatMessage.Data.model_validate(data.model_dump(by_alias=False)))


def _words(app: BoardroomApp) -> str:
    """The screen's words without what frames them, wherever a line ends."""
    return " ".join(re.sub(r"[│▌╭╮╰╯─]", " ", screen_text(app)).split())


async def enter(pilot: Pilot[str | None], text: str) -> None:
    """Write a line and send it; at once, for each key would draw the screen."""
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(Paste(text))
    await pilot.press("enter")
    await pilot.pause()
    await pilot.pause()


# Who reads it


async def test_what_is_written_to_one_goes_to_them_alone() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/dm priya")
        assert app.conversations.current == MARGARET_AND_PRIYA
        await enter(pilot, "Shall we defer it?")
        assert link.written == [(MARGARET_AND_PRIYA, "Shall we defer it?", None)]
        assert not link.sent_of(ChatSend)
        assert "sending" in screen_text(app)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (80, 14), (60, 20), (40, 12)])
async def test_who_can_read_what_one_types_is_on_the_screen_at_any_size(
    size: tuple[int, int],
) -> None:
    async with in_private(size=size) as (app, _, pilot):
        await enter(pilot, "/dm priya")
        await pilot.press(*"Not for all")
        await pilot.pause()
        words = _words(app)
        assert "◈ Only Priya Natarajan and you can read this." in words
        assert "Not for all" in words
        await enter(pilot, "")
        await enter(pilot, "/everybody")
        await pilot.press(*"For all")
        await pilot.pause()
        assert "can read this" not in screen_text(app)


async def test_a_number_goes_to_that_conversation_and_what_is_typed_behind_it_too() -> None:
    async with in_private() as (app, _, pilot):
        await enter(pilot, "/query priya")
        await pilot.press("alt+1", *"all", "alt+2", *"two", "alt+3")
        await pilot.pause()
        assert app.conversations.current == MARGARET_AND_PRIYA
        assert app.meeting_screen.composer.text == "two"
        assert toasts(app)[-1] == "There is no conversation 3 yet: /dm NAME begins one."
        await pilot.press("ctrl+u")
        await enter(pilot, "/window 1")
        assert app.meeting_screen.composer.text == "all"


async def test_a_text_behind_the_name_is_sent_at_once() -> None:
    async with in_private() as (_, link, pilot):
        await enter(pilot, "/dm priya natarajan: defer it?")
        assert link.written == [(MARGARET_AND_PRIYA, "defer it?", None)]


async def test_a_room_for_several_names_all_of_them() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/private priya, daniel brandt")
        await enter(pilot, "In camera.")
        assert link.written == [(("1", "2", "3"), "In camera.", None)]
        assert "Only Daniel Brandt, Priya Natarajan and you" in screen_text(app)


async def test_without_names_the_members_with_a_vote_are_ticked_and_can_be_changed() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/private")
        assert isinstance(app.screen, RoomDialog)
        shown = screen_text(app)
        assert "✓ Daniel Brandt" in shown
        assert "· Samuel Adeyemi" in shown
        await pilot.press("enter", "down", "space", "ctrl+o")
        await until(pilot, lambda: app.conversations.current is not None)
        members = app.conversations.current or ()
        assert "2" not in members
        assert "3" not in members
        assert {"1", "4", "5"} <= set(members)
        await enter(pilot, "In camera.")
        assert link.written[0][0] == members


async def test_a_person_chosen_among_the_people_is_written_to() -> None:
    async with in_private() as (app, _, pilot):
        await pilot.press("f3", "down", "enter")
        await pilot.pause()
        assert app.conversations.current == ("1", "2")
        assert app.meeting_screen.is_writing


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("/dm nobody hello", "There is nobody here called nobody."),
        ("/dm margaret hello", "That is you."),
        ("/private priya nobody", "There is nobody here called nobody."),
        ("/everybody", "You are writing to everybody."),
        ("/conversation", "There is no private conversation yet"),
    ],
)
async def test_what_cannot_be_done_is_said(command: str, reason: str) -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, command)
        await until(pilot, lambda: reason.split(maxsplit=1)[0] in screen_text(app))
        assert app.conversations.current is None
        assert not link.written


# Between conversations


async def test_a_draft_stays_with_its_own_conversation() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/dm priya")
        await pilot.press(*"only for priya")
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert app.conversations.current is None
        assert app.meeting_screen.composer.text == ""
        await pilot.press(*"for all")
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert app.meeting_screen.composer.text == "only for priya"
        await pilot.press("ctrl+n", "enter")
        await pilot.pause()
        assert [
            one.data.message for one in link.sent_of(ChatSend) if isinstance(one, ChatSend)
        ] == ["for all"]
        assert not link.written


async def test_nobody_hears_that_one_types_in_private() -> None:
    async with in_private() as (_, link, pilot):
        await pilot.press(*"hm")
        await pilot.pause()
        await enter(pilot, "")
        await pilot.press(*["backspace"] * 4)
        await enter(pilot, "/dm priya")
        before = len(link.sent_of(Typing))
        await enter(pilot, "psst")
        await pilot.pause()
        told = [one for one in link.sent_of(Typing) if isinstance(one, Typing)]
        assert len(told) == before
        assert not told[-1].data.is_typing


async def test_what_comes_in_another_conversation_is_counted_and_told_without_its_words() -> None:
    async with in_private() as (app, link, pilot):
        link.tell(letter(1, "3", "The auditor is late."))
        link.tell(letter(2, "3", "Again."))
        await until(pilot, lambda: "◈ Priya Natarajan 2 new" in screen_text(app))
        shown = screen_text(app)
        assert "Priya Natarajan wrote in" in shown
        assert "auditor is late" not in shown
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "The auditor is late." in screen_text(app))
        assert "2 new" in screen_text(app)
        assert app.conversations.privacy.rooms[MARGARET_AND_PRIYA].unseen == 0


async def test_what_everybody_says_meanwhile_is_counted() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/dm priya")
        link.hear(_said_to_all("Shall we go on?"))
        await until(pilot, lambda: "Everybody 1 new" in screen_text(app))
        await enter(pilot, "/everybody")
        assert "1 new" in screen_text(app)
        assert "Shall we go on?" in screen_text(app)


async def test_a_letter_that_was_taken_or_refused_is_shown_as_that() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/dm priya")
        await enter(pilot, "one")
        await enter(pilot, "two")
        taken = letter(1, "1", "one", "3").line
        link.tell(LetterSent(MARGARET_AND_PRIYA, "private_1", taken))
        link.tell(LetterRefused(MARGARET_AND_PRIYA, "private_2", "Rate limit exceeded"))
        await until(pilot, lambda: "✗ Rate limit exceeded" in screen_text(app))
        assert "sending" not in screen_text(app)
        await enter(pilot, "/edit")
        assert app.meeting_screen.composer.text == "two"


async def test_leaving_with_a_letter_unsent_asks_first() -> None:
    async with in_private() as (app, _, pilot):
        await enter(pilot, "/dm priya")
        await enter(pilot, "one")
        assert len(app.unanswered) == 1


async def test_a_private_conversation_is_drawn_again_by_what_is_said_and_not_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with in_private() as (app, _, pilot):
        await enter(pilot, "/dm priya")
        await enter(pilot, "one")
        screen, drawn = app.meeting_screen, list[object]()
        screen.show(app.scene())

        def note(meeting: Meeting, **_: object) -> None:
            drawn.append(meeting)

        monkeypatch.setattr(screen.chat, "show", note)
        screen.show(replace(app.scene(), now=NOON + timedelta(seconds=1)))
        assert not drawn
        await enter(pilot, "two")
        screen.show(app.scene())
        assert drawn


async def test_leaving_with_something_unanswered_asks_also_while_connected() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/dm priya")
        await enter(pilot, "one")
        app.clock = lambda: NOON + timedelta(seconds=2)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "One message has not reached the server yet" in screen_text(app)
        assert not link.closed


async def test_what_was_sent_this_moment_keeps_nobody_from_leaving() -> None:
    async with in_private(begun=False) as (_, link, pilot):
        await enter(pilot, "/dm priya")
        await enter(pilot, "one")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: link.closed)


async def test_a_slash_outside_the_writing_line_begins_a_command_there() -> None:
    async with in_private() as (app, _, pilot):
        await pilot.press("escape", "slash")
        await until(pilot, lambda: app.meeting_screen.is_writing)
        assert app.meeting_screen.composer.text == "/"
        await enter(pilot, "dm priya")
        assert app.conversations.current == MARGARET_AND_PRIYA


async def test_a_slash_leaves_what_is_being_written_as_it_is_and_says_no_command_with_it() -> None:
    async with in_private() as (app, link, pilot):
        await pilot.press(*"half", "escape", "slash")
        await until(pilot, lambda: app.screen is not app.meeting_screen)
        await pilot.press(*"dm priya secret", "enter", "escape")
        await until(pilot, lambda: app.screen is app.meeting_screen)
        assert app.meeting_screen.composer.text == "half"
        assert not link.sent_of(ChatSend)


async def test_where_nothing_can_be_sent_nobody_is_invited_to_write() -> None:
    async with in_private(stands(user_3=Obstacle.NO_DEVICE)) as (app, _, pilot):
        await enter(pilot, "/dm priya")
        await until(pilot, lambda: "Nothing has been said yet." in screen_text(app))
        assert "Write below" not in screen_text(app)
        await enter(pilot, "/dm daniel")
        await until(pilot, lambda: "Write below; Enter sends it." in screen_text(app))


async def test_whoever_has_no_device_is_not_in_a_room_from_the_start() -> None:
    async with in_private(stands(user_3=Obstacle.NO_DEVICE), size=(60, 20)) as (app, _, pilot):
        await enter(pilot, "/private")
        await until(pilot, lambda: isinstance(app.screen, RoomDialog))
        await pilot.pause()
        assert "· Priya Natarajan (no device yet)" in screen_text(app)
        assert "Open · ^O" in screen_text(app)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: app.conversations.current is not None)
        assert "3" not in (app.conversations.current or ())


async def test_a_room_for_more_than_a_letter_can_name_is_not_opened() -> None:
    people = tuple(board.person(number, f"Member {number}") for number in range(1, 60))
    async with at_the_meeting(board.ready(), board.state(roster=people)) as (app, link, pilot):
        link.tell(stands())
        await until(pilot, lambda: bool(app.conversations.privacy.correspondents))
        await enter(pilot, "/private")
        await until(pilot, lambda: isinstance(app.screen, RoomDialog))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "at most 50 members, you included" in screen_text(app))
        assert app.conversations.current is None


@pytest.mark.parametrize("size", [(60, 20), (40, 10)])
async def test_on_few_lines_no_toast_hides_who_can_read_what_one_types(
    size: tuple[int, int],
) -> None:
    async with in_private(size=size) as (app, link, pilot):
        await enter(pilot, "/dm priya")
        await pilot.press(*"Not for all")
        link.tell(letter(1, "4", "Are you there?"))
        await until(pilot, lambda: "wrote in private" in screen_text(app))
        words = _words(app)
        assert "◈ Only Priya Natarajan and you can read this." in words
        assert "Not for all" in words


async def test_that_somebody_wrote_is_told_no_longer_once_one_is_there() -> None:
    async with in_private(size=(80, 24)) as (app, link, pilot):
        link.tell(letter(1, "3", "Are you there?"))
        await until(pilot, lambda: "wrote in private" in screen_text(app))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "Are you there?" in screen_text(app))
        await until(pilot, lambda: "wrote in private" not in screen_text(app))


# Devices


@pytest.mark.parametrize(
    ("obstacle", "words"),
    [
        (Obstacle.NEW_DEVICE, "Priya Natarajan has a new device. Look at it first: /devices 3"),
        (Obstacle.CHANGED_DEVICE, "The keys of a device of Priya Natarajan changed."),
        (Obstacle.NO_DEVICE, "Priya Natarajan has no device yet"),
    ],
)
async def test_what_stands_in_the_way_is_said_and_nothing_is_sent(
    obstacle: Obstacle, words: str
) -> None:
    async with in_private(stands(user_3=obstacle)) as (app, link, pilot):
        await enter(pilot, "/dm priya")
        await enter(pilot, "hello")
        assert words in _words(app)
        assert not link.written


async def test_a_text_behind_the_name_of_somebody_with_a_new_device_is_kept() -> None:
    async with in_private(stands(user_3=Obstacle.NEW_DEVICE)) as (app, link, pilot):
        await enter(pilot, "/dm priya hello")
        assert not link.written
        assert app.meeting_screen.composer.text == "hello"


async def test_a_new_device_is_looked_at_and_accepted() -> None:
    async with in_private(stands(user_3=Obstacle.NEW_DEVICE)) as (app, link, pilot):
        await enter(pilot, "/dm priya")
        await pilot.press("escape", "s")
        await until(pilot, lambda: isinstance(app.screen, DevicesDialog))
        await pilot.pause()
        shown = screen_text(app)
        assert "! A device is new." in shown
        assert "! not accepted yet" in shown
        assert CODE in shown
        await pilot.press("a")
        await until(pilot, lambda: len(link.done) > 1)
        assert link.done == [("look at", "3"), ("accept", "3 keys_3_2")]


async def test_a_compared_code_is_marked() -> None:
    async with in_private() as (app, link, pilot):
        await enter(pilot, "/devices priya")
        await until(pilot, lambda: isinstance(app.screen, DevicesDialog))
        await pilot.pause()
        assert CODE in screen_text(app)
        await pilot.press("c")
        await until(pilot, lambda: ("compared", "3 device_3_1") in link.done)


async def test_what_comes_from_a_device_that_nobody_looked_at_says_so() -> None:
    async with in_private() as (app, link, pilot):
        link.tell(letter(1, "3", "Send me the keys.", accepted=False))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "Send me the keys." in screen_text(app))
        assert "[From a device that you have not" in screen_text(app)


# Keys


@pytest.mark.parametrize(
    ("readiness", "keys", "passphrase"),
    [
        (Readiness.LOCKED, (*"open sesame", "enter"), "open sesame"),
        (Readiness.UNPROTECTED, (*"long enough", "enter", *"long enough", "enter"), "long enough"),
    ],
)
async def test_a_passphrase_opens_the_keys(
    readiness: Readiness, keys: tuple[str, ...], passphrase: str
) -> None:
    async with in_private(stands(readiness)) as (app, link, pilot):
        await enter(pilot, "/unlock")
        assert isinstance(app.screen, PassphraseDialog)
        await pilot.press(*("space" if key == " " else key for key in keys))
        await until(pilot, lambda: link.done == [("unlock", passphrase)])
        assert passphrase not in screen_text(app)


async def test_two_passphrases_that_differ_are_not_taken() -> None:
    async with in_private(stands(Readiness.UNPROTECTED)) as (app, link, pilot):
        await enter(pilot, "/unlock")
        await pilot.press(*"long enough".replace(" ", "_"), "enter", *"long_enouhg", "enter")
        await pilot.pause()
        assert "The two are not the same." in screen_text(app)
        assert link.done == []


async def test_where_there_are_no_private_messages_the_reason_is_said() -> None:
    told = PrivateStands(Readiness.UNAVAILABLE, "This server offers no private messages.", {})
    async with at_the_meeting() as (app, link, pilot):
        link.tell(told)
        await pilot.pause()
        await enter(pilot, "/dm priya hello")
        await until(pilot, lambda: "This server offers no" in screen_text(app))
        assert not link.written


# Comments on secret ballots


async def test_a_comment_on_a_secret_ballot_leaves_sealed_or_not_at_all() -> None:
    secret = board.state(decisions=(SECRET_VOTE,))
    async with at_the_meeting(board.ready(), secret) as (app, link, pilot):
        link.tell(stands())
        await until(pilot, lambda: bool(app.conversations.privacy.correspondents))
        await pilot.press("f5", "tab", *"aloud", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: bool(link.sent_of(VoteCast)))
        (vote,) = link.sent_of(VoteCast)
        assert isinstance(vote, VoteCast)
        assert vote.data.comment is None
        assert vote.data.sealed_comment is not None
        assert [copy.user_id for copy in vote.data.sealed_comment] == ["1"]


async def test_who_could_read_a_sealed_comment_is_said_before_it_is_written() -> None:
    secret = board.state(decisions=(SECRET_VOTE,))
    async with at_the_meeting(board.ready(), secret) as (app, link, pilot):
        link.tell(stands())
        await until(pilot, lambda: bool(app.conversations.privacy.correspondents))
        await pilot.press("f5")
        await pilot.pause()
        words = _words(app)
        assert "Sealed: only Margaret Oyelaran can read it" in words


async def test_who_has_not_opened_their_keys_is_told_what_a_sealed_comment_needs() -> None:
    async with at_the_meeting(board.ready(), board.state(decisions=(SECRET_VOTE,))) as meeting:
        app, _, pilot = meeting
        await pilot.press("f5")
        await pilot.pause()
        assert "No comment on this ballot: it needs your keys; /unlock opens them." in _words(app)


async def test_a_facilitator_reads_the_comments_of_a_secret_ballot_that_is_over() -> None:
    over = board.state(decisions=(SECRET_OVER,))
    async with at_the_meeting(board.ready(), over) as (app, link, pilot):
        link.tell(stands())
        await until(pilot, lambda: ("read comments", "decision_3") in link.done)
        link.tell(CommentsRead("decision_3", ("The auditor is my cousin.",)))
        await until(pilot, lambda: "· The auditor is my cousin." in screen_text(app))
        assert link.done.count(("read comments", "decision_3")) == 1


async def test_an_old_device_of_one_s_own_is_removed() -> None:
    told = stands()
    own = told.correspondents["1"]
    other = device("1", 2)
    both = replace(own, devices=(*own.devices, replace(other, own=False)))
    told = replace(told, correspondents={**told.correspondents, "1": both})
    async with in_private(told) as (app, link, pilot):
        await enter(pilot, "/devices")
        await until(pilot, lambda: isinstance(app.screen, DevicesDialog))
        await pilot.pause()
        shown = screen_text(app)
        assert "○ this device" in shown
        assert "▸ Device a2b2 c3d4" in shown
        assert "Remove · r" in shown
        await pilot.press("r")
        await until(pilot, lambda: ("remove", "device_1_2") in link.done)


async def test_keys_that_do_not_open_say_why_and_that_they_opened_is_said_too() -> None:
    async with in_private(stands(Readiness.LOCKED)) as (app, link, pilot):
        link.tell(replace(stands(Readiness.LOCKED), reason="this is not the passphrase"))
        await until(pilot, lambda: "This is not the" in screen_text(app))
        link.tell(stands())
        await until(pilot, lambda: "Your private messages" in screen_text(app))


async def test_the_next_conversation_is_one_with_something_new() -> None:
    async with in_private() as (app, link, pilot):
        for name in ("priya", "daniel", "tomás"):
            await enter(pilot, f"/dm {name}")
        await enter(pilot, "/everybody")
        link.tell(letter(1, "4", "Are you there?"))
        await until(pilot, lambda: "◈ Tomás He… 1 new" in screen_text(app))
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert app.conversations.current == ("1", "4")


@pytest.mark.parametrize("width", [40, 60, 80])
async def test_what_is_new_is_in_sight_however_many_conversations_there_are(width: int) -> None:
    async with in_private(size=(width, 24)) as (app, link, pilot):
        for number in range(2, 9):
            link.tell(letter(number, f"{number}", "hello"))
        await enter(pilot, "/dm priya")
        await until(pilot, lambda: "1 new" in screen_text(app))
        assert "▸◈ Priya" in screen_text(app)
