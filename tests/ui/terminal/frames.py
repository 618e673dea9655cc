"""Screens at random, and what may come after them."""

from hypothesis import strategies as st

from boardroom_tui.ui.terminal.rows import Row, blank_row, fitted, row_of, with_part

PENS = ("", "1", "7", "4;48;2;9;9;9", "38;2;1;2;3;48;2;9;9;9", "1;38;2;4;5;6;48;2;9;9;9", "2;33;41")
WORDS = ("a", "bc", "  ", " " * 12, "é", "e\u0301", "王小", "x王", "─", "|")
JOINED = ("👩\u200d👧", "❤\ufe0f", "👍🏽", "🇪🇸", "\U0001fae8", "1\ufe0f\u20e3")


def rows(width: int, words: tuple[str, ...] = WORDS) -> st.SearchStrategy[Row]:
    """Lines of a few words, each with a pen."""
    piece = st.tuples(st.sampled_from(words), st.sampled_from(PENS))
    return st.lists(piece, max_size=8).map(lambda pieces: _whole(row_of(pieces), width))


def _whole(row: Row, width: int) -> Row:
    """The line without half of a wide character at its end."""
    characters, pens = row
    while len(characters) > width or (characters and characters[-1:] == [""] == characters[width:]):
        characters, pens = characters[:-1], pens[:-1]
    if len(characters) < len(row.characters) and row.characters[len(characters)] == "":
        characters, pens = characters[:-1], pens[:-1]
    return fitted(Row(characters, pens), width)


@st.composite
def screens(
    draw: st.DrawFn, size: tuple[int, int], count: int = 3, words: tuple[str, ...] = WORDS
) -> list[list[Row]]:
    """Some screens in a row: lines change, blocks of them move, also beside others that stay."""
    width, height = size
    screen = draw(st.lists(rows(width, words), min_size=height, max_size=height))
    found = [screen]
    for _ in range(count):
        screen = draw(st.sampled_from((_moved, _edited)))(draw, screen, width, words)
        found.append(screen)
    return found


def _edited(draw: st.DrawFn, screen: list[Row], width: int, words: tuple[str, ...]) -> list[Row]:
    changed = draw(st.sets(st.integers(0, len(screen) - 1)))
    return [draw(rows(width, words)) if y in changed else row for y, row in enumerate(screen)]


def _moved(draw: st.DrawFn, screen: list[Row], width: int, words: tuple[str, ...]) -> list[Row]:
    lines = draw(st.integers(-3, 3))
    stays = draw(st.integers(0, 3))
    new = blank_row(width)
    moved = list(screen)
    for y in range(stays, len(screen) - draw(st.integers(0, 3))):
        source = y + lines
        moved[y] = screen[source] if 0 <= source < len(screen) else draw(rows(width, words))
    if draw(st.booleans()):
        return moved
    # Beside the block that moved something stays where it is.
    edge = with_part(new, 0, row_of([("|stays|", "7")]), 7)
    return [with_part(row, 0, edge, 7) if _is_free(row, 7) else row for row in moved]


def _is_free(row: Row, column: int) -> bool:
    return row.characters[column] != ""
