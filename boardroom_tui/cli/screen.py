"""The terminal client in this terminal: opened, and its end explained in one line."""

import asyncio
import gc
import io
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.hangup import on_hangup

if TYPE_CHECKING:
    from textual.app import App

    from boardroom_tui.client.kept_heads import KeptHeads
    from boardroom_tui.client.private.correspondence import Correspondence
    from boardroom_tui.state.model import Meeting
    from boardroom_tui.ui.app import BoardroomApp
    from boardroom_tui.ui.door import Door
    from boardroom_tui.ui.settings import Settings

HANGUP_SECONDS = 5.0
"""How long an orderly end may take once the terminal has gone."""

_YOUNG = 10_000
"""So many objects more before garbage is looked for: nearly all of a message has gone by then."""
_SETTLED_SECONDS = 3.0
"""After an app's start, until its screen stands."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Shown(Generic[_T]):
    """What came of a screen; after a signal nobody is there to be asked anything more."""

    result: _T
    by_signal: bool


async def show(
    link: "Correspondence",
    meeting_id: str,
    report: CrashReport,
    heads: "KeptHeads | None" = None,
    *,
    settings: "Settings | None" = None,
    beside: "Callable[[BoardroomApp], Coroutine[Any, Any, None]] | None" = None,
    door: "Door | None" = None,
) -> "Shown[Meeting]":
    """Show the meeting until the user leaves it; raises as `show_app` does.

    `beside` runs while the screen is open, and no longer. A door gives way as soon as it stands.
    """
    made: list[BoardroomApp] = []
    running: list[asyncio.Task[None]] = []

    def meeting() -> "BoardroomApp":
        from boardroom_tui.ui.app import BoardroomApp  # noqa: PLC0415

        app = BoardroomApp(link, meeting_id, heads=heads, settings=settings)
        made.append(app)
        if door is not None:
            app.wait_behind(door)
            running.append(asyncio.create_task(_pass(door, app)))
        if beside is not None:
            running.append(asyncio.create_task(beside(app)))
        return app

    try:
        by_signal = await show_app(meeting, report)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    return Shown(made[0].meeting, by_signal)


async def _pass(door: "Door", app: "BoardroomApp") -> None:
    await app.stands.wait()
    await door.give_way(app, app.meeting_screen.composer)


async def behind(door: "Door", report: CrashReport, goal: Coroutine[Any, Any, _T]) -> _T | None:
    """What comes of something that is done behind a door; the door is closed after it.

    None if a signal ended it at the door.

    Raises:
        CommandError: The door failed; the terminal is as it was before.
        KeyboardInterrupt: The user left at the door, or a SIGINT from elsewhere.
    """
    here, signals = cast("asyncio.Task[object]", asyncio.current_task()), _Signals(door)
    standing = asyncio.create_task(result_of(door, report))
    standing.add_done_callback(lambda _: door.leave())  # it failed
    door.leave = here.cancel
    try:
        return await goal
    except asyncio.CancelledError:
        here.uncancel()
    finally:
        door.leave = lambda: None
        door.close()
        await standing
    if not signals.ended:
        raise KeyboardInterrupt
    return None


async def show_app(made: Callable[[], "BoardroomApp"], report: CrashReport) -> bool:
    """Show a meeting's screen until the user leaves it, False, or a signal ends it, True.

    Raises:
        CommandError: It could not be entered, or as `run_app` does.
    """
    shown = await run_app(made, report)
    if shown.result is not None:
        raise CommandError(shown.result)
    return shown.by_signal


async def run_app(made: Callable[[], "App[_T]"], report: CrashReport) -> Shown[_T | None]:
    """Run an app, made once it is sure that there is a terminal.

    Raises:
        CommandError: There is no terminal to draw on, or the screen failed; the terminal is as it
            was before.
        KeyboardInterrupt: A SIGINT from elsewhere; Ctrl+C is a key like any other here.
    """
    # Textual draws on standard error; and it takes long to import, so not before it is needed.
    if not sys.stderr.isatty():
        raise CommandError("needs a terminal: standard error leads elsewhere")
    app = made()
    signals = _Signals(app)
    _look_seldom_for_garbage()
    result = await result_of(app, report)
    if signals.interrupted:
        raise KeyboardInterrupt
    return Shown(result, signals.ended)


def _look_seldom_for_garbage() -> None:
    """Spare the news the time: what was loaded stays, and so does what the screen is made of."""
    gc.freeze()
    gc.set_threshold(_YOUNG)
    asyncio.get_running_loop().call_later(_SETTLED_SECONDS, gc.freeze)


async def result_of(app: "App[_T]", report: CrashReport) -> _T | None:
    """Run an app. Raises CommandError: it failed, and where that is written down."""
    from rich.console import Console  # noqa: PLC0415 - as Textual

    # Textual would show each local value of a crash, and one of them may be how somebody voted.
    app.error_console = Console(file=io.StringIO())
    result = await app.run_async()
    crash = app._exception  # pyright: ignore[reportPrivateUsage]  # told nowhere else
    if crash is not None:
        raise report.write("".join(traceback.format_exception(crash)))
    return result


class _Signals:
    """Ends an app in order on a signal, and when its terminal goes away."""

    def __init__(self, app: "App[_T]") -> None:
        self.interrupted = False
        self.ended = False
        self._loop = asyncio.get_running_loop()
        self._exit: Callable[[], None] = app.exit
        if sys.platform == "win32":
            return
        self._loop.add_signal_handler(signal.SIGINT, self._interrupt)
        self._loop.add_signal_handler(signal.SIGTERM, self._end)
        # Not the loop's: when the terminal goes away while it takes no more, Textual waits for it
        # for ever, and the loop with it. So may the thread that a signal is for.
        signal.signal(signal.SIGHUP, self._hang_up)
        on_hangup(sys.stderr.fileno(), self._hang_up)

    def _interrupt(self) -> None:
        self.interrupted = True
        self._exit()

    def _end(self) -> None:
        self.ended = True
        self._exit()

    def _hang_up(self, *_: object) -> None:
        if self._loop.is_closed():
            return  # the watch on the terminal of an app that is over
        self._loop.call_soon_threadsafe(self._end)
        end = threading.Timer(HANGUP_SECONDS, os._exit, [128 + signal.SIGHUP])
        end.daemon = True
        end.start()
