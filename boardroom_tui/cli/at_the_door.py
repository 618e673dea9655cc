"""The screen of `boardroom join`: a door first, then what is loaded behind it (`ui/door.py`)."""

import argparse
import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.loading import load
from boardroom_tui.cli.own_look import own_look
from boardroom_tui.cli.screen import behind
from boardroom_tui.cli.way_in import WayIn
from boardroom_tui.ui.door import Door

if TYPE_CHECKING:
    from boardroom_tui.client.trust import Trust


def stay(way: WayIn, report: CrashReport, arguments: argparse.Namespace) -> bool:
    """Join the meeting and stay until the user leaves, False, or a signal ends it, True."""
    look, trust = own_look(), None
    text, keys = "", ()
    while True:
        door = Door(way.meeting_id, way.address.name, look, text, keys)
        came = asyncio.run(_through(door, way, report, arguments, trust))
        if isinstance(came, bool):
            return came
        # Only the user can vouch for this certificate.
        trust, text, keys = came(), door.composer.text, door.waiting


async def _through(
    door: Door,
    way: WayIn,
    report: CrashReport,
    arguments: argparse.Namespace,
    trust: "Trust | None",
) -> "bool | Callable[[], Trust]":
    async def goal() -> "bool | Callable[[], Trust]":
        await door.stands.wait()
        joining = await load("boardroom_tui.cli.joining")
        return await joining.through(door, way, report, arguments, trust)

    came = await behind(door, report, goal())
    return True if came is None else came
