"""A document as an HTML page: others' text is text, and a screen reader finds its way."""

from html.parser import HTMLParser

from boardroom_tui.protocol.text import clean
from boardroom_tui.record.document import Heading, Paragraph, Quote, Table
from boardroom_tui.record.html import html
from tests.record.documents import HOSTILE, SEEN, document, of_every_kind

VOID = {"meta", "br"}


class Page(HTMLParser):
    """What a browser makes of a page; fails where an element is not closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1] if self._open else "", data))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_others_text_is_text_wherever_it_stands() -> None:
    hostile, plain = Page(html(of_every_kind(HOSTILE))), Page(html(of_every_kind("plain")))
    tags = [tag for tag, _ in hostile.elements if tag != "br"]
    assert tags == [tag for tag, _ in plain.elements]
    shown = [text for tag, text in hostile.texts if tag != "style"]
    assert shown.count(SEEN) == len([t for _, t in plain.texts if t == "plain"]) - 1
    assert "\x1b" not in html(of_every_kind(HOSTILE))
    assert "\u202e" not in html(of_every_kind(HOSTILE))


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    page = Page(html(of_every_kind("plain")))
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "img", "link", "iframe"})
    sources = {name for _, attributes in page.elements for name in attributes}
    assert sources.isdisjoint({"src", "style", "onclick", "onerror"})
    policy = page.named("meta")[1]
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    style = next(text for tag, text in page.texts if tag == "style")
    assert "url(" not in style
    assert "@import" not in style


def test_a_screen_reader_hears_the_language_the_landmarks_and_the_headings_in_order() -> None:
    page = Page(html(of_every_kind("plain")))
    assert page.named("html") == [{"lang": "en"}]
    for landmark in ("header", "nav", "main"):
        assert len(page.named(landmark)) == 1
    headings = [tag for tag, _ in page.elements if tag in {"h1", "h2", "h3", "h4"}]
    assert headings == ["h1", "h2", "h3", "h4", "h2"]
    names = {attributes.get("id") for _, attributes in page.elements}
    labels = {section["aria-labelledby"] for section in page.named("section")}
    assert labels <= names
    links = {link["href"] for link in page.named("a")}
    assert links == {"#section-0", "#section-8"}


def test_a_table_says_what_it_holds_and_what_each_header_is_of() -> None:
    rows = (("Ada", "1"), ("Kurt", "2"))
    page = Page(html(document(Table("Votes of each", ("Member", "Votes"), rows))))
    assert ("caption", "Votes of each") in page.texts
    scopes = [header["scope"] for header in page.named("th")]
    assert scopes == ["col", "col", "row", "row"]


def test_a_quotation_keeps_its_lines() -> None:
    page = html(document(Quote("one\ntwo")))
    assert "<blockquote><p>one<br>two</p></blockquote>" in page


def test_sections_close_before_the_next_of_their_level() -> None:
    page = Page(html(document(Heading(2, "a"), Heading(3, "b"), Heading(2, "c"), Paragraph("d"))))
    assert len(page.named("section")) == 3
    assert clean("d") in [text for _, text in page.texts]
