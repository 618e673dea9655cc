"""`boardroom minutes`: write a meeting's minutes from the record."""

import argparse
import asyncio
import os
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import pour
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.minutes import minutes
from boardroom_tui.record.problems import JournalError


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "meeting", nargs="?", metavar="MEETING", help="the meeting's id, if there are several"
    )
    parser.add_argument("--data", metavar="DIR", help="where the record is")
    parser.add_argument("--output", metavar="FILE", help="write there instead of printing")


def run(arguments: argparse.Namespace) -> int:
    """Print the minutes, or write them to a file."""
    folder = data_folder(arguments.data, os.environ)
    text = asyncio.run(_minutes(folder, arguments.meeting))
    if arguments.output is None:
        pour(text.encode())
    else:
        try:
            Path(arguments.output).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CommandError(f"cannot write {arguments.output}: {error.strerror}") from error
    return 0


async def _minutes(folder: Path, wanted: str | None) -> str:
    if not Journal.is_in(folder):
        raise CommandError(f"no meeting is recorded in {folder}")
    try:
        journal = await Journal.open(folder)
        try:
            meeting_id = _choose(await journal.meetings(), wanted, folder)
            return minutes(*await journal.record(meeting_id))
        finally:
            await journal.close()
    except JournalError as error:
        raise CommandError(str(error)) from error


def _choose(meetings: list[str], wanted: str | None, folder: Path) -> str:
    """The one meeting that is meant."""
    if not meetings:
        raise CommandError(f"no meeting is recorded in {folder}")
    if wanted is None:
        if len(meetings) > 1:
            raise CommandError(f"say which meeting: {', '.join(meetings)}")
        return meetings[0]
    for meeting_id in meetings:
        if same(Kind.MEETING, meeting_id, wanted):
            return meeting_id
    raise CommandError(f"there is no meeting {wanted}; there is {', '.join(meetings)}")
