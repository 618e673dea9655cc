"""Commands of two keys: Space shows what may follow, and nothing is done by mistake."""

from boardroom_tui.ui.commands import COMMANDS
from boardroom_tui.ui.keys.sequence import follow_ups, second_key
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.test_app import notification
from tests.ui.test_commands import situation
from tests.ui.test_order_of_keys import burst


def test_what_may_follow_is_what_can_be_done_now() -> None:
    shown = {hint.command: hint.key for hint in follow_ups(situation(typing=False))}
    assert shown["maximise"] == "z"
    behind_space = {command.id for command in COMMANDS if second_key(command)}
    assert set(shown) <= behind_space


async def test_space_shows_what_may_follow_and_any_other_key_does_nothing() -> None:
    async with at_the_meeting(size=(60, 20)) as (app, link, pilot):
        screen = app.meeting_screen
        await pilot.press("space")
        assert screen.composer.text == " "
        screen.focus_pane("people")
        for other in ("escape", "f5", "x", "enter", "ctrl+q", "space"):
            await pilot.press("space")
            await until(pilot, lambda: "z Maximise" in screen_text(app))
            assert "Esc cancels" in screen_text(app)
            await pilot.press(other)
            await until(pilot, lambda: "z Maximise" not in screen_text(app))
            assert screen.people.has_focus
            assert app.screen is screen
        assert link.sent == []


async def test_a_click_chooses_what_follows_and_a_click_elsewhere_ends_the_wait() -> None:
    async with at_the_meeting() as (app, _, pilot):
        screen = app.meeting_screen
        screen.focus_pane("people")
        await pilot.press("space")
        await until(pilot, lambda: screen.follow_ups.display)
        await pilot.click(screen.header)
        await until(pilot, lambda: not screen.follow_ups.display)
        await pilot.press("space")
        await until(pilot, lambda: screen.follow_ups.display)
        line = next(line for line in screen_text(app).split("\n") if "z Maximise" in line)
        await pilot.click(screen.follow_ups, offset=(line.index("z Maximise"), 1))
        await until(pilot, lambda: screen.has_class("-narrow"))
        assert not app.awaits_second_key


async def test_no_toast_lies_over_what_may_follow() -> None:
    async with at_the_meeting(size=(110, 24)) as (app, link, pilot):
        link.hear(*(notification(number) for number in range(4)))
        await until(pilot, lambda: "News 3" in screen_text(app))
        await pilot.press("escape", "up", "space")
        await until(pilot, lambda: app.meeting_screen.follow_ups.display)
        await pilot.pause()
        for hint in app.meeting_screen.follow_ups.hints or ():
            assert f"{hint.key} {hint.word}" in screen_text(app)


async def test_two_keys_that_come_at_once_are_one_command() -> None:
    async with at_the_meeting() as (app, _, pilot):
        app.meeting_screen.focus_pane("agenda")
        await pilot.pause()
        burst(app, ("space", "z"))
        await until(pilot, lambda: app.meeting_screen.has_class("-narrow"))
        burst(app, ("space", "z"))
        await until(pilot, lambda: not app.meeting_screen.has_class("-narrow"))
