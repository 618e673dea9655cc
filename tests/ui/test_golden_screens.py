"""The screens, letter for letter; `python -m tests.ui.screen_text` writes them anew."""

import pytest
from rich.cells import cell_len

from tests.ui.screen_text import GOLDEN, GOLDENS, Golden


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
async def test_the_screen_is_as_it_was_looked_at(golden: Golden) -> None:
    drawn = await golden.drawn()
    assert drawn == golden.path.read_text("utf-8")


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_a_golden_screen_fits_its_terminal(golden: Golden) -> None:
    lines = golden.path.read_text("utf-8").splitlines()
    assert len(lines) == golden.size[1]
    assert max(map(cell_len, lines)) <= golden.size[0]


def test_no_golden_screen_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {golden.name for golden in GOLDENS}
