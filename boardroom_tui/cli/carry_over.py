"""`boardroom carry-over`: begin the next meeting's file from what was left."""

import argparse
import os
import sys
from collections.abc import Sequence

from boardroom_tui.cli.new_file import add_output, give_out
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
    add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the file, or write it."""
    events, _ = recorded(data_folder(arguments.data, os.environ), arguments.meeting)
    written = carry_over(events).encode()
    if left_out := _left_out(events):
        print(f"boardroom carry-over: {left_out}", file=sys.stderr)
    give_out(written, arguments.output, overwrite=arguments.overwrite)
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
