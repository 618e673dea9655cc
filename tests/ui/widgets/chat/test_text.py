"""What stands out in a text: found, drawn in its style, with every character where it was."""

from itertools import groupby

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from boardroom_tui.protocol.text import clean
from boardroom_tui.ui.widgets.chat.search import pattern_for
from boardroom_tui.ui.widgets.chat.text import Look, links, looks_of, row_count, rows, runs

WORDS = st.text(
    st.sampled_from("ab *_`>-1.)\n[](<é大🎌👍🏽’“/:") | st.characters(codec="utf-8"), max_size=120
)


def styled(text: str, **more: str) -> list[tuple[str, Look]]:
    """The parts of a text that are no plain text."""
    looks = looks_of(text, match=pattern_for(more.get("match", "")))
    parts = groupby(zip(text, looks, strict=True), key=lambda one: one[1])
    shown = [("".join(character for character, _ in part), look) for look, part in parts]
    return [one for one in shown if one[1] is not Look.TEXT]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("so **very** *well* said", [("**very**", Look.STRONG), ("*well*", Look.EMPHASIS)]),
        ("an _old_ snake_case_name", [("_old_", Look.EMPHASIS)]),
        ("2 * 3 * 4, ** and *", []),
        ("run `rm *x*` now", [("`rm *x*`", Look.CODE)]),
        ("> as *she*\nyes", [("> as ", Look.CITED), ("*she*", Look.EMPHASIS)]),
        (
            "see\n```\n*a* > b\n```",
            [("```", Look.CODE), ("*a* > b", Look.CODE), ("```", Look.CODE)],
        ),
        ("[@click=app.quit]x[/] [bold]", []),
    ],
)
def test_markdown_s_light_subset_shows_in_the_style(
    text: str, parts: list[tuple[str, Look]]
) -> None:
    assert styled(text) == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.org/a_b?c=(d).", ["https://example.org/a_b?c=(d)"]),
        ("(https://example.org)", ["https://example.org"]),
        ("**http://x.example**, http://x.example", ["http://x.example"]),
        ("file:///etc/passwd javascript:alert(1) //x.example", []),
        ("https://例え.example/道", ["https://例え.example/道"]),
    ],
)
def test_links_are_whole_and_of_the_web_alone(text: str, found: list[str]) -> None:
    assert links(text) == found


@given(WORDS, st.integers(4, 60))
@example(" 0000", 4)
def test_rows_fit_and_keep_every_character_but_blanks(words: str, width: int) -> None:
    text = clean(words, lines=True)
    made = rows(text, width)
    looks = looks_of(text)
    place = 0
    for row in made:
        assert text[row.start : row.start + len(row.text)] == row.text
        assert text[place : row.start].strip() == ""
        place = row.start + len(row.text)
        pieces = "".join(piece for piece, _ in runs(row, looks))
        assert pieces == row.hang + row.text
        assert cell_len(pieces) <= max(width, 2)
    assert text[place:].strip() == ""


def test_a_list_hangs_and_a_quotation_keeps_its_mark() -> None:
    text = "1. The first of the two reasons\n> what was said before by her\nplain"
    assert [row.hang + row.text for row in rows(text, 16)] == [
        "1. The first of",
        "   the two",
        "   reasons",
        "> what was said",
        "> before by her",
        "plain",
    ]


def test_what_is_searched_for_is_found_in_any_case_and_over_line_ends() -> None:
    assert styled("Das BUDGET\nfür 大阪", match="budget  FÜR 大") == [
        ("BUDGET\nfür 大", Look.MATCH)
    ]
    assert pattern_for(" \u200b ") is None


@given(WORDS, st.integers(2, 40))
def test_rows_are_counted_as_they_are_made(text: str, width: int) -> None:
    said = clean(text, lines=True)
    assert row_count(said, width) == len(rows(said, width))
