"""The `boardroom` command, a file per subcommand."""

import argparse
import importlib
import io
import sys
from collections.abc import Sequence
from typing import Any

COMMANDS = {
    "demo": "play a whole meeting on this machine",
    "check": "check a meeting's file, and flag what cannot work",
    "serve": "run a server for one or more meetings",
    "join": "join a meeting in this terminal",
    "token": "print one token",
    "invite": "print the line that joins, for each member",
    "login": "put a token in the keyring",
    "logout": "take a token out of the keyring",
    "minutes": "write a meeting's minutes from the record",
    "carry-over": "begin the next meeting's file from what was left",
    "verify": "check a meeting's record end to end",
    "replay": "play a recorded meeting in this terminal",
    "protocol": "print the protocol page",
}
"""Each is `boardroom_tui/cli/NAME.py`, where a dash is a `_`.

It has `configure(parser)` and `run(arguments) -> int`.
"""


class CommandError(Exception):
    """A user's mistake or a failure that one line explains; the command exits with `code`."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `boardroom`: 0 done, 1 failed, 2 wrong usage, 130 interrupted (CONTRACT.md, 2)."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if isinstance(sys.__stdout__, io.TextIOWrapper):
        # What an encoding cannot write is escaped, as Python itself does on standard error.
        sys.__stdout__.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(
        prog="boardroom", description="A board meeting that runs in a terminal."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    try:
        for name, purpose in COMMANDS.items():
            subparser = commands.add_parser(name, help=purpose, description=purpose)
            if given and given[0] == name:
                _module(name).configure(subparser)
        parsed = parser.parse_args(given)
        return _module(parsed.command).run(parsed)
    except CommandError as error:
        print(f"boardroom {given[0]}: {error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return 130


def _module(name: str) -> Any:
    return importlib.import_module(f"boardroom_tui.cli.{name.replace('-', '_')}")
