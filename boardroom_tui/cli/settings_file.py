"""The user's settings: where their file is, and one line where something in it is wrong."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import platformdirs

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.text_file import read_text
from boardroom_tui.protocol.text import clean
from boardroom_tui.ui.settings import Settings, read_settings

VARIABLE = "BOARDROOM_CONFIG"


def settings_path(environment: Mapping[str, str]) -> Path:
    """What BOARDROOM_CONFIG says, else `config.toml` in the platform's folder for settings."""
    given = environment.get(VARIABLE)
    return Path(given).expanduser() if given else _usual_path()


def own_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The user's settings; ours where they have no file.

    Raises:
        CommandError: The file cannot be read, or something in it is wrong: the first mistake, and
            how many more there are.
    """
    path = settings_path(environment)
    if not environment.get(VARIABLE) and not path.exists():
        return Settings(memory=_memory())
    read = read_settings(read_text(path), str(path))
    if isinstance(read, Settings):
        return replace(read, memory=_memory())
    first, *others = read
    raise CommandError(clean(f"{first} (and {len(others)} more)" if others else str(first)))


def _memory() -> Path:
    return platformdirs.user_state_path("boardroom") / "screen.json"


def _usual_path() -> Path:
    return platformdirs.user_config_path("boardroom") / "config.toml"
