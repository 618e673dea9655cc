"""`boardroom join`: the terminal client, on the whole screen or line by line.

The screen waits for nothing: one can write while what a meeting needs is loaded, and while it
connects (`ui/door`). So little is imported here; what is, in joining.py, is imported behind
the door. Everything that can go wrong before the meeting is there is one line and exit code 1,
whether the screen is open or not.
"""

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.at_the_door import behind_a_door, has_door
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.loading import load_at_once
from boardroom_tui.cli.terminal import why_no_screen
from boardroom_tui.cli.way_in import WayIn, add_role, add_way_in
from boardroom_tui.client.tokens import STANDARD_INPUT, KeyringToken


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `join` is told."""
    add_way_in(parser)
    add_role(parser)
    parser.add_argument(
        "--plain",
        action="store_true",
        help="line by line instead: for screen readers, simple terminals and pipes",
    )


def run(arguments: argparse.Namespace) -> int:
    """Join the meeting and stay until the user leaves."""
    stay(arguments)
    return 0


def stay(arguments: argparse.Namespace, why_gone: Callable[[], str | None] = lambda: None) -> bool:
    """As `run`: until the user leaves, False, or a signal ends it, True.

    `why_gone` tells why the server does not come back, where one knows.
    """
    token_file: str | None = arguments.token_file
    plain: bool = arguments.plain
    if plain:
        if token_file == STANDARD_INPUT:
            words = "with --plain, standard input is what you say; give the token in a file"
            raise CommandError(words, code=2)
    elif lack := why_no_screen(sys.stdout, *(() if token_file == STANDARD_INPUT else (sys.stdin,))):
        raise CommandError(f"{lack}; --plain needs none")
    way = WayIn.told(arguments)
    # A keyring may ask its user, and takes long to import.
    known = None if isinstance(way.tokens, KeyringToken) else way.token()
    if not plain and not sys.stdin.isatty():
        _take_keys_from_the_terminal()
    with CrashReport(known) as report:
        if plain or not has_door():
            return _joining().stay(way, report, arguments, why_gone)
        return behind_a_door(
            way.meeting_id,
            way.address.name,
            lambda door: _joining().stay(way, report, arguments, why_gone, door),
        )


def _joining() -> Any:
    return load_at_once("boardroom_tui.cli.joining")


def _take_keys_from_the_terminal() -> None:
    """Standard input gave the token and is at its end; the keys come from the terminal itself."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        raise CommandError("needs a terminal") from None
    os.dup2(terminal, sys.stdin.fileno())
    os.close(terminal)
