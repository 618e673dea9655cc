"""A document as a PDF, made by typst, which is loaded only where a PDF is written.

The text reaches `page.typ` as JSON, so nothing in it can become markup.
"""

import json
from dataclasses import asdict
from datetime import UTC
from importlib.resources import files
from typing import Any

from boardroom_tui.protocol.text import clean
from boardroom_tui.record.document import Block, Document, Quote, Table

_NARROWEST, _WIDEST = 5, 36
"""What a column may ask for, in characters."""


def pdf(document: Document) -> bytes:
    """The document as PDF/UA-1, which a screen reader can read.

    The fonts are those that come with typst, so every machine makes the same bytes. Only where
    these cannot draw a character are the machine's own asked, and where they cannot either, the
    file promises nothing to a screen reader, for PDF/UA-1 forbids it.
    """
    import typst  # noqa: PLC0415

    page = files("boardroom_tui.record").joinpath("page.typ").read_bytes()
    inputs = {"document": json.dumps(_data(document), ensure_ascii=False)}

    def compiled(*, own_fonts: bool, accessible: bool) -> bytes:
        return typst.compile(
            page,
            format="pdf",
            ignore_system_fonts=own_fonts,
            sys_inputs=inputs,
            pdf_standards=["ua-1"] if accessible else [],
            timestamp=document.written.astimezone(UTC).replace(microsecond=0),
        )

    for own_fonts in (True, False):
        try:
            return compiled(own_fonts=own_fonts, accessible=True)
        except typst.TypstError:
            continue
    return compiled(own_fonts=False, accessible=False)


def _data(document: Document) -> dict[str, Any]:
    at = document.written.astimezone(UTC)
    return {
        "body": None if document.body is None else _line(document.body),
        "title": _line(document.title),
        "subtitle": _line(document.subtitle),
        "author": _line(document.author),
        "written": {
            "year": at.year,
            "month": at.month,
            "day": at.day,
            "hour": at.hour,
            "minute": at.minute,
            "second": at.second,
        },
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    cleaned = _cleaned(asdict(block), lines=isinstance(block, Quote))
    widths = {"widths": _widths(block)} if isinstance(block, Table) else {}
    return {"kind": type(block).__name__, **cleaned, **widths}


def _widths(table: Table) -> list[int]:
    """How much of the page's width each column asks for: what its longest text takes."""
    longest = [max(map(len, column)) for column in zip(table.head, *table.rows, strict=True)]
    return [min(max(length, _NARROWEST), _WIDEST) for length in longest]


def _cleaned(value: Any, *, lines: bool) -> Any:
    match value:
        case str():
            return clean(value, lines=lines).strip()
        case dict():
            return {key: _cleaned(one, lines=lines) for key, one in value.items()}  # pyright: ignore
        case list() | tuple():
            return [_cleaned(one, lines=lines) for one in value]  # pyright: ignore
        case _:
            return value


def _line(text: str) -> str:
    return clean(text).strip()
