"""What is typed at the door: what of it is text, and that nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.ui.door.typed import Typed

PASTE = "\x1b[200~{}\x1b[201~"


def typed(*pieces: bytes | str, apart: float = 0.0) -> Typed:
    """All of it, each piece so many seconds after the one before."""
    found = Typed()
    for place, piece in enumerate(pieces):
        found.take(piece if isinstance(piece, bytes) else piece.encode(), place * apart)
    return found


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("Dear all,", "Dear all,"),
        ("é王😀e\u0301", "é王😀e\u0301"),
        ("abc\x7f\x7fd", "ad"),
        ("\x7f\x7fa", "a"),
        ("e\u0301\x7f", "e"),
        (f"a{PASTE.format('one two')}b", "aone twob"),
        (f"a{PASTE.format('one' + chr(13) + 'two')}b", "aone\ntwob"),
        ("a\nb", "a\nb"),
        (f"a{'x' * 2990}{PASTE.format('y' * 20)}", f"a{'x' * 2990}"),
        (f"a{PASTE.format('tab' + chr(9) + 'bell' + chr(7))}b", "atab bellb"),
        ("a\x1b[Ob\x1b[Ic", "abc"),
        ("a\rb", "a"),
        ("a\x1bb", "a"),
        ("a\x1b[Db", "a"),
        ("a\x1bOPb", "a"),
        ("a\tb", "a"),
        ("a\x15b", "a"),
        ("👩\u200d👧", "👩"),
        ("a\x9bb", "a"),
        (b"a\xffb", "a"),
        (b"a\xc3", "a"),
        (b"a\xc3\x1b[Ib", "a"),
    ],
)
def test_plain_text_is_shown_and_behind_all_else_it_waits(sent: bytes | str, text: str) -> None:
    assert typed(sent).text == text


@given(st.text(alphabet="aé王😀\x7f\r\x1b[IO2010~", max_size=30), st.lists(st.integers(1, 5)))
def test_in_whatever_pieces_it_comes_it_is_the_same_and_all_is_kept(
    sent: str, sizes: list[int]
) -> None:
    data, pieces = sent.encode(), list[bytes]()
    for size in [*sizes, len(data)]:
        pieces, data = [*pieces, data[:size]], data[size:]
    found = typed(*(piece for piece in pieces if piece))
    assert found.text == typed(sent).text
    assert b"".join(piece.data for piece in found.pieces) == sent.encode()


def test_lines_that_were_pasted_are_counted_until_more_is_written() -> None:
    found = typed(f"a{PASTE.format('one' + chr(13) + 'two')}")
    assert found.lines_pasted == 2
    found.take(b"\x1b[I", 0.0)
    assert found.lines_pasted == 2
    found.take(b"\x7f", 0.0)
    assert (found.text, found.lines_pasted) == ("aone\ntw", 0)


def test_what_came_with_a_pause_between_is_apart() -> None:
    assert [one.is_apart for one in typed("a\x1b", "y", apart=0.05).pieces] == [False, False]
    found = typed("a\x1b", "y", apart=1.0)
    assert [one.is_apart for one in found.pieces] == [False, True]
    assert (found.is_over(1.05), found.is_over(9.0)) == (False, True)


def test_ctrl_c_is_told_of_wherever_it_was_typed_and_not_where_it_was_pasted() -> None:
    assert Typed().take(b"a\rb\x03c", 0.0)
    assert not Typed().take(b"a\rbc", 0.0)
    assert not Typed().take(PASTE.format("a\x03b").encode(), 0.0)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13])
def test_ctrl_c_is_told_of_in_whatever_pieces_a_paste_around_it_comes(size: int) -> None:
    def is_told(sent: str) -> bool:
        found, data = Typed(), sent.encode()
        pieces = [data[place : place + size] for place in range(0, len(data), size)]
        return True in [found.take(piece, 0.0) for piece in pieces]

    assert not is_told(f"a{PASTE.format('b' * 20 + chr(3) + 'c' * 20)}d")
    assert not is_told(PASTE.format("\x1b[201\x03\x1b[200~\x03"))
    assert is_told(f"a{PASTE.format('b')}\x03d")
    assert is_told("\x1b[20\x03")


def test_a_paste_that_never_ends_does_not_keep_ctrl_c_from_whoever_waits() -> None:
    found = typed(PASTE.partition("{")[0], "a\x03", apart=0.9)
    assert not found.take(b"b\x03", 1.8)
    assert found.take(b"\x03", 2.9)
    assert b"".join(piece.data for piece in found.pieces) == b"\x1b[200~a\x03b\x03\x03"


def test_all_that_was_written_is_told_in_one_harmless_line() -> None:
    found = typed(f"Deax\x7fr all\r\x1b[A\x1bOPmore{PASTE.format('a' + chr(13) + 'b')}\x1b]0;title")
    assert found.written == "Dear all morea b0;title"


def test_a_paste_without_end_is_only_kept() -> None:
    found = typed("a", PASTE.partition("{")[0], *["x" * 1000] * 200)
    assert found.text == "a"
    assert sum(len(one.data) for one in found.pieces) == 200_007
