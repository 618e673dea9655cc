"""The `boardroom` command, a file per subcommand."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from boardroom_tui.cli.terminal import why_no_screen
from boardroom_tui.protocol.text import clean

GROUPS = {
    "Try it": {
        "demo": "play a whole meeting on this machine",
    },
    "Take part": {
        "join": "join a meeting in this terminal",
        "login": "put a token in the keyring",
        "logout": "take a token out of the keyring",
        "keys": "print every command's keys, as your settings may change them",
    },
    "Hold a meeting": {
        "new": "print a meeting's file to begin with",
        "host": "serve a meeting's file, print the invitations, and join",
        "check": "check a meeting's file, and flag what cannot work",
        "serve": "run a server for one or more meetings",
        "backup": "copy the server's data while it runs",
        "restore": "put a backup into a new data folder",
        "invite": "print the line that joins, for each member",
    },
    "Afterwards": {
        "minutes": "write a meeting's minutes from the record",
        "verify": "check a meeting's record end to end",
        "replay": "play a recorded meeting in this terminal",
        "carry-over": "begin the next meeting's file from what was left",
    },
    "For programs": {
        "say": "say something in a meeting",
        "vote": "vote on an open decision",
        "watch": "print what happens in a meeting",
        "token": "print one token",
        "protocol": "print the protocol page",
    },
}
"""The subcommands as the help lists them.

Each is `boardroom_tui/cli/NAME.py`, where a dash is a `_`.

It has `configure(parser)` and `run(arguments) -> int`.
"""

COMMANDS = {name: purpose for group in GROUPS.values() for name, purpose in group.items()}


class CommandError(Exception):
    """A user's mistake or a failure that one line explains; the command exits with `code`."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


class _Parser(argparse.ArgumentParser):
    """Explains the whole command in groups rather than in one long list."""

    def format_help(self) -> str:
        width = max(map(len, COMMANDS))
        lines = ["Boardroom: a board meeting that runs in a terminal.", "", self.format_usage()]
        lines += ["boardroom alone opens a first screen: recent meetings, an invitation to paste,"]
        lines += ["the demo, a meeting to host.", ""]
        for heading, commands in GROUPS.items():
            lines.append(heading)
            lines += [f"  {name:<{width}}  {purpose}" for name, purpose in commands.items()]
            lines.append("")
        lines.append(
            "boardroom COMMAND --help explains one; boardroom --version says which this is."
        )
        return "\n".join(lines) + "\n"


def _go_on() -> None:
    """There is nothing to do before it runs."""


def main(arguments: Sequence[str] | None = None, *, loaded: Callable[[], None] = _go_on) -> int:
    """Run `boardroom`: 0 done, 1 failed, 2 wrong usage, 130 interrupted (CONTRACT.md, 2).

    `loaded` is called once the command has been imported, before it runs.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    _open_what_is_closed()
    # Nobody's plugins for pydantic are wanted, and the search for them reads about every package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if isinstance(sys.__stdout__, io.TextIOWrapper):
        # What an encoding cannot write is escaped, as Python itself does on standard error.
        sys.__stdout__.reconfigure(errors="backslashreplace")
    parser = _Parser(prog="boardroom", usage="boardroom [COMMAND [OPTIONS]]")
    parser.add_argument("--version", action="store_true")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", prog="boardroom", parser_class=argparse.ArgumentParser
    )
    try:
        if given and not given[0].startswith("-") and given[0] not in COMMANDS:
            parser.error(_no_command(given[0]))
        # Only the one that is given: to declare them all takes as long as to load some.
        for name in given[:1] if given[:1] and given[0] in COMMANDS else COMMANDS:
            purpose = COMMANDS[name]
            subparser = commands.add_parser(name, help=purpose, description=purpose)
            if given and given[0] == name:
                _module(name).configure(subparser)
        parsed = parser.parse_args(given)
        if parsed.version:
            return _say_version()
        if parsed.command is None and why_no_screen() is not None:
            parser.error("say which COMMAND, or be in a terminal")
        module = _module(parsed.command or "welcome")
        loaded()
        return module.run(parsed) if parsed.command else module.run()
    except CommandError as error:
        said = clean(str(error), lines=True)
        print(f"{' '.join(['boardroom', *given[:1]])}: {said}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return 130


def _open_what_is_closed() -> None:
    """Have the standard streams lead nowhere that are closed; the next file would be in for one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8")
            setattr(sys, name, nowhere)
            setattr(sys, f"__{name}__", nowhere)


def _no_command(word: str) -> str:
    # Nothing more is loaded where all goes well.
    from boardroom_tui.toml_tables import suggestion  # noqa: PLC0415

    return f'there is no command "{clean(word)}"; {suggestion(word, tuple(COMMANDS))}'


def _say_version() -> int:
    # Looking it up takes longer than everything else here.
    from importlib.metadata import version  # noqa: PLC0415

    print(f"boardroom {version('boardroom-tui')}")
    return 0


def _module(name: str) -> Any:
    return importlib.import_module(f"boardroom_tui.cli.{name.replace('-', '_')}")
