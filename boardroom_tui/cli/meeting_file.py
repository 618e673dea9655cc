"""Meeting files as commands are given them."""

from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.mistakes import mistakes_in_words
from boardroom_tui.cli.text_file import read_text
from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.charter_file import parse


def read_charter(path: Path) -> Charter:
    """The meeting in a file.

    Raises:
        CommandError: It cannot be read, or something in it is wrong: every mistake, a line each.
    """
    parsed = parse(read_text(path), str(path))
    if isinstance(parsed, Charter):
        return parsed
    raise CommandError(mistakes_in_words(parsed))
