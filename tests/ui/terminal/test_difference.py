"""Whatever is written to save bytes, the terminal shows what was to be shown."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardroom_tui.ui.terminal.abilities import Abilities
from boardroom_tui.ui.terminal.difference import difference, painted
from boardroom_tui.ui.terminal.rows import Row, fitted, is_doubtful, row_of, with_part
from boardroom_tui.ui.terminal.scrolling import Columns
from tests.ui.terminal.emulator import Emulator, Screen, seen
from tests.ui.terminal.frames import JOINED, WORDS, screens

SIZE = (30, 8)
KNOWING = Abilities(erases=True, side_margins=True)
SIMPLE = Abilities(erases=False)
PLAIN = "38;2;1;2;3;48;2;9;9;9"


class Separating(Screen):
    """A terminal that knows no joined emoji, and gives each part its cells."""

    def draw(self, data: str) -> None:
        super().draw(data.replace("\u200d", "").replace("\ufe0f", ""))


def lines(*texts: str, pen: str = PLAIN) -> list[Row]:
    return [fitted(row_of([(text, pen)]), SIZE[0]) for text in texts]


TERMINALS = st.builds(Abilities, st.booleans(), st.booleans())
PANES = st.sampled_from([(0, SIZE[0]), (7, SIZE[0]), (7, 20)])


@given(screens(SIZE), TERMINALS, PANES)
@settings(max_examples=150, deadline=None)
def test_the_screen_is_the_same_as_if_all_were_written_again(
    frames: list[list[Row]], terminal: Abilities, pane: Columns
) -> None:
    emulator = Emulator(*SIZE)
    emulator.feed("what stood here\r\n" * 4)
    emulator.feed(painted(frames[0], terminal))
    assert emulator.cells == seen(frames[0])
    for before, after in pairwise(frames):
        emulator.feed(difference(before, after, terminal, pane))
        assert emulator.cells == seen(after)
        assert emulator.margins == (None, None)


@pytest.mark.parametrize("kind", [Screen, Separating])
@given(frames=screens(SIZE, words=(*WORDS, *JOINED)))
@settings(max_examples=50, deadline=None)
def test_a_character_of_doubtful_width_moves_nothing_beside_it(
    kind: type[Screen], frames: list[list[Row]]
) -> None:
    emulator = Emulator(*SIZE, kind)
    emulator.feed(painted(frames[0], KNOWING))
    for before, after in pairwise(frames):
        emulator.feed(difference(before, after, KNOWING, (0, SIZE[0])))
        expected = seen([_without_doubtful(row) for row in after])
        shown = emulator.cells
        for y, row in enumerate(after):
            for x, character in enumerate(row.characters):
                if character and not is_doubtful(character) and x + 1 < SIZE[0]:
                    assert shown[y][x] == expected[y][x], (y, x)


def test_what_is_as_it_was_costs_nothing() -> None:
    frame = lines("14:00  Budget", "王小明", "")
    assert difference(frame, lines("14:00  Budget", "王小明", ""), KNOWING) == ""


def test_a_character_more_costs_a_move_a_pen_and_itself() -> None:
    written = difference(lines("Agree"), lines("Agreed"), KNOWING)
    assert written == f"\x1b[;6H\x1b[{PLAIN}md\x1b[m"


def test_blanks_are_erased_only_where_the_terminal_keeps_their_ground() -> None:
    before, after = lines("agreed" * 5), lines("agreed".ljust(30))
    assert difference(before, after, KNOWING) == "\x1b[;7H\x1b[48;2;9;9;9m\x1b[K\x1b[m"
    written = difference(before, after, SIMPLE)
    assert written == f"\x1b[;7H\x1b[48;2;9;9;9m{' ' * 24}\x1b[m"


def test_a_wide_character_is_written_whole() -> None:
    before, after = lines("王明"), lines("王小")
    assert difference(before, after, KNOWING) == f"\x1b[;3H\x1b[{PLAIN}m小\x1b[m"


TALK = [f"said number {number}" for number in range(10)]
AGENDA = [row_of([(f"item {number} x", "7")]) for number in range(8)]


def test_lines_that_moved_are_moved_by_the_terminal() -> None:
    before, after = lines(*TALK[:8]), lines(*TALK[2:10])
    written = difference(before, after, SIMPLE, (0, SIZE[0]))
    assert written.startswith("\x1b[1;8r\x1b[1;1H\x1b[2M\x1b[r")
    assert [text for text in TALK if text in written] == TALK[8:]
    back = difference(after, before, SIMPLE, (0, SIZE[0]))
    assert back.startswith("\x1b[1;8r\x1b[1;1H\x1b[2L\x1b[r")


def test_what_stands_beside_them_stays_where_the_terminal_has_side_margins() -> None:
    before, after = (
        [with_part(row, 20, beside, 10) for row, beside in zip(talk, AGENDA, strict=True)]
        for talk in (lines(*TALK[:8]), lines(*TALK[1:9]))
    )
    written = difference(before, after, KNOWING, (0, 20))
    assert written.startswith("\x1b[?69h\x1b[1;20s\x1b[1;8r\x1b[1;1H\x1b[M\x1b[r\x1b[?69l")
    assert "item" not in written
    assert "\x1b[?69h" not in difference(before, after, SIMPLE, (0, 20))


def test_no_wide_character_is_cut_at_the_edge_of_what_moves() -> None:
    across = row_of([("王", PLAIN)])
    before, after = (
        [with_part(row, 19, across, 2) for row in lines(*talk)] for talk in (TALK[:8], TALK[1:9])
    )
    emulator = Emulator(*SIZE)
    emulator.feed(painted(before, KNOWING))
    written = difference(before, after, KNOWING, (0, 20))
    emulator.feed(written)
    assert emulator.cells == seen(after)
    assert "\x1b[?69h" not in written


def test_lines_are_not_moved_where_it_would_cost_more_beside_them() -> None:
    few = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    before, after = (
        [with_part(row, 20, beside, 10) for row, beside in zip(talk, AGENDA, strict=True)]
        for talk in (lines(*few[:8]), lines(*few[1:9]))
    )
    assert "\x1b[M" not in difference(before, after, SIMPLE, (0, 20))


def _without_doubtful(row: Row) -> Row:
    return Row([" " if is_doubtful(one) else one for one in row.characters], row.pens)
