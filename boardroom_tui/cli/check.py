"""`boardroom check`: a meeting's file, before anybody is invited."""

import argparse
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import say
from boardroom_tui.cli.text_file import read_text
from boardroom_tui.clock import utc_now
from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.charter_file import doubtful, parse
from boardroom_tui.protocol.text import clean
from boardroom_tui.record.wording import counted


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a meeting's file")


def run(arguments: argparse.Namespace) -> int:
    """Print every mistake, else everything that cannot work, each with its line."""
    path: Path = arguments.file
    text = read_text(path)
    parsed = parse(text, str(path))
    if not isinstance(parsed, Charter):
        for mistake in parsed:
            say(clean(str(mistake)))
        raise CommandError(f"{path} has {counted(len(parsed), 'mistake', 'mistakes')}")
    doubts = doubtful(text, str(path), parsed, utc_now())
    for doubt in doubts:
        say(clean(f"{doubt.file}:{doubt.line}: warning: {doubt.message}"))
    if not doubts:
        say(clean(f"{path}: {_summary(parsed)}; nothing is wrong."))
    return 0


def _summary(charter: Charter) -> str:
    voting = sum(member.has_vote for member in charter.members)
    return (
        f"{counted(len(charter.members), 'member', 'members')}, {voting} with a vote, "
        f"{counted(len(charter.agenda), 'agenda item', 'agenda items')}, "
        f"{counted(len(charter.decisions), 'decision', 'decisions')}"
    )
