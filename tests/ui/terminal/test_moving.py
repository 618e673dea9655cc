"""How lines have moved, known by what was drawn before."""

import pytest
from rich.segment import Segment
from textual.strip import Strip

from boardroom_tui.ui.terminal.composing import Piece
from boardroom_tui.ui.terminal.moving import Moving
from boardroom_tui.ui.terminal.scrolling import Scroll

X, WIDTH = 10, 20
COLUMNS = (X, X + WIDTH)


def line(text: str) -> Strip:
    return Strip([Segment(f"{text:<{WIDTH}}")], WIDTH)


SAID = [line(f"message {number}") for number in range(12)]


def drawn(said: list[Strip], top: int = 2) -> list[Piece]:
    return [(y, X, strip) for y, strip in enumerate(said, top)]


def test_lines_that_were_drawn_lower_before_have_moved_up() -> None:
    moving = Moving()
    assert moving.scroll(drawn(SAID[:8])) is None
    moved = [*SAID[2:4], line("answered"), *SAID[5:10]]
    assert moving.scroll(drawn(moved)) == Scroll(2, 10, 2, COLUMNS)
    assert moving.scroll(drawn(moved)) is None, "they have moved already"


def test_what_is_drawn_elsewhere_in_between_does_not_matter() -> None:
    moving = Moving()
    moving.scroll(drawn(SAID[:8]))
    assert moving.scroll([(30, X, SAID[11]), (31, X + WIDTH, SAID[11])]) is None
    assert moving.scroll(drawn(SAID[1:9])) == Scroll(2, 10, 1, COLUMNS)


def test_nothing_moves_that_is_not_drawn_again_as_a_whole() -> None:
    moving = Moving()
    moving.scroll(drawn(SAID[:8]))
    assert moving.scroll(drawn(SAID[1:8])) is None, "the line below them stays as it is"


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
    moving.scroll(drawn(SAID[:8]))
    assert moving.scroll(drawn(said)) is None


def test_nothing_is_known_of_what_was_drawn_before_it_was_forgotten() -> None:
    moving = Moving()
    moving.scroll(drawn(SAID[:8]))
    moving.forget()
    assert moving.scroll(drawn(SAID[1:9])) is None
