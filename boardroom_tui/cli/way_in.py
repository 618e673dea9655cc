"""The way into a meeting, as every command that takes part in one is told it.

It is read before anything is loaded that a meeting needs: a screen need not wait for that.
"""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.server_address import add_url, address_of
from boardroom_tui.client.address import Address
from boardroom_tui.client.tokens import TokenSource, choose_source
from boardroom_tui.protocol.identifiers import is_identifier


def add_way_in(parser: argparse.ArgumentParser, *, url_as_option: bool = False) -> None:
    """Declare the server, the meeting, the token and the certificate."""
    add_url(parser, "where the server is", as_option=url_as_option)
    parser.add_argument("--meeting", metavar="ID", help="the meeting, if the URL does not name it")
    parser.add_argument(
        "--token-file",
        metavar="PATH",
        help="a file with the token, - for standard input (default: BOARDROOM_TOKEN, the keyring)",
    )
    parser.add_argument(
        "--ca",
        type=Path,
        metavar="PATH",
        help="the certificate, or its authority's, to trust (default: the system's store)",
    )


def add_role(parser: argparse.ArgumentParser) -> None:
    """Declare the role, for what joins the meeting."""
    parser.add_argument(
        "--role",
        type=_role,
        metavar="ROLE",
        help="join in a lower role than one's own: observer, participant",
    )


def _role(text: str) -> str:
    # The protocol takes long to import, and hardly anybody asks for another role.
    from boardroom_tui.protocol.fields import Role  # noqa: PLC0415

    if text not in tuple(Role):
        raise argparse.ArgumentTypeError(f"expected {', '.join(Role)}, not {text}")
    return text


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where to go, and with what."""

    address: Address
    meeting_id: str
    role: str | None
    tokens: TokenSource
    ca: Path | None

    @classmethod
    def told(cls, arguments: argparse.Namespace) -> "WayIn":
        """What the user said. Raises CommandError."""
        address = address_of(arguments)
        meeting_id: str | None = arguments.meeting or address.meeting_id
        if meeting_id is None:
            raise CommandError("which meeting? give --meeting ID", code=2)
        if not is_identifier(meeting_id):
            raise CommandError("--meeting is not a meeting's identifier", code=2)
        role = arguments.role if "role" in arguments else None
        tokens = done(choose_source(address, arguments.token_file, os.environ, sys.stdin))
        return cls(address, meeting_id, role, tokens, arguments.ca)

    def token(self) -> str:
        """The token now; it takes a while where a keyring asks its user. Raises CommandError."""
        return done(self.tokens.read())
