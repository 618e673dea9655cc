"""The panes: as they were designed for each size, and as the user has them, also next time."""

from pathlib import Path
from stat import S_IMODE

import pytest
from textual import events
from textual.widget import Widget

from boardroom_tui.protocol.messages.decision import DecisionOpened
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.look.arrangement import (
    Arrangement,
    Pane,
    border_at,
    divided,
    dragged,
    fitted,
    resized,
)
from boardroom_tui.ui.look.theme_names import ThemeName
from boardroom_tui.ui.remembered import Remembered, ScreenMemory
from boardroom_tui.ui.settings import Settings
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.test_app import toasts


@pytest.mark.parametrize(
    ("size", "columns"),
    [
        ((110, 40), (33, 34)),
        ((120, 40), (36, 34)),
        ((150, 40), (44, 46)),
        ((200, 60), (52, 60)),
        ((300, 80), (56, 64)),
        ((80, 24), (None, None)),
        ((60, 20), (None, None)),
    ],
)
def test_the_columns_take_what_each_size_has(
    size: tuple[int, int], columns: tuple[int | None, int | None]
) -> None:
    fit = fitted(Arrangement(), *size)
    assert (fit.left, fit.right) == columns
    assert ("-narrow" in fit.classes) is (columns == (None, None))


def test_a_pane_grows_until_the_conversation_has_no_more_to_give() -> None:
    arrangement = Arrangement()
    panes: tuple[Pane, ...] = ("agenda", "people", "vote", "agenda", "vote")
    for pane in panes * 20:
        arrangement = resized(arrangement, pane, 4, 200)
        fit = fitted(arrangement, 200, 60)
        assert 200 - (fit.left or 0) - (fit.right or 0) >= 40
    grown = fitted(arrangement, 200, 60)
    back = fitted(resized(arrangement, "agenda", -4, 200), 200, 60)
    assert (grown.left or 0) - (back.left or 0) == 4
    # On a smaller screen the conversation keeps its room all the same.
    small = fitted(arrangement, 110, 40)
    assert 110 - (small.left or 0) - (small.right or 0) >= 40


@pytest.mark.parametrize("pane", ["agenda", "vote"])
def test_a_pane_shrinks_until_it_could_not_be_read(pane: Pane) -> None:
    arrangement = Arrangement()
    for _ in range(20):
        arrangement = resized(arrangement, pane, -4, 200)
    fit = fitted(arrangement, 200, 60)
    assert 26 in (fit.left, fit.right)


def test_the_conversation_grows_on_either_side() -> None:
    fit = fitted(resized(Arrangement(), "chat", 4, 200), 200, 60)
    assert (fit.left, fit.right) == (50, 58)


def test_the_mouse_takes_a_border_by_either_frame_and_moves_it_by_the_steps_of_the_keys() -> None:
    designed = Arrangement()  # 52 columns at the left of 200, 60 at the right
    held = {x: border_at(designed, x, 200) for x in (50, 51, 52, 53, 138, 139, 140, 141)}
    assert [x for x, pane in held.items() if pane == "agenda"] == [51, 52]
    assert [x for x, pane in held.items() if pane == "vote"] == [139, 140]
    for x, steps in ((51, 0), (54, 0), (55, 1), (63, 3), (41, -3)):
        assert dragged(designed, "agenda", x, 200) == resized(designed, "agenda", 4 * steps, 200)
    assert dragged(designed, "vote", 131, 200) == resized(designed, "vote", 8, 200)
    assert dragged(designed, "agenda", 199, 200) == resized(designed, "agenda", 200, 200)
    assert border_at(Arrangement(maximised=True), 52, 200) is None
    assert border_at(designed.hiding("vote"), 140, 200) is None


def test_the_agenda_and_the_people_share_their_column_so_that_both_can_be_read() -> None:
    shared = [fitted(divided(Arrangement(), lines, 40), 120, 40).agenda for lines in (-3, 12, 99)]
    assert shared == [5, 12, 33]
    arrangement = divided(Arrangement(), 30, 40)
    assert fitted(arrangement, 120, 24).agenda == 17
    assert fitted(arrangement.hiding("people"), 120, 40).agenda is None
    assert fitted(arrangement, 80, 24).agenda is None


