"""Every view at every size, letter for letter; `python -m tests.ui.golden_walks` renews them."""

from difflib import unified_diff

import pytest
from rich.cells import cell_len

from tests.ui.golden_walks import GOLDEN, WALKS, Walk, golden


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_every_screen_is_as_it_was_looked_at(walk: Walk) -> None:
    changed: list[str] = []
    async for name, (width, height), drawn in walk.screens():
        lines = drawn.splitlines()
        assert (len(lines), max(map(cell_len, lines)) <= width) == (height, True), name
        kept = golden(name).read_text("utf-8").splitlines()
        changed += unified_diff(kept, lines, name, "now", lineterm="", n=0)
    assert changed == []


def test_no_golden_screen_is_left_over() -> None:
    names = [name for walk in WALKS for name in walk.names]
    assert len(names) == len(set(names))
    assert {path.stem for path in GOLDEN.iterdir()} == set(names)
