"""Text files as commands are given them."""

from pathlib import Path

from boardroom_tui.cli import CommandError


def read_text(path: Path) -> str:
    """A file's text. Raises CommandError: it cannot be read, or is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CommandError(f"{path}:1: expected text in UTF-8") from None
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}") from None
