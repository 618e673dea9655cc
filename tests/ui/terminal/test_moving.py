"""How lines have moved, known by what was drawn before."""

import pytest
from rich.console import Console
from rich.segment import Segment
from textual._compositor import (  # pyright: ignore[reportPrivateUsage]
    CompositorUpdate,
    LayoutUpdate,
)
from textual.geometry import Region, Size
from textual.strip import Strip

from boardroom_tui.ui.terminal.abilities import Abilities
from boardroom_tui.ui.terminal.composing import Piece, Pieces
from boardroom_tui.ui.terminal.moving import Moving
from boardroom_tui.ui.terminal.painting import Painting
from boardroom_tui.ui.terminal.scrolling import Scroll
from tests.ui.terminal.emulator import Emulator

X, WIDTH = 10, 20
COLUMNS = (X, X + WIDTH)


def line(text: str) -> Strip:
    return Strip([Segment(f"{text:<{WIDTH}}")], WIDTH)


SAID = [line(f"message {number}") for number in range(12)]


def scroll(moving: Moving, pieces: list[Piece]) -> Scroll | None:
    moved = moving.moved(pieces)
    return None if moved is None else moved.scroll


def drawn(said: list[Strip], top: int = 2) -> list[Piece]:
    return [(y, X, strip) for y, strip in enumerate(said, top)]


def test_lines_that_were_drawn_lower_before_have_moved_up() -> None:
    moving = Moving()
    assert scroll(moving, drawn(SAID[:8])) is None
    moved = [*SAID[2:4], line("answered"), *SAID[5:10]]
    assert scroll(moving, drawn(moved)) == Scroll(2, 10, 2, COLUMNS)
    assert scroll(moving, drawn(moved)) is None, "they have moved already"


def test_only_what_does_not_stand_there_after_that_is_left_to_be_drawn() -> None:
    moving = Moving()
    scroll(moving, drawn(SAID[:8]))
    beside, answered = (4, X + WIDTH, line("beside")), line("answered")
    moved = moving.moved([beside, *drawn([SAID[2], answered, *SAID[4:10]])])
    assert moved is not None
    assert moved.left == [beside, (3, X, answered), (8, X, SAID[8]), (9, X, SAID[9])]


def test_what_is_drawn_elsewhere_in_between_does_not_matter() -> None:
    moving = Moving()
    scroll(moving, drawn(SAID[:8]))
    assert scroll(moving, [(30, X, SAID[11]), (31, X + WIDTH, SAID[11])]) is None
    assert scroll(moving, drawn(SAID[1:9])) == Scroll(2, 10, 1, COLUMNS)


def test_nothing_moves_that_is_not_drawn_again_as_a_whole() -> None:
    moving = Moving()
    scroll(moving, drawn(SAID[:8]))
    assert scroll(moving, drawn(SAID[1:8])) is None, "the line below them stays as it is"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([*SAID[8:11], *SAID[3:8]], id="a few stay where they are"),
        pytest.param([SAID[8], *SAID[:7]], id="down"),
        pytest.param([*SAID[5:8], *SAID[8:12], SAID[7]], id="only few of them"),
    ],
)
def test_what_has_not_moved_up_together_is_left_to_a_closer_look(said: list[Strip]) -> None:
    moving = Moving()
    scroll(moving, drawn(SAID[:8]))
    assert scroll(moving, drawn(said)) is None


def test_nothing_is_known_of_what_was_drawn_before_it_was_forgotten() -> None:
    moving = Moving()
    scroll(moving, drawn(SAID[:8]))
    moving.forget()
    assert scroll(moving, drawn(SAID[1:9])) is None


def test_what_was_drawn_and_never_sent_is_not_counted_on() -> None:
    width, height = X + WIDTH, 12
    console, terminal = Console(color_system="truecolor"), Emulator(width, height)
    painting = Painting(Abilities(erases=True, side_margins=True))

    def made(update: CompositorUpdate) -> CompositorUpdate:
        shortened = painting.shortened(update, console)
        assert isinstance(shortened, CompositorUpdate)
        return shortened

    def pieces(said: list[Strip]) -> Pieces:
        return Pieces(drawn(said), Size(width, height))

    blank = LayoutUpdate([[Strip.blank(width)]] * height, Region(0, 0, width, height))
    for update in (blank, pieces(SAID[:6])):
        terminal.feed(made(update).render_segments(console))
    made(pieces(SAID[6:]))
    terminal.feed(made(pieces([*SAID[7:], SAID[0]])).render_segments(console))
    words = [*SAID[7:], SAID[0]]
    assert terminal.text.split("\n")[2:8] == [" " * X + strip.text for strip in words]
