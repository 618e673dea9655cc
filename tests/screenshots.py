"""Makes `screenshots/` from the running program.

    python -m tests.screenshots

The demo's own server and members play; this takes the facilitator's seat and presses the keys.
For the PNG files it needs `rsvg-convert` (Debian: librsvg2-bin) and a monospaced font.
"""

import asyncio
import logging
import re
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from boardroom_tui.demo.pace import Pace
from boardroom_tui.demo.stage import stage
from boardroom_tui.protocol.fields import Role
from boardroom_tui.state.select import decision_in_view, newest_first
from boardroom_tui.ui.app import BoardroomApp

FOLDER = Path(__file__).parents[1] / "screenshots"
SPEED = 1.5
PATIENCE = 60.0
PIXELS = 1600
"""A picture's width."""

_WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


class Session:
    """The program at the demo's meeting, with a camera."""

    def __init__(self, app: BoardroomApp, pilot: Pilot[str | None]) -> None:
        self._app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, and let the screen follow."""
        await self._pilot.press(*keys)
        await self._pilot.pause()

    async def until(self, condition: Callable[[BoardroomApp], bool]) -> None:
        """Let the meeting go on until something holds."""
        async with asyncio.timeout(PATIENCE):
            while not condition(self._app):
                await asyncio.sleep(0.05)

    async def take(self, name: str) -> None:
        """Keep the screen as it is, without a notice that is about to go."""
        self._app.clear_notifications()
        await self._pilot.pause(1.2)
        svg = _self_contained(self._app.export_screenshot(title="boardroom"))
        FOLDER.joinpath(f"{name}.svg").write_text(svg, "utf-8")
        target = FOLDER / f"{name}.png"
        command = ["rsvg-convert", "--width", str(PIXELS), "--output", str(target)]
        subprocess.run(command, input=svg.encode(), check=True)
        print(target.name)


def _self_contained(svg: str) -> str:
    """The picture without fonts from the web, its blanks kept by every reader of SVG.

    A cell is 12.2 wide; at 20.26 pixels that is what a glyph of DejaVu Sans Mono is, so lines
    meet also where a reader does not stretch text to its length.
    """
    svg = _WEB_FONT.sub("", svg).replace("Fira Code", "DejaVu Sans Mono")
    svg = svg.replace("font-size: 20px", "font-size: 20.26px")
    return svg.replace("&#160;", " ").replace("<svg ", '<svg xml:space="preserve" ', 1)


def _votes(app: BoardroomApp) -> int:
    view = decision_in_view(app.meeting)
    return 0 if view is None or view.tally is None or not view.is_open else view.tally.total


def _has_verdict(app: BoardroomApp) -> bool:
    view = decision_in_view(app.meeting)
    return view is not None and view.outcome is not None


def _obstacle(app: BoardroomApp) -> str | None:
    return app.meeting_screen.composer.obstacle


def _said(words: str) -> Callable[[BoardroomApp], bool]:
    return lambda app: any(words in line.message for line in newest_first(app.meeting))


async def _play(session: Session) -> None:
    """The first item, then the budget with its vote, to the verdict."""
    await session.until(_said("evening"))
    await session.press(*"/order", "enter")
    await session.press("f8")
    await session.until(_said("all good"))
    await session.press("f8")
    await session.until(_said("139 a year"))
    await session.take("meeting")
    await session.press("ctrl+o", "down", "ctrl+s")
    await session.until(lambda app: _votes(app) >= 2)
    await session.press("f5", "enter", "enter")
    await session.until(lambda app: _votes(app) >= 6)
    await session.take("vote")
    await session.until(_has_verdict)
    await session.take("verdict")
    await session.press("f1")
    await session.take("help")


async def _play_small(session: Session) -> None:
    """A vote on the smallest terminal that is common."""
    await session.until(_said("evening"))
    await session.press(*"/order", "enter")
    await session.press("f8")
    await session.until(_said("all good"))
    await session.press("ctrl+o", "ctrl+s")
    await session.until(lambda app: _votes(app) >= 3)
    await session.take("80x24")
    await session.press("f5")
    await session.take("ballot-80x24")


async def _play_light(session: Session) -> None:
    """The other theme."""
    await session.press("ctrl+t")
    await session.until(_said("evening"))
    await session.press(*"/order", "enter")
    await session.press("f8")
    await session.until(_said("Thank you"))
    await session.take("light")


async def _play_private(session: Session) -> None:
    """A word aside, while the meeting goes on."""
    await session.until(_said("evening"))
    await session.press(*"/dm walter", "enter")
    await session.until(lambda app: _obstacle(app) is None)
    await session.press(*"Will the reserve hold if we move the lift forward?", "enter")
    await session.until(lambda app: len(app.shown.chat) >= 2)
    await session.press(*"Thank you. Then I shall")
    await session.take("private")


async def _shoot(size: tuple[int, int], play: Callable[[Session], Awaitable[None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), Pace(SPEED), Role.FACILITATOR) as set_up:
            link = set_up.person_s_link()
            app = BoardroomApp(link, set_up.meeting_id)
            async with app.run_test(size=size, notifications=True) as pilot:
                await play(Session(app, pilot))
            await link.close()


def main() -> None:
    """Take every picture."""
    logging.getLogger().addHandler(logging.NullHandler())
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(_shoot((120, 40), _play))
    asyncio.run(_shoot((120, 40), _play_light))
    asyncio.run(_shoot((80, 24), _play_small))
    asyncio.run(_shoot((120, 40), _play_private))


if __name__ == "__main__":
    sys.exit(main())
