"""The server that a client's command is about."""

import argparse

from boardroom_tui.cli.outcome import done
from boardroom_tui.client.address import Address


def add_url(parser: argparse.ArgumentParser, purpose: str) -> None:
    """Declare the URL; without one it is this machine's server."""
    parser.add_argument(
        "url", nargs="?", default="", metavar="URL", help=f"{purpose} (default: {Address()})"
    )


def address_of(arguments: argparse.Namespace) -> Address:
    """The server's address; raises CommandError."""
    return done(Address.parse(arguments.url))