def test_a_hidden_pane_gives_its_room_away_and_leaves_its_line() -> None:
    fit = fitted(Arrangement().hiding("agenda").hiding("people"), 120, 40)
    assert (fit.left, fit.right) == (None, 34)
    assert fit.classes >= {"-no-agenda", "-no-people", "-strip"}
    assert fitted(Arrangement().hiding("vote"), 120, 40).right is None
    assert "-no-vote" not in fitted(Arrangement().hiding("vote").showing("vote"), 120, 40).classes


def test_what_was_arranged_is_remembered_and_a_broken_file_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "state" / "screen.json"
    memory = ScreenMemory(path)
    assert memory.read() == Remembered()
    arrangement = Arrangement(8, -4, 12, hidden=frozenset({"people"}), maximised=True)
    remembered = Remembered(arrangement, ThemeName.MIST, frozenset({"No keyring."}))
    memory.keep(remembered)
    assert ScreenMemory(path).read() == remembered
    assert S_IMODE(path.stat().st_mode) == 0o600
    broken = (b"", b"{", b'{"arrangement": {"left": "wide"}}', b'{"theme": "solarised"}', b"\xff")
    for content in broken:
        path.write_bytes(content)
        assert memory.read() == Remembered()


async def test_the_panes_are_arranged_by_key_and_stand_so_again_at_the_next_start(
    tmp_path: Path,
) -> None:
    settings = Settings(memory=tmp_path / "screen.json")
    async with at_the_meeting(settings=settings) as (app, link, pilot):
        screen = app.meeting_screen
        await pilot.press(*"kept", "f3", "space", "+")
        await until(pilot, lambda: screen.people.region.width == 40)
        await pilot.press("space", "h")
        await until(pilot, lambda: not screen.people.display)
        assert screen.pane_in_use == "chat"
        await pilot.press("f4", "space", "h")
        await until(pilot, lambda: not screen.vote.display)
        # A vote that opens is seen where its pane is hidden, and takes no key from anybody.
        await pilot.press("escape", "!")
        link.hear(DecisionOpened(data=DecisionOpened.Data(**dict(board.BUDGET_OPEN))))
        await until(pilot, lambda: screen.vote.display)
        assert "The budget for 2027" in screen_text(app).split("\n")[2]
        assert screen.is_writing
        assert screen.composer.text == "kept!"
        await pilot.press("escape", "space", "z")
        await until(pilot, lambda: screen.has_class("-narrow"))
    async with at_the_meeting(settings=settings) as (app, _, pilot):
        screen = app.meeting_screen
        assert screen.arrangement == Arrangement(
            left=4, hidden=frozenset({"people", "vote"}), maximised=True
        )
        assert screen.has_class("-narrow")
        await pilot.press("f4")
        await until(pilot, lambda: screen.pane_in_use == "vote")
        assert ScreenMemory(settings.memory).read().arrangement.hidden == {"people"}
        await pilot.press("space", "h")
        await until(pilot, lambda: "One pane is shown at a time here" in "\n".join(toasts(app)))
        await pilot.press("space", "0")
        await until(pilot, lambda: screen.people.display and screen.vote.display)
        await pilot.press("escape", "escape", "space", "-", "space", "h")
        await until(pilot, lambda: "The conversation stays." in "\n".join(toasts(app)))
        assert fitted(screen.arrangement, 120, 40).left == 38


async def test_the_next_start_maximises_the_conversation_it_begins_in_and_no_other_pane(
    tmp_path: Path,
) -> None:
    settings = Settings(memory=tmp_path / "screen.json")
    memory = ScreenMemory(settings.memory)
    async with at_the_meeting(settings=settings) as (app, _, pilot):
        await pilot.press("f4", "space", "z")
        await until(pilot, lambda: app.meeting_screen.has_class("-narrow", "-show-vote"))
    assert not memory.read().arrangement.maximised
    async with at_the_meeting(settings=settings) as (app, _, pilot):
        assert app.meeting_screen.vote.display
        await pilot.press("f4", "space", "z", "i")
        await until(pilot, lambda: app.meeting_screen.is_writing)
    assert memory.read().arrangement.maximised


