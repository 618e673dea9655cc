"""`boardroom carry-over`: begin the next meeting's file from what was left."""

import argparse
import os
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import pour
from boardroom_tui.cli.recorded import recorded
from boardroom_tui.record.carry_over import carry_over
from boardroom_tui.record.data_folder import data_folder


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "meeting", nargs="?", metavar="MEETING", help="the meeting's id, if there are several"
    )
    parser.add_argument("--data", metavar="DIR", help="where the record is")
    parser.add_argument("--output", metavar="FILE", help="write there instead of printing")
    parser.add_argument("--overwrite", action="store_true", help="even if there is such a file")


def run(arguments: argparse.Namespace) -> int:
    """Print the file, or write it."""
    events, _ = recorded(data_folder(arguments.data, os.environ), arguments.meeting)
    written = carry_over(events).encode()
    if arguments.output is None:
        pour(written)
        return 0
    path = Path(arguments.output)
    try:
        with path.open("wb" if arguments.overwrite else "xb") as file:
            file.write(written)
    except FileExistsError:
        raise CommandError(f"{path} is there already; --overwrite replaces it") from None
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror}") from error
    return 0
