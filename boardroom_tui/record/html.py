"""A document as one HTML file: for a screen, for paper and for a screen reader.

It loads nothing and runs nothing, and says so to the browser.
"""

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import assert_never

from boardroom_tui.protocol.text import clean
from boardroom_tui.record.document import (
    Block,
    Code,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Quote,
    Signatures,
    Table,
)

_ALLOWED = "default-src 'none'; style-src 'unsafe-inline'"


def html(document: Document) -> str:
    """The document as a page of its own."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    style = files("boardroom_tui.record").joinpath("page.css").read_text("utf-8")
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_ALLOWED}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta name="author" content="{_text(document.author)}">'
    yield f"<title>{_text(document.title)}</title>"
    yield f"<style>\n{style}</style>"
    yield "</head>"
    yield "<body>"
    yield "<header>"
    if document.body is not None:
        yield f'<p class="body">{_text(document.body)}</p>'
    yield f"<h1>{_text(document.title)}</h1>"
    yield f'<p class="subtitle">{_text(document.subtitle)}</p>'
    yield "</header>"
    yield from _contents(document)
    yield "<main>"
    yield from _sections(document.blocks)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _contents(document: Document) -> Iterator[str]:
    """Links to the sections; on paper there is nothing to follow."""
    yield '<nav aria-label="Contents">'
    yield "<ul>"
    for place, block in enumerate(document.blocks):
        if isinstance(block, Heading) and block.level == 2:
            yield f'<li><a href="#section-{place}">{_text(block.text)}</a></li>'
    yield "</ul>"
    yield "</nav>"


def _sections(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The blocks, each heading opening a section of its own inside those above it."""
    open_levels: list[int] = []
    for place, block in enumerate(blocks):
        if not isinstance(block, Heading):
            yield from _block(block)
            continue
        while open_levels and open_levels[-1] >= block.level:
            open_levels.pop()
            yield "</section>"
        open_levels.append(block.level)
        name, level = f"section-{place}", block.level
        yield f'<section class="level-{level}" aria-labelledby="{name}">'
        yield f'<h{level} id="{name}">{_text(block.text)}</h{level}>'
    for _ in open_levels:
        yield "</section>"


def _block(block: Paragraph | Facts | Table | Quote | Code | Signatures) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield f"<p>{_text(text)}</p>"
        case Facts(facts=facts):
            yield "<dl>"
            yield from (_fact(fact) for fact in facts)
            yield "</dl>"
        case Table():
            yield from _table(block)
        case Quote(text=text):
            lines = clean(text, lines=True).strip().split("\n")
            yield f"<blockquote><p>{'<br>'.join(map(_text, lines))}</p></blockquote>"
        case Code(text=text):
            yield f'<p class="code"><code>{_text(text)}</code></p>'
        case Signatures(labels=labels):
            yield '<ul class="signatures">'
            yield from (f"<li>{_text(label)}</li>" for label in labels)
            yield "</ul>"
        case _:
            assert_never(block)


def _fact(fact: Fact) -> str:
    value = _text(fact.value)
    shown = f"<strong>{value}</strong>" if fact.strong else value
    return f"<div><dt>{_text(fact.label)}</dt><dd>{shown}</dd></div>"


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    yield f"<caption>{_text(table.caption)}</caption>"
    head = "".join(
        f'<th scope="col"{_aligned(table, place)}>{_text(text)}</th>'
        for place, text in enumerate(table.head)
    )
    yield f"<thead><tr>{head}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = "".join(
            f'<th scope="row"{_aligned(table, place)}>{_text(text)}</th>'
            if place == 0
            else f"<td{_aligned(table, place)}>{_text(text)}</td>"
            for place, text in enumerate(row)
        )
        yield f"<tr>{cells}</tr>"
    yield "</tbody>"
    yield "</table>"


def _aligned(table: Table, column: int) -> str:
    return ' class="number"' if column in table.numbers else ""


def _text(text: str) -> str:
    return escape(clean(text).strip())
