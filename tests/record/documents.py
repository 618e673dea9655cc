"""Documents to render."""

from datetime import UTC, datetime

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

HOSTILE = (
    'Trap\n# Carried\n= Carried #let x = "\\" ) ] #panic() $a$ @x <y>'
    "</p></h1><script>alert(1)</script><img src=x onerror=alert(1)> &amp; "
    "*b* _c_ [z](http://x) `q` | 'r' // /* \x1b[2J\u202e"
)
"""Markup of every kind that a document is written in."""

SEEN = (
    'Trap # Carried = Carried #let x = "\\" ) ] #panic() $a$ @x <y>'
    "</p></h1><script>alert(1)</script><img src=x onerror=alert(1)> &amp; "
    "*b* _c_ [z](http://x) `q` | 'r' // /* [2J"
)
"""What a reader sees of it."""


def document(*blocks: Block, title: str = "Minutes", body: str | None = None) -> Document:
    """A document of these blocks."""
    return Document(
        body=body,
        title=title,
        subtitle="15 January 2027",
        author="Ada Lovelace",
        written=datetime(2027, 1, 15, 12, 27, tzinfo=UTC),
        blocks=blocks,
    )


def of_every_kind(text: str) -> Document:
    """A document with this text wherever one can stand."""
    return document(
        Heading(2, text),
        Paragraph(text),
        Heading(3, text),
        Facts((Fact(text, text), Fact(text, text, strong=True))),
        Heading(4, text),
        Quote(text),
        Table(text, (text, text), ((text, text),), numbers=(1,)),
        Code(text),
        Heading(2, text),
        Signatures((text,)),
        title=text,
        body=text,
    )
