"""What a command prints is harmless and on its way at once; where it cannot go, it says so."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

from boardroom_tui.cli import CommandError
from boardroom_tui.protocol.text import clean


def say(line: str = "") -> None:
    """Print a line or several, cleaned. Raises CommandError: nobody reads it, or a full disk."""
    with _on_its_way():
        print(clean(line, lines=True))


def pour(data: bytes) -> None:
    """Print what a file would hold, whatever the terminal's encoding. Raises CommandError."""
    with _on_its_way():
        sys.stdout.buffer.write(data)


def fingerprint_lines(fingerprint: str, margin: str) -> str:
    """A SHA-256 as people compare it, in two lines that a terminal of 80 columns does not break."""
    half = len(fingerprint) // 2
    return f"{margin}{fingerprint[:half]}\n{margin}{fingerprint[half + 1 :]}"


@contextmanager
def _on_its_way() -> Generator[None]:
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        _print_no_more()
        raise CommandError(f"cannot write what it prints: {error.strerror}") from None


def _print_no_more() -> None:
    """What is still to be written would be tried again, and fail again, when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
