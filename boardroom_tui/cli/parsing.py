"""A subcommand given by the program itself: the words that a user would type."""

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from boardroom_tui.cli import CommandError


class _Parser(argparse.ArgumentParser):
    """Says what is wrong instead of leaving."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(message, code=2)


def parsed(command: Any, words: Sequence[str]) -> argparse.Namespace:
    """What a subcommand's module is told by these words. Raises CommandError."""
    parser = _Parser(add_help=False, allow_abbrev=False)
    command.configure(parser)
    return parser.parse_args(list(words))
