"""`boardroom keys`: every command with its keys, to begin one's own settings with."""

import argparse
import json
import os

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.mistakes import mistakes_in_words
from boardroom_tui.cli.printing import say
from boardroom_tui.cli.settings_file import own_settings
from boardroom_tui.cli.settings_paths import settings_path
from boardroom_tui.ui.command import Command, Group
from boardroom_tui.ui.commands import Commands


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Print the table; what it is given back in the settings changes nothing.

    Raises:
        CommandError: The file cannot be read, or something in it is wrong: every mistake, a line
            each.
    """
    del arguments
    settings = own_settings()
    if settings.mistakes:
        raise CommandError(mistakes_in_words(settings.mistakes))
    say(f"# What {settings_path(os.environ)} may say of keys; leave out what is to stay.")
    say(keys_in_toml(settings.commands))
    return 0


def keys_in_toml(commands: Commands) -> str:
    """`[keys]`, group by group."""
    lines = ["[keys]"]
    for group in Group:
        lines += ["", f"# {group}"]
        lines += [_line(command) for command in commands if command.group is group]
    return "\n".join(lines)


def _line(command: Command) -> str:
    return f"{command.slash} = {json.dumps(command.all_keys)}  # {command.title}"
