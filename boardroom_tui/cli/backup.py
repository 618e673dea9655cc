"""`boardroom backup`: a copy of the server's data folder, made while it runs, and checked."""

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import say
from boardroom_tui.file_lock import InUseError
from boardroom_tui.protocol.text import clean
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.record.problems import BallotsOpenError, JournalError
from boardroom_tui.record.wording import counted
from boardroom_tui.server.backup import backup


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("target", type=Path, metavar="TARGET", help="a new folder for the copy")
    parser.add_argument("--data", metavar="DIR", help="the data folder that is copied")
    parser.add_argument(
        "--open-ballots",
        action="store_true",
        help="copy the ballots of secret votes that are open too: the copy can show them for good",
    )


def run(arguments: argparse.Namespace) -> int:
    """Copy, check, and only then say that it is done."""
    data = data_folder(arguments.data, os.environ)
    target: Path = arguments.target
    open_ballots: bool = arguments.open_ballots
    tell_events(lambda: backup(data, target, open_ballots=open_ballots))
    say(f"Checked and complete in {target}. The server's keys are in it: keep it from others.")
    return 0


def tell_events(copy: Callable[[], Mapping[str, int]]) -> None:
    """Make a copy, and tell how much of each meeting is in it.

    Raises:
        CommandError: It cannot be made, and why.
    """
    try:
        events = copy()
    except BallotsOpenError as error:
        raise CommandError(
            f"{error}: a copy would hold for good how everybody voted. "
            "Wait until it is closed, or give --open-ballots"
        ) from error
    except (JournalError, ValueError) as error:
        raise CommandError(str(error)) from error
    except InUseError as error:
        raise CommandError("a server is running on that folder: give a new one") from error
    except OSError as error:
        where = "" if error.filename is None else f" {error.filename}"
        raise CommandError(f"cannot copy{where}: {error.strerror}") from error
    for meeting_id, count in events.items():
        say(f"{clean(meeting_id)}: {counted(count, 'event', 'events')}")
