"""`boardroom protocol`: the protocol page, or the same as an AsyncAPI document."""

import argparse
import json

from boardroom_tui.cli.printing import pour, say
from boardroom_tui.protocol.asyncapi import document
from boardroom_tui.protocol.page import page


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "--asyncapi", action="store_true", help="print an AsyncAPI 3 document (JSON) instead"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    if arguments.asyncapi:
        say(json.dumps(document(), indent=2, ensure_ascii=False))
    else:
        pour(page().encode())
    return 0
