"""`boardroom minutes`: write a meeting's minutes from the record."""

import argparse
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import pour
from boardroom_tui.cli.recorded import recorded
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.record.document import Document
from boardroom_tui.record.minutes import has_executive_session, minutes


class Format(StrEnum):
    """What kind of file minutes are; the value is its usual ending too."""

    MD = "md"
    HTML = "html"
    PDF = "pdf"


_ENDINGS = {".md": Format.MD, ".html": Format.HTML, ".htm": Format.HTML, ".pdf": Format.PDF}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "meeting", nargs="?", metavar="MEETING", help="the meeting's id, if there are several"
    )
    parser.add_argument("--data", metavar="DIR", help="where the record is")
    parser.add_argument("--output", metavar="FILE", help="write there instead of printing")
    parser.add_argument(
        "--format",
        choices=[each.value for each in Format],
        help="Markdown, HTML or PDF (default: by the ending of FILE, else md)",
    )
    parser.add_argument(
        "--executive", action="store_true", help="only what was done in executive session"
    )
    parser.add_argument("--chat", action="store_true", help="what was said too")


def run(arguments: argparse.Namespace) -> int:
    """Print the minutes, or write them to a file."""
    format_ = _format(arguments.format, arguments.output)
    if format_ is Format.PDF and arguments.output is None and sys.stdout.isatty():
        raise CommandError("a PDF is not for a terminal; give --output FILE")
    events, head = recorded(data_folder(arguments.data, os.environ), arguments.meeting)
    if arguments.executive and not has_executive_session(events):
        raise CommandError("the meeting was never in executive session")
    document = minutes(events, head, executive=arguments.executive, chat=arguments.chat)
    written = in_format(document, format_)
    if arguments.output is None:
        pour(written)
        return 0
    try:
        Path(arguments.output).write_bytes(written)
    except OSError as error:
        raise CommandError(f"cannot write {arguments.output}: {error.strerror}") from error
    return 0


def in_format(document: Document, format_: Format) -> bytes:
    """The document as a file of this kind."""
    match format_:
        case Format.MD:
            from boardroom_tui.record.markdown import markdown  # noqa: PLC0415

            return markdown(document).encode()
        case Format.HTML:
            from boardroom_tui.record.html import html  # noqa: PLC0415

            return html(document).encode()
        case Format.PDF:
            from boardroom_tui.record.pdf import pdf  # noqa: PLC0415

            return pdf(document)
        case _:
            assert_never(format_)


def _format(named: str | None, output: str | None) -> Format:
    if named is not None:
        return Format(named)
    ending = "" if output is None else Path(output).suffix.lower()
    if ending and ending not in _ENDINGS:
        raise CommandError(f"minutes end in .md, .html or .pdf, not {ending}; or give --format")
    return _ENDINGS.get(ending, Format.MD)
