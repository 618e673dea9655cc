"""What `boardroom demo` does once there is time for it: the meeting, and its minutes."""

import argparse
import asyncio
import logging
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.demo import HEADLESS_SPEED
from boardroom_tui.cli.loading import load_at_once
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.printing import say
from boardroom_tui.cli.screen import show
from boardroom_tui.cli.settings_file import own_settings
from boardroom_tui.demo.headless import UnfinishedError, play, results
from boardroom_tui.demo.pace import Pace
from boardroom_tui.demo.stage import read_minutes, stage
from boardroom_tui.protocol.fields import Role
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError
from boardroom_tui.server.server import ServerProblem

if TYPE_CHECKING:
    from boardroom_tui.ui.door.door import Door

MINUTES = "minutes.md"


@dataclass(frozen=True, slots=True)
class _Folders:
    """Where the server keeps its record, and where the minutes go."""

    record: Path
    minutes: Path


@contextmanager
def _folders(given: Path | None) -> Generator[_Folders]:
    """What was given; else a new folder in which only the minutes stay."""
    if given is not None:
        if Journal.is_in(given):
            raise CommandError(
                f"{given} holds meetings already; the demo needs a folder of its own"
            )
        yield _Folders(given, given / MINUTES)
        return
    try:
        kept = Path(tempfile.mkdtemp(prefix="boardroom-demo-"))
    except OSError as error:
        raise CommandError(f"cannot make a folder: {error.strerror}") from error
    try:
        with tempfile.TemporaryDirectory(dir=kept) as record:
            yield _Folders(Path(record), kept / MINUTES)
    finally:
        with suppress(OSError):  # as the minutes are in it
            kept.rmdir()


def play_headless(arguments: argparse.Namespace) -> None:
    """Play it without a screen, and print what happens."""
    with _folders(arguments.data) as folders:
        _play_headless(folders.record, arguments.speed or HEADLESS_SPEED)
        _write_minutes(folders)
    say(f"Minutes: {folders.minutes}")


def take_part(
    arguments: argparse.Namespace, report: CrashReport, door: "Door | None" = None
) -> bool:
    """Play it on the screen; whether a signal ended it."""
    with _folders(arguments.data) as folders:
        by_signal = _play_in_the_terminal(folders.record, arguments, report, door)
        _write_minutes(folders)
    say(f"Minutes: {folders.minutes}")
    return by_signal


def _play_headless(record: Path, speed: float) -> None:
    def tell(line: str) -> None:
        say(f"{datetime.now().astimezone():%H:%M:%S}  {line}")

    try:
        meeting = in_loop(lambda: play(record, speed, tell))
    except (UnfinishedError, ServerProblem) as error:
        raise CommandError(str(error)) from error
    except ExceptionGroup as group:
        raise _unprintable(group) from group
    say("\nResults")
    for line in results(meeting):
        say(f"  {line}")
    say()


def _unprintable(group: ExceptionGroup[Exception]) -> Exception:
    """Why the members' tasks ended: a line could not be printed, or else a defect, as it is."""
    unprinted, defects = group.split(CommandError)
    if unprinted is None or defects is not None:
        return group
    first: Exception = unprinted
    while isinstance(first, ExceptionGroup):
        first = first.exceptions[0]
    return CommandError(str(first))


def _write_minutes(folders: _Folders) -> None:
    try:
        text = in_loop(lambda: read_minutes(folders.record))
        folders.minutes.write_text(text, "utf-8")
    except JournalError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"cannot write {folders.minutes}: {error.strerror}") from error
    if not text.strip():
        raise CommandError("the minutes are empty")


def _play_in_the_terminal(
    record: Path, arguments: argparse.Namespace, report: CrashReport, door: "Door | None"
) -> bool:
    # While no loop runs Ctrl+C ends this at once.
    load_at_once("boardroom_tui.ui.app")
    # What the server logs must not be drawn over the screen.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        return in_loop(lambda: _meet(record, arguments, report, door))
    except ServerProblem as error:
        raise CommandError(str(error)) from error


async def _meet(
    record: Path, arguments: argparse.Namespace, report: CrashReport, door: "Door | None"
) -> bool:
    settings, role = own_settings(), Role(arguments.role)
    async with stage(record, Pace(arguments.speed or 1.0), role, settings.commands) as set_up:
        link = set_up.person_s_link()
        running = asyncio.create_task(link.run())
        try:
            shown = await show(link, set_up.meeting_id, report, settings=settings, door=door)
            return shown.by_signal
        finally:
            await link.close()
            await running
