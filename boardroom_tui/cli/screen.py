"""The terminal client in this terminal: opened, and its end explained in one line."""

import asyncio
import io
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.hangup import on_hangup

if TYPE_CHECKING:
    from boardroom_tui.client.kept_heads import KeptHeads
    from boardroom_tui.client.private.correspondence import Correspondence
    from boardroom_tui.ui.app import BoardroomApp

HANGUP_SECONDS = 5.0
"""How long an orderly end may take once the terminal has gone."""


async def show(
    link: "Correspondence",
    meeting_id: str,
    report: CrashReport,
    heads: "KeptHeads | None" = None,
) -> None:
    """Show the meeting until the user leaves it; raises as `show_app` does."""

    def meeting() -> "BoardroomApp":
        from boardroom_tui.ui.app import BoardroomApp  # noqa: PLC0415

        return BoardroomApp(link, meeting_id, heads=heads)

    await show_app(meeting, report)


async def show_app(made: Callable[[], "BoardroomApp"], report: CrashReport) -> None:
    """Show a screen, made once it is sure that there is a terminal, until the user leaves it.

    Raises:
        CommandError: There is no terminal to draw on, the meeting could not be entered, or the
            screen failed; the terminal is as it was before.
        KeyboardInterrupt: A SIGINT from elsewhere; Ctrl+C is a key like any other here.
    """
    # Textual draws on standard error; and it takes long to import, so not before it is needed.
    if not sys.stderr.isatty():
        raise CommandError("needs a terminal: standard error leads elsewhere")
    from rich.console import Console  # noqa: PLC0415

    app = made()
    # Textual would show each local value of a crash, and one of them may be how somebody voted.
    app.error_console = Console(file=io.StringIO())
    loop = asyncio.get_running_loop()
    interrupted = asyncio.Event()

    def interrupt() -> None:
        interrupted.set()
        app.exit()

    def hang_up(*_: object) -> None:
        loop.call_soon_threadsafe(app.exit)
        end = threading.Timer(HANGUP_SECONDS, os._exit, [128 + signal.SIGHUP])
        end.daemon = True
        end.start()

    if sys.platform != "win32":
        loop.add_signal_handler(signal.SIGINT, interrupt)
        loop.add_signal_handler(signal.SIGTERM, app.exit)
        # Not the loop's: when the terminal goes away while it takes no more, Textual waits for it
        # for ever, and the loop with it. So may the thread that a signal is for.
        signal.signal(signal.SIGHUP, hang_up)
        on_hangup(sys.stderr.fileno(), hang_up)
    refusal = await app.run_async()
    if interrupted.is_set():
        raise KeyboardInterrupt
    crash = app._exception  # pyright: ignore[reportPrivateUsage]  # told nowhere else
    if crash is not None:
        raise report.write("".join(traceback.format_exception(crash)))
    if refusal is not None:
        raise CommandError(refusal)
