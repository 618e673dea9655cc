"""Where the user's settings are, and what the program remembers of the screen."""

from collections.abc import Mapping
from pathlib import Path

import platformdirs

VARIABLE = "BOARDROOM_CONFIG"


def settings_path(environment: Mapping[str, str]) -> Path:
    """What BOARDROOM_CONFIG says, else `config.toml` in the platform's folder for settings."""
    given = environment.get(VARIABLE)
    if given:
        return Path(given).expanduser()
    return platformdirs.user_config_path("boardroom") / "config.toml"


def memory_path() -> Path:
    """Where the arrangement is kept, and the theme that was chosen on the screen."""
    return platformdirs.user_state_path("boardroom") / "screen.json"
