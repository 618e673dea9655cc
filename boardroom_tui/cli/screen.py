"""The terminal client in this terminal: opened, and its end explained in one line."""

import asyncio
import gc
import io
import signal
import sys
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.hangup import end_in_time, on_hangup

if TYPE_CHECKING:
    from textual.app import App

    from boardroom_tui.client.kept_heads import KeptHeads
    from boardroom_tui.client.private.correspondence import Correspondence
    from boardroom_tui.state.model import Meeting
    from boardroom_tui.ui.app import BoardroomApp
    from boardroom_tui.ui.door.door import Door
    from boardroom_tui.ui.settings import Settings

_YOUNG = 30_000
"""So many objects more before garbage is looked for: as many as five thousand messages leave."""
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
    server: str = "",
    why_gone: Callable[[], str | None] = lambda: None,
    door: "Door | None" = None,
) -> "Shown[Meeting]":
    """Show the meeting until the user leaves it; raises as `show_app` does.

    `beside` runs while the screen is open, and no longer. `server` is what it is called on the
    way there, `why_gone` tells why it does not come back, where one knows. A door gives way as
    soon as the screen stands.
    """
    made: list[BoardroomApp] = []
    running: list[asyncio.Task[None]] = []

    def meeting() -> "BoardroomApp":
        from boardroom_tui.ui.app import BoardroomApp  # noqa: PLC0415

        app = BoardroomApp(link, meeting_id, heads=heads, settings=settings, server=server)
        app.why_gone = why_gone
        made.append(app)
        if door is not None:
            app.wait_behind(door, app.meeting_screen.composer.behind_keys)
            running.append(asyncio.create_task(_pass(app)))
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


async def _pass(app: "BoardroomApp") -> None:
    await app.stands.wait()
    app.call_after_refresh(app.come_forward)


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
    result = await result_of(app, report, was_ended=signals.came)
    if signals.interrupted:
        raise KeyboardInterrupt
    return Shown(result, signals.ended)


def _look_seldom_for_garbage() -> None:
    """Spare the news the time: what was loaded stays, and so does what the screen is made of."""
    gc.freeze()
    gc.set_threshold(_YOUNG)
    asyncio.get_running_loop().call_later(_SETTLED_SECONDS, gc.freeze)


async def result_of(
    app: "App[_T]", report: CrashReport, *, was_ended: Callable[[], bool] = lambda: False
) -> _T | None:
    """Run an app; `was_ended` tells whether a signal has ended it, in the middle of anything.

    Raises:
        CommandError: It failed, and where that is written down.
    """
    from rich.console import Console  # noqa: PLC0415 - as Textual

    # Textual would show each local value of a crash, and one of them may be how somebody voted.
    app.error_console = Console(file=io.StringIO())
    result = await app.run_async()
    crash = app._exception  # pyright: ignore[reportPrivateUsage]  # told nowhere else
    # A screen that is taken down before it stands misses what it was about to use.
    if crash is not None and result is None and not was_ended():
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

    def came(self) -> bool:
        """Whether one came."""
        return self.interrupted or self.ended

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
        end_in_time()
