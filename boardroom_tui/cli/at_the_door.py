"""The screen of `boardroom join`: a door first, then what is loaded behind it (`ui/door.py`)."""

import argparse
import asyncio
import importlib
import os
from dataclasses import replace
from typing import Any

from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.loading import loading
from boardroom_tui.cli.screen import behind
from boardroom_tui.cli.settings_paths import memory_path, settings_path
from boardroom_tui.cli.way_in import WayIn
from boardroom_tui.ui.door import Door
from boardroom_tui.ui.look.theme_names import ThemeName
from boardroom_tui.ui.remembered import Remembered, ScreenMemory


def stay(way: WayIn, report: CrashReport, arguments: argparse.Namespace) -> bool:
    """Join the meeting and stay until the user leaves, False, or a signal ends it, True."""
    look, trust = _look(), None
    text, keys = "", ()
    while True:
        door = Door(way.meeting_id, way.address.name, look, text, keys)
        came = asyncio.run(_through(door, way, report, arguments, trust))
        if isinstance(came, bool):
            return came
        # Only the user can vouch for this certificate.
        trust, text, keys = came(), door.composer.text, door.waiting


async def _through(
    door: Door, way: WayIn, report: CrashReport, arguments: argparse.Namespace, trust: Any
) -> Any:
    async def goal() -> Any:
        await door.stands.wait()
        with loading():
            name = "boardroom_tui.cli.joining"
            joining = await asyncio.to_thread(importlib.import_module, name)
        return await joining.through(door, way, report, arguments, trust)

    came = await behind(door, report, goal())
    return True if came is None else came


def _look() -> Remembered:
    """How it is drawn; what is wrong in the settings is told by those who read all of them."""
    remembered = ScreenMemory(memory_path()).read()
    return replace(remembered, theme=_chosen_theme() or remembered.theme)


def _chosen_theme() -> ThemeName | None:
    try:
        text = settings_path(os.environ).read_text("utf-8")
    except (OSError, ValueError):
        return None
    # Most users have no settings, and so do not wait for it.
    import tomllib  # noqa: PLC0415

    try:
        settings: dict[str, Any] = tomllib.loads(text)
        return ThemeName.named(settings["look"]["theme"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
