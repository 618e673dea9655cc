"""`boardroom carry-over`: begin the next meeting's file from what was left."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import pour
from boardroom_tui.cli.recorded import recorded
from boardroom_tui.meeting.events import Event
from boardroom_tui.record.account import account
from boardroom_tui.record.carry_over import carry_over
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.record.left_over import left_over
from boardroom_tui.record.wording import counted


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
    if left_out := _left_out(events):
        print(f"boardroom carry-over: {left_out}", file=sys.stderr)
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


def _left_out(events: Sequence[Event]) -> str:
    """What the executive session left, which is not for everybody's file; else nothing."""
    left = left_over(account(events, executive=True))
    motions = len(left.pending) + len(left.postponed) + len(left.referred)
    parts = [
        counted(count, one, many)
        for count, one, many in (
            (len(left.actions), "action", "actions"),
            (motions, "motion", "motions"),
            (len(left.still_open), "open vote", "open votes"),
        )
        if count
    ]
    if not parts:
        return ""
    told = "boardroom minutes --executive tells them"
    return f"the executive session left {', '.join(parts)}, not in this file; {told}"
