"""The minutes of the demo's meeting, as they were looked at.

`python -m tests.record.test_golden_minutes` writes them anew; look at what has changed.
"""

from pathlib import Path

import pytest

from boardroom_tui.record.document import Document
from boardroom_tui.record.html import html
from boardroom_tui.record.markdown import markdown
from boardroom_tui.record.minutes import minutes
from boardroom_tui.record.pdf import pdf
from tests.record.demo_journal import demo_journal

HEAD = "0123456789abcdef" * 4
"""Not the real one, which is another whenever the journal learns a new word."""

GOLDEN = Path(__file__).with_name("golden")
WRITERS = {"demo.md": markdown, "demo.html": html}


@pytest.fixture(scope="module")
def document() -> Document:
    return minutes(demo_journal(), HEAD)


@pytest.mark.parametrize("name", WRITERS)
def test_the_demos_minutes_are_as_they_were_looked_at(name: str, document: Document) -> None:
    assert WRITERS[name](document) == (GOLDEN / name).read_text("utf-8")


def test_the_demos_minutes_can_be_read_aloud_from_paper(document: Document) -> None:
    assert b"pdfuaid" in pdf(document)


if __name__ == "__main__":
    for file, write in WRITERS.items():
        (GOLDEN / file).write_text(write(minutes(demo_journal(), HEAD)), "utf-8")