async def test_the_mouse_drags_borders_and_a_double_click_on_a_title_gives_its_pane_all(
    tmp_path: Path,
) -> None:
    memory = ScreenMemory(path := tmp_path / "screen.json")
    async with at_the_meeting(settings=Settings(memory=path)) as (app, _, pilot):
        screen = app.meeting_screen

        async def mouse(
            kind: type[events.MouseEvent], x: int, y: int = 20, *, button: int = 1
        ) -> None:
            app.post_message(kind(None, x, y, 0, 0, button, False, False, False))
            await pilot.pause()

        await pilot.press(*"kept")
        await mouse(events.MouseMove, 35, button=0)
        assert screen.styles.pointer == "ew-resize"
        await mouse(events.MouseDown, 35)
        for x in (36, 39, 43):
            await mouse(events.MouseMove, x)
        assert screen.people.region.width == screen.chat.region.x == 44
        # On the disk is how it is left, not every step on the way there.
        assert not path.exists()
        await mouse(events.MouseUp, 43)
        await until(pilot, lambda: memory.read().arrangement == Arrangement(left=8))
        await mouse(events.MouseMove, 60)
        assert screen.styles.pointer == "default"
        await mouse(events.MouseDown, 86)
        await mouse(events.MouseMove, 90)
        await mouse(events.MouseMove, 80, button=0)  # let go of outside this terminal
        await until(pilot, lambda: memory.read().arrangement == Arrangement(left=8, right=-4))
        assert screen.vote.region.width == 30
        people = screen.people.region
        await mouse(events.MouseMove, 4, people.y, button=0)
        assert screen.styles.pointer == "ns-resize"
        await mouse(events.MouseDown, 4, people.y)
        await mouse(events.MouseMove, 4, people.y)
        assert screen.people.region == people
        await mouse(events.MouseMove, 30, people.y + 3)
        assert screen.people.region.y == screen.agenda.region.bottom == people.y + 3
        await mouse(events.MouseUp, 30, people.y + 3)
        lines = people.y + 3 - screen.agenda.region.y
        assert memory.read().arrangement == Arrangement(left=8, right=-4, agenda=lines)
        assert (screen.is_writing, screen.composer.text) == (True, "kept")

        async def double_click(title: Widget, width: int) -> None:
            await pilot.click(title, offset=(4, 0), times=2)
            await until(pilot, lambda: title.display and title.region.width == width)
            assert not screen.selections

        await double_click(screen.chat, 120)
        assert screen.is_writing
        await double_click(screen.chat, 46)
        await double_click(screen.people, 120)
        await double_click(screen.people, 44)
        await double_click(screen.chat, 120)
        maximised = Arrangement(left=8, right=-4, agenda=lines, maximised=True)
        assert memory.read().arrangement == maximised
        await pilot.resize_terminal(100, 40)
        await pilot.click(screen.chat, offset=(4, 0), times=2)
        await until(pilot, lambda: "One pane is shown at a time here" in "\n".join(toasts(app)))
        assert memory.read().arrangement == maximised


async def test_a_terminal_that_is_too_small_for_a_moment_goes_back_to_what_one_writes() -> None:
    async with at_the_meeting(size=(80, 24)) as (app, _, pilot):
        await pilot.press(*"half a")
        await pilot.resize_terminal(38, 9)
        await until(pilot, lambda: not app.meeting_screen.is_writing)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: app.meeting_screen.is_writing)
        await pilot.press(*" thought")
        assert app.meeting_screen.composer.text == "half a thought"


async def test_a_theme_is_seen_before_it_is_taken_and_taken_for_the_next_start(
    tmp_path: Path,
) -> None:
    settings = Settings(memory=tmp_path / "screen.json")
    async with at_the_meeting(size=(80, 24), settings=settings) as (app, _, pilot):
        await pilot.press("escape", "space", "y")
        await until(pilot, lambda: "paper and ink" in screen_text(app))
        await pilot.press("down", "down")
        await until(pilot, lambda: app.theme == ThemeName.LIGHT)
        await pilot.press("escape")
        await until(pilot, lambda: app.theme == ThemeName.DARK)
        await pilot.press("space", "y", "end", "enter")
        await until(pilot, lambda: app.screen is app.meeting_screen)
        assert app.theme == ThemeName.CONTRAST
    async with at_the_meeting(size=(80, 24), settings=settings) as (app, _, pilot):
        assert app.theme == ThemeName.CONTRAST
        app.command(CommandId.THEME, "solarised")
        await until(pilot, lambda: "There is no theme “solarised”" in "\n".join(toasts(app)))
        app.command(CommandId.THEME, "mist")
        assert app.theme == ThemeName.MIST
        app.command(CommandId.THEME)
        assert app.theme == ThemeName.NIGHT
