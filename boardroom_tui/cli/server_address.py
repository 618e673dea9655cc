"""The server that a client's command is about."""

import argparse

from boardroom_tui.cli.outcome import done
from boardroom_tui.client.address import Address


def add_url(parser: argparse.ArgumentParser, purpose: str, *, as_option: bool = False) -> None:
    """Declare the URL; without one it is this machine's server.

    It is an option where a command takes another word first: argparse finds a second word that
    may be missing only if no option stands before it. Everywhere else it may be one, too.
    """
    words = f"{purpose} (default: {Address()})"
    parser.set_defaults(url="")
    unsaid = argparse.SUPPRESS
    if not as_option:
        parser.add_argument("url", nargs="?", default=unsaid, metavar="URL", help=words)
    how = words if as_option else unsaid
    parser.add_argument("--url", default=unsaid, metavar="URL", help=how)


def no_url(word: str) -> str:
    """A command's own word: in an invitation the URL stands in its place."""
    if word.startswith(("ws://", "wss://")):
        raise argparse.ArgumentTypeError(f"{word} goes behind --url here")
    return word


def address_of(arguments: argparse.Namespace) -> Address:
    """The server's address; raises CommandError."""
    return done(Address.parse(arguments.url))
