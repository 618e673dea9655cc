"""`boardroom logout`: take a token out of the keyring."""

import argparse

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.outcome import done
from boardroom_tui.client.address import Address
from boardroom_tui.client.stored_tokens import forget_token


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `logout` is told."""
    parser.add_argument(
        "url",
        nargs="?",
        default="",
        metavar="URL",
        help="the server that the token is for (default: wss://127.0.0.1:8765/ws)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Forget a server's token."""
    address = done(Address.parse(arguments.url))
    if not done(forget_token(address)):
        raise CommandError(f"the keyring has no token for {address.name}")
    print(f"The token for {address.name} is no longer in the keyring.")
    return 0
