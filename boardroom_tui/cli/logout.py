"""`boardroom logout`: take a token out of the keyring."""

import argparse

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.printing import say
from boardroom_tui.cli.server_address import add_url, address_of
from boardroom_tui.client.stored_tokens import forget_token


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `logout` is told."""
    add_url(parser, "the server that the token is for")


def run(arguments: argparse.Namespace) -> int:
    """Forget a server's token."""
    address = address_of(arguments)
    if not done(forget_token(address)):
        raise CommandError(f"the keyring has no token for {address.name}")
    say(f"The token for {address.name} is no longer in the keyring.")
    return 0
