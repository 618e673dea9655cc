"""The user's settings as they are read, and a line for whatever in them is wrong."""

import os
from collections.abc import Mapping
from dataclasses import replace

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.mistakes import mistakes_in_words
from boardroom_tui.cli.settings_paths import VARIABLE, memory_path, settings_path
from boardroom_tui.cli.text_file import read_text
from boardroom_tui.ui.settings import Settings, read_settings


def own_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The user's settings; ours where they have no file.

    Raises:
        CommandError: The file cannot be read, or something in it is wrong: every mistake, a line
            each.
    """
    path = settings_path(environment)
    if not environment.get(VARIABLE) and not path.exists():
        return Settings(memory=memory_path())
    read = read_settings(read_text(path), str(path))
    if isinstance(read, Settings):
        return replace(read, memory=memory_path())
    raise CommandError(mistakes_in_words(read))
