"""Whatever is written to save bytes, the terminal shows what was to be shown."""

from itertools import pairwise

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardroom_tui.ui.terminal.difference import difference, painted
from boardroom_tui.ui.terminal.rows import Row, fitted, is_doubtful, row_of
from tests.ui.terminal.emulator import Emulator, seen
from tests.ui.terminal.frames import JOINED, WORDS, screens

SIZE = (30, 8)
PLAIN = "38;2;1;2;3;48;2;9;9;9"


class Separating(pyte.Screen):
    """A terminal that knows no joined emoji, and gives each part its cells."""

    def draw(self, data: str) -> None:
        super().draw(data.replace("\u200d", "").replace("\ufe0f", ""))


def lines(*texts: str, pen: str = PLAIN) -> list[Row]:
    return [fitted(row_of([(text, pen)]), SIZE[0]) for text in texts]


@given(screens(SIZE), st.booleans())
@settings(max_examples=100, deadline=None)
def test_the_screen_is_the_same_as_if_all_were_written_again(
    frames: list[list[Row]], erases: bool
) -> None:
    emulator = Emulator(*SIZE)
    emulator.feed("what stood here\r\n" * 4)
    emulator.feed(painted(frames[0], erases=erases))
    assert emulator.cells == seen(frames[0])
    for before, after in pairwise(frames):
        emulator.feed(difference(before, after, erases=erases))
        assert emulator.cells == seen(after)
        assert emulator.margins is None


@pytest.mark.parametrize("kind", [pyte.Screen, Separating])
@given(frames=screens(SIZE, words=(*WORDS, *JOINED)))
@settings(max_examples=50, deadline=None)
def test_a_character_of_doubtful_width_moves_nothing_beside_it(
    kind: type[pyte.Screen], frames: list[list[Row]]
) -> None:
    emulator = Emulator(*SIZE, kind)
    emulator.feed(painted(frames[0], erases=True))
    for before, after in pairwise(frames):
        emulator.feed(difference(before, after, erases=True))
        expected = seen([_without_doubtful(row) for row in after])
        shown = emulator.cells
        for y, row in enumerate(after):
            for x, character in enumerate(row.characters):
                if character and not is_doubtful(character) and x + 1 < SIZE[0]:
                    assert shown[y][x] == expected[y][x], (y, x)


def test_what_is_as_it_was_costs_nothing() -> None:
    frame = lines("14:00  Budget", "王小明", "")
    assert difference(frame, lines("14:00  Budget", "王小明", ""), erases=True) == ""


def test_a_character_more_costs_a_move_a_pen_and_itself() -> None:
    written = difference(lines("Agree"), lines("Agreed"), erases=True)
    assert written == f"\x1b[;6H\x1b[{PLAIN}md\x1b[m"


def test_blanks_are_erased_only_where_the_terminal_keeps_their_ground() -> None:
    before, after = lines("agreed" * 5), lines("agreed".ljust(30))
    assert difference(before, after, erases=True) == "\x1b[;7H\x1b[48;2;9;9;9m\x1b[K\x1b[m"
    written = difference(before, after, erases=False)
    assert written == f"\x1b[;7H\x1b[48;2;9;9;9m{' ' * 24}\x1b[m"


def test_a_wide_character_is_written_whole() -> None:
    before, after = lines("王明"), lines("王小")
    assert difference(before, after, erases=True) == f"\x1b[;3H\x1b[{PLAIN}m小\x1b[m"


def _without_doubtful(row: Row) -> Row:
    return Row([" " if is_doubtful(one) else one for one in row.characters], row.pens)
