"""Others' text in Markdown, checked with a Markdown parser."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from boardroom_tui.protocol.text import clean
from boardroom_tui.record.markdown import escaped, quoted, table

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = st.text(alphabet="ab1 \\`*_{}[]()<>#+-.!|~&;:=\"'\n\t\x1bé")


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def visible(tokens: list[Token]) -> str:
    """What a reader sees; fails on anything but plain text and line breaks."""
    children = inline(tokens)
    assert {child.type for child in children} <= {"text", "text_special", "hardbreak"}
    return "".join("\n" if child.type == "hardbreak" else child.content for child in children)


@given(MARKUP)
def test_a_line_reads_as_it_was_written_wherever_it_stands(text: str) -> None:
    plain = clean(text).strip()
    for before, type_ in (("# ", "heading_open"), ("", "paragraph_open"), ("- ", "list")):
        tokens = PARSER.parse(before + escaped(text))
        assert visible(tokens) == plain
        assert not plain or any(token.type.startswith(("paragraph", type_)) for token in tokens)
        assert {t.type.split("_")[0] for t in tokens} <= {
            "heading",
            "paragraph",
            "inline",
            "bullet",
            "list",
        }


@given(MARKUP)
def test_a_quotation_keeps_its_lines_and_holds_no_markup(text: str) -> None:
    tokens = PARSER.parse(quoted(text) + "\n\nafter\n")
    kinds = {token.type.split("_")[0] for token in tokens}
    assert kinds <= {"blockquote", "paragraph", "inline"}
    shown = [visible([token]) for token in tokens if token.type == "inline"]
    assert shown.pop() == "after"
    lines = [line.strip() for line in clean(text, lines=True).split("\n")]
    assert [line for part in shown for line in part.split("\n")] == [line for line in lines if line]


@given(MARKUP, MARKUP)
def test_a_cell_stays_in_its_cell(one: str, two: str) -> None:
    tokens = PARSER.parse(table(("a", "b"), [(escaped(one), escaped(two))]))
    cells = [t for t in tokens if t.type == "inline"][2:]
    assert [visible([cell]) for cell in cells] == [clean(one).strip(), clean(two).strip()]


def test_a_users_id_stays_readable() -> None:
    assert escaped("user_1") == "user_1"
