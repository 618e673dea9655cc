"""`boardroom login`: put a token in the keyring."""

import argparse
import getpass
import sys
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.printing import say
from boardroom_tui.cli.server_address import add_url, address_of
from boardroom_tui.client.address import Address
from boardroom_tui.client.stored_tokens import store_token
from boardroom_tui.client.tokens import STANDARD_INPUT, TokenFile, as_token
from boardroom_tui.protocol.limits import TOKEN_CHARACTERS


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `login` is told."""
    add_url(parser, "the server that the token is for")
    parser.add_argument(
        "--token-file",
        metavar="PATH",
        help="a file with the token, - for standard input (default: it is asked for)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Keep a token for a server; whether the server takes it, `join` will tell."""
    address = address_of(arguments)
    token = _token(address, arguments.token_file)
    done(store_token(address, token))
    say(f"The token for {address.name} is in the keyring.")
    return 0


def _token(address: Address, token_file: str | None) -> str:
    if token_file == STANDARD_INPUT:
        return done(as_token(sys.stdin.read(2 * TOKEN_CHARACTERS), "standard input"))
    if token_file is not None:
        return done(TokenFile(Path(token_file)).read())
    if address.token is not None:
        return done(as_token(address.token, "the address's token="))
    if not sys.stdin.isatty():
        raise CommandError("needs a terminal, or --token-file PATH")
    return done(as_token(getpass.getpass(f"Token for {address.name}: "), "what was typed"))
