"""The text one is writing: in one's own editor, as a quotation, and over a restart."""

import shlex
import sys
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from textual import events
from textual.drivers.headless_driver import HeadlessDriver

from boardroom_tui.client.kept_draft import KeptDraft
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.writing.draft_keeping import text_to_keep
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON, ScriptedLink

WAITS_THEN_ADDS = """
import pathlib, sys, time
while not pathlib.Path(sys.argv[1]).exists():
    time.sleep(0.01)
with open(sys.argv[2], "a") as draft:
    draft.write("from the editor")
"""


async def test_what_is_written_goes_to_the_editor_and_outlives_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    kept, link = KeptDraft(tmp_path / "draft.txt"), ScriptedLink()
    kept.read()
    kept.note("what I had")
    kept.write()
    app = BoardroomApp(link, board.MEETING, clock=lambda: NOON, zone=UTC)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        link.hear(board.ready(), board.state())
        composer = app.meeting_screen.composer
        app.keep_draft(kept)
        await until(pilot, lambda: composer.text == "what I had" and composer.closed is None)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "No editor is set" in screen_text(app))
        command = (sys.executable, "-c", WAITS_THEN_ADDS, str(tmp_path / "go"))
        monkeypatch.setenv("EDITOR", shlex.join(command))
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "No editor can be opened in this" in screen_text(app))
        assert composer.text == "what I had"
        monkeypatch.setattr(HeadlessDriver, "can_suspend", property(lambda _: True))
        await pilot.press("ctrl+g")
        # The meeting goes on meanwhile.
        link.hear(board.state(agenda=board.AGENDA[:2]))
        await until(pilot, lambda: len(app.meeting.agenda) == 2)
        (tmp_path / "go").touch()
        await until(pilot, lambda: composer.text == "what I had\nfrom the editor")
        assert not any(isinstance(one, ChatSend) for one in link.sent)
        await pilot.press("escape", "space", ">")
        await until(pilot, lambda: composer.text.startswith("> "))
        assert composer.reply_to is not None
    assert KeptDraft(tmp_path / "draft.txt").read() == composer.text


async def test_what_one_writes_is_kept_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    async with at_the_meeting() as (app, _, pilot):
        for timer in app._timers:  # pyright: ignore[reportPrivateUsage]
            timer.pause()  # on a busy machine it takes a second to press the keys
        await pilot.press("a", "backspace", "h")
        app.keep_draft(KeptDraft(path))
        await pilot.press(*"alf")
        assert app.meeting_screen.composer.waiting is None
        assert not path.exists()
        app._pass_time()  # pyright: ignore[reportPrivateUsage]
        await until(pilot, path.exists)
        assert path.read_text() == "half"


async def test_what_was_not_sent_waits_until_the_line_is_empty_and_no_key_comes(
    tmp_path: Path,
) -> None:
    path, now = tmp_path / "draft.txt", NOON
    path.write_text("not sent")
    link = ScriptedLink()
    app = BoardroomApp(link, board.MEETING, clock=lambda: now, zone=UTC)
    async with app.run_test() as pilot:
        link.hear(board.ready(), board.state())
        composer = app.meeting_screen.composer
        await until(pilot, lambda: composer.closed is None)
        for key in ("n", "o", "enter", "m"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        app.call_later(app.keep_draft, KeptDraft(path))
        await until(pilot, lambda: "What you had not sent waits until this" in screen_text(app))
        await pilot.press("e", "enter")
        app._pass_time()  # pyright: ignore[reportPrivateUsage]
        assert composer.text == ""
        assert text_to_keep(app) == "not sent"
        now += timedelta(seconds=2)
        app._pass_time()  # pyright: ignore[reportPrivateUsage]
        await until(pilot, lambda: composer.text == "not sent")
        await until(pilot, lambda: "This was not sent last time" in screen_text(app))
        assert "had not sent" not in screen_text(app)
        assert [one.data.message for one in link.sent if isinstance(one, ChatSend)] == ["no", "me"]


async def test_what_was_not_sent_is_fetched_by_a_key_above_what_is_being_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("not sent")
    async with at_the_meeting() as (app, _, pilot):
        composer = app.meeting_screen.composer
        await pilot.press("m", "e", "left")
        app.keep_draft(KeptDraft(path))
        await until(pilot, lambda: composer.waiting is not None)
        assert text_to_keep(app) == "not sent\nme"
        await pilot.press("escape", "e")
        assert composer.text == "not sent\nme"
        await pilot.press("!")
        assert composer.text == "not sent\nm!e"


async def test_a_command_that_is_being_written_never_stands_behind_what_is_said_to_all(
    tmp_path: Path,
) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("not sent")
    async with at_the_meeting() as (app, _, pilot):
        composer = app.meeting_screen.composer
        for put in ("e", "space >"):
            composer.put("/dm ana a secret")
            app.keep_draft(KeptDraft(path))
            await pilot.press("escape", *put.split())
            await until(pilot, lambda: "calls back the command" in screen_text(app))
            assert "secret" not in composer.text
            await pilot.press("up", "up")
            assert composer.text == "/dm ana a secret"


async def test_a_command_that_is_being_written_is_not_kept() -> None:
    app = BoardroomApp(ScriptedLink(), board.MEETING, clock=lambda: NOON, zone=UTC)
    async with app.run_test():
        composer = app.meeting_screen.composer
        kept: list[str] = []
        for text in ("/dm ana a secret", " /dm ana more", "//no command", "said to all"):
            composer.put(text)
            kept.append(text_to_keep(app))
        assert kept == ["", "", "//no command", "said to all"]
        app.conversations.go_to(("1", "2"), composer.draft, app.meeting)
        composer.put("in private")
        assert text_to_keep(app) == "said to all"
