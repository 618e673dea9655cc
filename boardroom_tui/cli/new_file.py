"""What a command makes is printed, or put into a file that was not there."""

import argparse
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import pour


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare where it goes."""
    parser.add_argument("--output", metavar="FILE", help="write there instead of printing")
    parser.add_argument("--overwrite", action="store_true", help="even if there is such a file")


def give_out(made: bytes, output: str | None, *, overwrite: bool) -> None:
    """Print it, or write it. Raises CommandError: it cannot be written there."""
    if output is None:
        pour(made)
        return
    path = Path(output)
    try:
        with path.open("wb" if overwrite else "xb") as file:
            file.write(made)
    except FileExistsError:
        raise CommandError(f"{path} is there already; --overwrite replaces it") from None
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror}") from error
