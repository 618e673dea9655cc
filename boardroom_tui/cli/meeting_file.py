"""Meeting files as commands are given them."""

from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.charter_file import parse


def read_charter(path: Path) -> Charter:
    """The meeting in a file.

    Raises:
        CommandError: It cannot be read, or something in it is wrong: the first mistake, and how
            many more there are.
    """
    parsed = parse(read_text(path), str(path))
    if isinstance(parsed, Charter):
        return parsed
    first, *others = parsed
    raise CommandError(f"{first} (and {len(others)} more)" if others else str(first))


def read_text(path: Path) -> str:
    """A file's text. Raises CommandError: it cannot be read, or is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CommandError(f"{path}:1: expected text in UTF-8") from None
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}") from None
