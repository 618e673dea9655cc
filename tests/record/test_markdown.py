"""Others' text in Markdown, checked with a Markdown parser."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from boardroom_tui.protocol.text import clean
from boardroom_tui.record.document import (
    Block,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Quote,
    Signatures,
    Table,
)
from boardroom_tui.record.markdown import markdown
from tests.record.documents import document

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = st.text(alphabet="ab1 \\`*_{}[]()<>#+-.!|~&;:=\"'\n\t\x1bé")


def parsed(*blocks: Block) -> list[Token]:
    """What a parser makes of the blocks, without the title and the line below it."""
    return PARSER.parse(markdown(document(*blocks)))[6:]


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
    for block in (Heading(2, text), Paragraph(text)):
        tokens = parsed(block)
        assert visible(tokens) == plain
        assert {t.type.split("_")[0] for t in tokens} <= {"heading", "paragraph", "inline"}


@given(MARKUP, MARKUP)
def test_a_fact_is_one_line_of_a_list(label: str, value: str) -> None:
    tokens = parsed(Facts((Fact(label, value),)))
    assert visible(tokens) == f"{clean(label).strip()}: {clean(value).strip()}".strip()
    kinds = {token.type.split("_")[0] for token in tokens}
    assert kinds == {"bullet", "list", "paragraph", "inline"}


@given(MARKUP)
def test_a_quotation_keeps_its_lines_and_holds_no_markup(text: str) -> None:
    tokens = parsed(Quote(text), Paragraph("after"))
    kinds = {token.type.split("_")[0] for token in tokens}
    assert kinds <= {"blockquote", "paragraph", "inline"}
    shown = [visible([token]) for token in tokens if token.type == "inline"]
    assert shown.pop() == "after"
    lines = [line.strip() for line in clean(text, lines=True).split("\n")]
    assert [line for part in shown for line in part.split("\n")] == [line for line in lines if line]


@given(MARKUP, MARKUP)
def test_a_cell_stays_in_its_cell(one: str, two: str) -> None:
    tokens = parsed(Table("", ("a", "b"), ((one, two),), numbers=(1,)))
    cells = [t for t in tokens if t.type == "inline"][2:]
    assert [visible([cell]) for cell in cells] == [clean(one).strip(), clean(two).strip()]


def test_what_matters_most_is_strong() -> None:
    tokens = parsed(Facts((Fact("Result", "Carried: 3 for, 1 against.", strong=True),)))
    assert [token.type for token in inline(tokens)][1] == "strong_open"


def test_one_signs_on_a_line() -> None:
    assert visible(parsed(Signatures(("Chair",)))) == "Chair: " + "_" * 30


def test_a_users_id_stays_readable() -> None:
    assert "\nuser_1\n" in markdown(document(Paragraph("user_1")))
