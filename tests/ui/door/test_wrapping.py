"""What is written at the door is broken into the lines that the board's composer will have."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._wrap import compute_wrap_offsets

from boardroom_tui.ui.door.modes import echo_erased
from boardroom_tui.ui.door.wrapping import wrapped

LETTERS = "aab  é王😀e\u0301\u3000❤\ufe0f👩\u200d"


@given(st.text(alphabet=LETTERS, max_size=60), st.integers(2, 20))
def test_a_text_is_broken_where_textual_breaks_it(text: str, width: int) -> None:
    offsets = [0, *compute_wrap_offsets(text, width, 4), len(text)]
    lines = [text[start:end] for start, end in pairwise(offsets)]
    assert wrapped(text, width) == lines


@pytest.mark.parametrize(
    ("typed", "above"),
    [
        ("Dear", 0),
        ("a" * 20, 0),
        ("a" * 21, 1),
        ("王" * 11, 1),
        ("a\n" + "b" * 41, 3),
        ("a\n\n", 2),
    ],
)
def test_what_the_terminal_echoed_is_erased_with_the_lines_above_the_last(
    typed: str, above: int
) -> None:
    up = f"\x1b[{above}A" if above else ""
    assert echo_erased(typed.encode(), 20) == f"\r{up}\x1b[J"
