"""A document as a PDF: others' text is text, it can be read aloud, and its bytes are its own."""

import subprocess
import sys
from dataclasses import replace

import pytest

from boardroom_tui.record.document import Paragraph
from boardroom_tui.record.pdf import pdf
from tests.record.documents import HOSTILE, document, of_every_kind

PROMISE = b"pdfuaid"
"""Stands in the metadata of a file that follows PDF/UA."""


def test_others_text_makes_no_markup() -> None:
    """A panic, an unclosed bracket or an unknown label would end the writing with an error."""
    written = pdf(of_every_kind(HOSTILE))
    assert written.startswith(b"%PDF-")
    assert PROMISE in written


def test_it_says_whose_it_is_and_when_it_speaks_of() -> None:
    written = pdf(document(title="Minutes: Q3"))
    assert b"/Title(Minutes: Q3)" in written
    assert b"/Author(Ada Lovelace)" in written
    assert b"D:20270115122700" in written
    assert b"/Lang(en" in written


def test_it_speaks_of_a_time_as_journals_have_them_to_the_microsecond() -> None:
    spoken = replace(document(), written=document().written.replace(microsecond=123_456))
    assert b"D:20270115122700" in pdf(spoken)


@pytest.mark.parametrize("text", ["会議の議事録", "🎉", ""])
def test_what_no_font_can_draw_keeps_nobody_from_a_file(text: str) -> None:
    assert pdf(document(Paragraph(text))).startswith(b"%PDF-")


def test_another_text_is_another_file() -> None:
    one = of_every_kind("plain")
    assert pdf(one) == pdf(one)
    assert pdf(one) != pdf(replace(one, subtitle="16 January 2027"))


def test_typst_is_loaded_only_where_a_pdf_is_written() -> None:
    program = (
        "import sys, boardroom_tui.cli.minutes, boardroom_tui.record.pdf;"
        "print('typst' in sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "False"
