"""`boardroom demo`: a whole meeting on this machine, to take part in or to watch."""

import argparse
from math import inf
from pathlib import Path
from typing import Any

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.at_the_door import behind_a_door, has_door
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.loading import load_at_once
from boardroom_tui.cli.terminal import why_no_screen

HEADLESS_SPEED = 40.0
# The protocol and the demo's file take long to load; the door does not wait for them.
MEETING = "meeting_larkfield"
SEATS = ("facilitator", "participant", "observer")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `demo` is told."""
    parser.add_argument(
        "--as",
        dest="role",
        choices=SEATS,
        default=SEATS[0],
        help="whose seat to take (default: facilitator)",
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        metavar="X",
        help=f"how fast the members are (default: 1, headless {HEADLESS_SPEED:g})",
    )
    parser.add_argument(
        "--headless", action="store_true", help="play the whole meeting and print what happens"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="keep the record and the minutes there"
    )


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed < inf:
        raise argparse.ArgumentTypeError(f"expected a number above 0, not {text}")
    return speed


def run(arguments: argparse.Namespace) -> int:
    """Play the meeting; say in the end where its minutes are."""
    if arguments.headless:
        _playing().play_headless(arguments)
        return 0
    if lack := why_no_screen():
        raise CommandError(f"{lack}; --headless needs none")
    with CrashReport() as report:
        if has_door():
            behind_a_door(MEETING, "", lambda door: _playing().take_part(arguments, report, door))
        else:
            _playing().take_part(arguments, report)
    return 0


def _playing() -> Any:
    return load_at_once("boardroom_tui.cli.playing")
