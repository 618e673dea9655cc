"""Wrapping and cutting by terminal cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from boardroom_tui.protocol.text import clean
from boardroom_tui.ui.widgets.cell_wrap import cut, one_line, wrap

texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab c-é\n日本。」👍🏽\u200d\ufe0f👩❤あ"), st.characters(codec="utf-8")
    ),
    max_size=60,
)


@given(texts, st.integers(2, 30))
def test_no_line_is_wider_than_there_is_room(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(text, width))


@given(texts, st.integers(2, 30))
def test_only_blanks_are_lost_and_the_order_stays(text: str, width: int) -> None:
    shown = "".join("".join(wrap(text, width)).split())
    kept = text if text.isprintable() else clean(text, lines=True)
    assert shown == "".join(kept.split())


@given(texts, st.integers(2, 30))
def test_nothing_that_acts_on_a_terminal_comes_through(text: str, width: int) -> None:
    for line in wrap("\x1b[2J\x9b31m\u202e" + text, width):
        assert not set(line) & set("\x1b\x9b\u202e\r\x07")


def test_words_stay_whole_where_they_fit() -> None:
    assert wrap("to be or not to be", 8) == ["to be or", "not to", "be"]


def test_a_word_that_is_too_long_is_divided() -> None:
    assert wrap("see abcdefghij", 5) == ["see", "abcde", "fghij"]


def test_wide_characters_count_two_and_break_anywhere() -> None:
    assert wrap("大阪の監査", 5) == ["大阪", "の監", "査"]


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert wrap("大阪。次", 4) == ["大", "阪。", "次"]


def test_a_joined_emoji_is_never_torn() -> None:
    family = "👩\u200d👩\u200d👧"
    assert wrap(f"{family}{family}", 3) == [family, family]


def test_line_ends_and_empty_lines_stay() -> None:
    assert wrap("one\n\ntwo", 10) == ["one", "", "two"]


@pytest.mark.parametrize("empty", ["", " ", "\t", "\u3000", "\u200b", "\u2800", "\r"])
def test_empty_lines_that_follow_each_other_are_one(empty: str) -> None:
    many = f"\n{empty}" * 3000
    assert wrap(f"one\n  two{many}\n  three", 10) == ["one", "  two", "", "  three"]
    assert wrap(f"{many}\none", 10) == ["", "one"]
    assert len(wrap(f"one{many}\n", 10)) <= 3


@pytest.mark.parametrize(("width", "shown"), [(12, "日本のbudget"), (5, "日本…"), (0, "")])
def test_a_cut_says_that_there_is_more(width: int, shown: str) -> None:
    assert cut("日本のbudget", width) == shown


def test_one_line_has_no_line_ends() -> None:
    assert one_line(" a\n\tb  c ") == "a b c"


@given(st.text(alphabet="ab- >", max_size=40), st.integers(2, 20))
def test_plain_words_are_wrapped_like_any_others(text: str, width: int) -> None:
    """An accent on each letter, which changes no width, keeps a text from the short way."""
    accented = wrap(text.replace("a", "á"), width)
    assert wrap(text, width) == [line.replace("á", "a") for line in accented]
