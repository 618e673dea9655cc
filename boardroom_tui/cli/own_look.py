"""How the user has the screen, for what is drawn before the settings are loaded."""

import os
from dataclasses import replace
from typing import Any

from boardroom_tui.cli.settings_paths import memory_path, settings_path
from boardroom_tui.ui.look.theme_names import ThemeName
from boardroom_tui.ui.remembered import Remembered, ScreenMemory


def own_look() -> Remembered:
    """As a meeting would be shown; what is wrong in the settings is told there."""
    remembered = ScreenMemory(memory_path()).read()
    return replace(remembered, theme=_chosen_theme() or remembered.theme)


def _chosen_theme() -> ThemeName | None:
    try:
        text = settings_path(os.environ).read_text("utf-8-sig")
    except (OSError, ValueError):
        return None
    # Most users have no settings, and so do not wait for it.
    import tomllib  # noqa: PLC0415

    try:
        settings: dict[str, Any] = tomllib.loads(text)
        return ThemeName.named(settings["look"]["theme"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
