"""`boardroom restore`: put a backup into a new data folder."""

import argparse
import os
from pathlib import Path

from boardroom_tui.cli.backup import tell_events
from boardroom_tui.cli.printing import say
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.server.backup import restore


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("source", type=Path, metavar="SOURCE", help="what `backup` made")
    parser.add_argument("--data", metavar="DIR", help="the data folder, which holds nothing yet")


def run(arguments: argparse.Namespace) -> int:
    """Check the backup, and put it into its place."""
    data = data_folder(arguments.data, os.environ)
    source: Path = arguments.source
    tell_events(lambda: restore(source, data))
    say(f"Checked and restored into {data}. What happened after the backup is not in it.")
    return 0
