"""The user's settings as they are read, with a line for whatever in them is wrong."""

import os
from collections.abc import Mapping
from dataclasses import replace

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.settings_paths import VARIABLE, memory_path, settings_path
from boardroom_tui.cli.text_file import read_text
from boardroom_tui.ui.settings import Settings, read_settings


def own_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The user's settings; ours where they have no file, or what is wrong in it.

    Nobody is kept out of a meeting by a mistake in them: the screen tells it.
    """
    path = settings_path(environment)
    settings = Settings()
    if environment.get(VARIABLE) or path.exists():
        try:
            settings = read_settings(read_text(path), str(path))
        except CommandError as error:
            settings = Settings(mistakes=(str(error),))
    return replace(settings, memory=memory_path())
