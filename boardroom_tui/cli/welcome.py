"""`boardroom` by itself: a first screen, then what was chosen on it, as if it had been typed."""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.own_look import own_look
from boardroom_tui.cli.parsing import parsed
from boardroom_tui.cli.screen import run_app
from boardroom_tui.ui.look.theme_names import DEFAULT

if TYPE_CHECKING:
    from boardroom_tui.welcome.app import WelcomeApp
    from boardroom_tui.welcome.choice import Choice


def run() -> int:
    """Show the first screen, and again with the reason where what was chosen came to nothing."""
    notice = ""
    while True:
        choice = _ask(notice)
        if choice is None:
            return 0
        try:
            return _perform(choice)
        except CommandError as error:
            notice = str(error)


def _ask(notice: str) -> "Choice | None":
    def first_screen() -> "WelcomeApp":
        # Textual takes long to import: whoever has no terminal does not wait for it.
        from boardroom_tui.client.recent_meetings import RecentMeetings  # noqa: PLC0415
        from boardroom_tui.welcome.app import WelcomeApp  # noqa: PLC0415

        return WelcomeApp(RecentMeetings(), fit, why_not, notice=notice, theme=theme)

    theme = own_look().theme or DEFAULT
    with CrashReport() as report:
        return in_loop(lambda: run_app(first_screen, report)).result


def _perform(choice: "Choice") -> int:
    command = importlib.import_module(f"boardroom_tui.cli.{choice.command}")
    return command.run(parsed(command, choice.words))


def fit(words: Sequence[str]) -> int | None:
    """How many of the files that some words name are there; None where `join` takes no such."""
    from boardroom_tui.cli import join  # noqa: PLC0415 - the first screen does not wait for it

    try:
        given = parsed(join, words)
    except CommandError:
        return None
    if "://" not in given.url or not (given.meeting or "meeting=" in given.url):
        return None
    return sum(Path(one).exists() for one in (given.token_file, given.ca) if one is not None)


def why_not(path: str) -> str | None:
    """Why the meeting in a file cannot be hosted; None where nothing in it is wrong."""
    from boardroom_tui.cli.meeting_file import read_charter  # noqa: PLC0415 - only for who hosts

    try:
        read_charter(Path(path).expanduser())
    except CommandError as error:
        return str(error)
    return None
