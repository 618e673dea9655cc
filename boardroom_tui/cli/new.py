"""`boardroom new`: a meeting's file to begin with."""

import argparse
from importlib import resources

from boardroom_tui.cli.new_file import add_output, give_out


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the file, or write it."""
    text = resources.files(__package__ or "").joinpath("new_meeting.toml").read_bytes()
    give_out(text, arguments.output, overwrite=arguments.overwrite)
    return 0
