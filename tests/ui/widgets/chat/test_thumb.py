"""The cells of the scroll bar that are drawn again, against those that Textual draws otherwise."""

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.scrollbar import ScrollBarRender

from boardroom_tui.ui.widgets.chat.thumb import changed_cells, thumb_at

Scrolled = tuple[int, int]
"""How many lines there are, and which is on top."""


@st.composite
def scrolled(draw: st.DrawFn, height: int) -> Scrolled:
    lines = draw(st.integers(height + 1, 2_000))
    return lines, draw(st.integers(0, lines - height))


def bar(height: int, at: Scrolled) -> list[Segment]:
    lines, top = at
    return list(
        ScrollBarRender.render_bar(
            size=height, virtual_size=lines, window_size=height, position=top
        ).segments
    )


@given(st.data(), st.integers(1, 60))
def test_each_cell_that_looks_otherwise_is_drawn_again(data: st.DataObject, height: int) -> None:
    before, after = data.draw(scrolled(height)), data.draw(scrolled(height))
    cells = changed_cells(
        thumb_at(before[0], height, before[1]), thumb_at(after[0], height, after[1])
    )
    drawn = {y for region in cells for y in region.line_range}
    both = zip(bar(height, before), bar(height, after), strict=True)
    assert {y for y, (old, new) in enumerate(both) if old != new} <= drawn


def test_one_line_more_at_the_end_draws_few_cells() -> None:
    before, after = thumb_at(200, 32, 168), thumb_at(201, 32, 169)
    assert sum(region.height for region in changed_cells(before, after)) <= 2


def test_where_all_lines_were_in_sight_the_whole_bar_is_drawn() -> None:
    assert thumb_at(32, 32, 0) is None
    assert not changed_cells(None, thumb_at(33, 32, 1))
