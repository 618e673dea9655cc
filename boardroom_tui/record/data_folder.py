"""Where everything that lasts is kept."""

from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "BOARDROOM_DATA"


def data_folder(given: str | None, environment: Mapping[str, str]) -> Path:
    """What `--data` says, else BOARDROOM_DATA, else the platform's user data folder."""
    chosen = given or environment.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    return user_data_path("boardroom", appauthor=False)
