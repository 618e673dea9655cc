"""What is written at the door is broken into the lines that the board's composer will have."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from textual._wrap import compute_wrap_offsets

from boardroom_tui.ui.door.wrapping import wrapped

LETTERS = "aab  é王😀e\u0301\u3000❤\ufe0f👩\u200d"


@given(st.text(alphabet=LETTERS, max_size=60), st.integers(2, 20))
def test_a_text_is_broken_where_textual_breaks_it(text: str, width: int) -> None:
    offsets = [0, *compute_wrap_offsets(text, width, 4), len(text)]
    lines = [text[start:end] for start, end in pairwise(offsets)]
    assert wrapped(text, width) == lines
