"""The door is drawn as the board is before anything of the meeting is there: nothing jumps."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual import events
from textual._compositor import LayoutUpdate  # pyright: ignore[reportPrivateUsage]

from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.door.frame import Shown, frame
from boardroom_tui.ui.door.inks import Inks
from boardroom_tui.ui.link import Connection, Phase
from boardroom_tui.ui.look.arrangement import Arrangement
from boardroom_tui.ui.look.palettes import PALETTES
from boardroom_tui.ui.look.theme_names import ThemeName
from boardroom_tui.ui.settings import Look, Settings
from boardroom_tui.ui.terminal.rows import Row, row_of
from boardroom_tui.ui.words.beginning import lines_pasted
from tests.ui.scripted_link import NOON, ScriptedLink

SERVER = "board.example:8765"
TRUE_COLOURS = {"COLORTERM": "truecolor"}


async def drawn_by_the_board(
    shown: Shown, size: tuple[int, int], theme: ThemeName
) -> tuple[list[Row], tuple[int, int]]:
    """The board's cells while it connects, and the cursor's place."""
    link = ScriptedLink()
    link.connection = Connection(Phase.CONNECTING, NOON)
    settings = Settings(look=Look(theme=theme))
    board = BoardroomApp(
        link, shown.title, clock=lambda: NOON, settings=settings, server=shown.where
    )
    board.meeting_screen.rearrange(shown.arrangement)
    async with board.run_test(size=size) as pilot:
        if shown.note:
            board.post_message(events.Paste(shown.text))
        else:
            board.meeting_screen.composer.put(shown.text)
        await pilot.pause()
        update = cast(LayoutUpdate, board.screen._compositor.render_update(full=True))  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType]
        x, y = board.cursor_position
        lines = [[piece for strip in line for piece in strip] for line in update.strips]
        return [row_of((one.text, pen_of(one.style)) for one in line) for line in lines], (x, y)


def pen_of(style: Style | None) -> str:
    """How the style is drawn where there are all colours.

    It keeps the codes of the first terminal that it was drawn for, which is another test's.
    """
    if style is None:
        return ""
    marks = (one or None for one in (style.bold, style.italic, style.reverse))
    bold, italic, reverse = marks
    fresh = Style(
        color=style.color, bgcolor=style.bgcolor, bold=bold, italic=italic, reverse=reverse
    )
    drawn = fresh.render("x", color_system=ColorSystem.TRUECOLOR)
    return drawn.removeprefix("\x1b[").partition("m")[0] if "m" in drawn else ""


async def compare(
    shown: Shown,
    size: tuple[int, int],
    theme: ThemeName = ThemeName.DARK,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Fail unless the two look alike, cell by cell."""
    cells, cursor = await drawn_by_the_board(shown, size, theme)
    door = frame(shown, Inks(PALETTES[theme], {**TRUE_COLOURS, **environment}), *size)
    for y, (theirs, ours) in enumerate(zip(cells, door.rows, strict=True)):
        assert "".join(ours.characters) == "".join(theirs.characters), y
        assert ours.pens == theirs.pens, y
    if shown.text:
        # Where a text is scrolled, Textual learns the cursor's line with the next key.
        is_scrolled = cursor[1] >= size[1] - 1
        assert door.cursor[0] == cursor[0]
        assert door.cursor[1] == cursor[1] or is_scrolled


@pytest.mark.parametrize(
    "size", [(120, 40), (80, 24), (60, 20), (200, 60), (60, 14), (120, 18), (40, 10)]
)
@pytest.mark.parametrize(
    ("title", "text"), [("meeting_q3", ""), (f"{'m' * 40}_{'x' * 80}", "sö 王小😀e\u0301")]
)
async def test_every_cell_is_the_board_s_at_every_size(
    size: tuple[int, int], title: str, text: str
) -> None:
    await compare(Shown(title, SERVER, Arrangement(), text), size)


LONG = "Dear all, " + "the word was given that nobody breaks " * 4 + "x" * 170 + " so 王 "


@pytest.mark.parametrize(
    ("text", "note", "size"),
    [
        (LONG, "", (120, 40)),
        (LONG * 3, "", (200, 60)),
        ("a\n" * 7, "", (80, 24)),
        ("one\ntwo\n\nthree", lines_pasted(4), (160, 18)),
        ("one\n" * 30, lines_pasted(30), (40, 10)),
    ],
)
async def test_what_takes_several_lines_has_those_that_the_composer_has(
    text: str, note: str, size: tuple[int, int]
) -> None:
    await compare(Shown("meeting_q3", SERVER, Arrangement(), text, note), size)


async def test_where_there_is_no_room_both_say_so() -> None:
    await compare(Shown("meeting_q3", SERVER, Arrangement()), (38, 9))


@pytest.mark.parametrize(
    "arrangement",
    [
        Arrangement(left=4, right=-4, agenda=9),
        Arrangement(hidden=frozenset({"agenda"})),
        Arrangement(hidden=frozenset({"people"})),
        Arrangement(hidden=frozenset({"agenda", "people", "vote"})),
        Arrangement(maximised=True),
    ],
)
async def test_the_panes_stand_as_the_user_has_them(arrangement: Arrangement) -> None:
    await compare(Shown("meeting_q3", SERVER, arrangement, "so"), (120, 30))


@pytest.mark.parametrize("theme", [one for one in ThemeName if one is not ThemeName.DARK])
async def test_the_colours_are_the_theme_s(theme: ThemeName) -> None:
    await compare(Shown("meeting_q3", SERVER, Arrangement()), (112, 24), theme)


@pytest.mark.parametrize(
    ("term", "system"),
    [("tmux-256color", ColorSystem.EIGHT_BIT), ("linux", ColorSystem.STANDARD)],
)
def test_where_colours_are_few_the_nearest_are_chosen_as_rich_does(
    term: str, system: ColorSystem
) -> None:
    # Not on a board: a style keeps the codes of the first terminal that it was drawn for.
    colours = PALETTES[ThemeName.LIGHT]
    inks = Inks(colours, {"TERM": term})
    for ink in ("foreground", "dim", "accent", "warning", "primary", "rule"):
        style = Style(bold=True, color=getattr(colours, ink), bgcolor=colours.bar)
        drawn = style.render("x", color_system=system)
        assert drawn == f"\x1b[{inks.pen(ink, 'bar', bold=True)}mx\x1b[0m"


@pytest.mark.parametrize("size", [(80, 24), (60, 14)])
async def test_without_colours_both_have_none(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = Shown("meeting_q3", SERVER, Arrangement(), LONG * 3)
    await compare(shown, size, environment={"NO_COLOR": "1"})
