"""`boardroom token`: one token, and nothing else."""

import argparse
import os
from datetime import timedelta

from pydantic import TypeAdapter, ValidationError

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import say
from boardroom_tui.clock import utc_now
from boardroom_tui.protocol.fields import Identifier, Role, Title
from boardroom_tui.protocol.limits import TITLE_CHARACTERS
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.server.tokens import LONGEST_LIFE, Tokens

STANDARD_LIFE = timedelta(hours=1)

_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)
_NAME: TypeAdapter[str] = TypeAdapter(Title)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `token` is told."""
    parser.add_argument("--data", metavar="DIR", help="the server's data folder")
    parser.add_argument("--user", required=True, type=_identifier, metavar="ID")
    parser.add_argument("--name", required=True, type=_name)
    parser.add_argument(
        "--role",
        choices=[role.value for role in Role],
        help="the highest role that it gives (default: what the meeting's file says)",
    )
    parser.add_argument(
        "--ttl",
        type=life,
        default=STANDARD_LIFE,
        metavar="SECONDS",
        help="how long it lives, at most 43200 (default: 3600)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print a token for one user."""
    role = None if arguments.role is None else Role(arguments.role)
    tokens = open_tokens(arguments.data)
    now = utc_now()
    say(tokens.issue(arguments.user, arguments.name, role, arguments.ttl, now))
    return 0


def open_tokens(given: str | None) -> Tokens:
    """The tokens of the installation in this data folder; raises CommandError."""
    data = data_folder(given, os.environ)
    try:
        return Tokens.open(data)
    except OSError as error:
        raise CommandError(f"cannot write {error.filename or data}: {error.strerror}") from None
    except ValueError as error:
        raise CommandError(str(error)) from None


def life(text: str) -> timedelta:
    """How long a token lives, from its seconds."""
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= LONGEST_LIFE.seconds:
        raise argparse.ArgumentTypeError(
            f"expected seconds from 1 to {LONGEST_LIFE.seconds}, not {text!r}"
        )
    return timedelta(seconds=int(text))


def _identifier(text: str) -> str:
    try:
        return _IDENTIFIER.validate_python(text)
    except ValidationError:
        raise argparse.ArgumentTypeError(
            f"expected at most 128 visible ASCII characters, not {text!r}"
        ) from None


def _name(text: str) -> str:
    try:
        if text.strip():
            return _NAME.validate_python(text)
    except ValidationError:
        pass
    raise argparse.ArgumentTypeError(f"expected 1 to {TITLE_CHARACTERS} characters")
