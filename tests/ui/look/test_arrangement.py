"""The panes: as they were designed for each size, and as the user has them, also next time."""

from pathlib import Path
from stat import S_IMODE

import pytest

from boardroom_tui.protocol.messages.decision import DecisionOpened
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.look.arrangement import Arrangement, Pane, fitted, resized
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
    arrangement = Arrangement(left=8, right=-4, hidden=frozenset({"people"}), maximised=True)
    memory.keep(Remembered(arrangement, ThemeName.MIST))
    assert ScreenMemory(path).read() == Remembered(arrangement, ThemeName.MIST)
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
