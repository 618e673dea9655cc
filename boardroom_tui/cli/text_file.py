"""Text as commands are given it: in files, and in words."""

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


def sure_text(given: str, name: str) -> str:
    """What was typed or piped, if all its bytes were text. Raises CommandError, with its name."""
    try:
        given.encode()
    except UnicodeEncodeError:
        raise CommandError(f"{name} is not text in UTF-8") from None
    return given
