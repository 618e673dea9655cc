"""`boardroom demo`: a whole meeting on this machine, to take part in or to watch."""

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import say
from boardroom_tui.protocol.fields import Role

if TYPE_CHECKING:
    from boardroom_tui.cli.crash import CrashReport
    from boardroom_tui.ui.settings import Settings

HEADLESS_SPEED = 40.0
MINUTES = "minutes.md"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `demo` is told."""
    parser.add_argument(
        "--as",
        dest="role",
        choices=[role.value for role in sorted(Role, key=lambda role: -role.power)],
        default=Role.FACILITATOR.value,
        help="whose seat to take (default: facilitator)",
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        metavar="X",
        help=f"how fast the members are (default: 1, headless {HEADLESS_SPEED:g})",
    )
    parser.add_argument(
        "--headless", action="store_true", help="play the whole meeting and print what happens"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="keep the record and the minutes there"
    )


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed < inf:
        raise argparse.ArgumentTypeError(f"expected a number above 0, not {text}")
    return speed


def run(arguments: argparse.Namespace) -> int:
    """Play the meeting; say in the end where its minutes are."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()
    if not arguments.headless and not terminal:
        raise CommandError("needs a terminal; --headless needs none")
    with _folders(arguments.data) as folders:
        if arguments.headless:
            _play_headless(folders.record, arguments.speed or HEADLESS_SPEED)
        else:
            _play_in_the_terminal(folders.record, arguments.speed or 1.0, Role(arguments.role))
        _write_minutes(folders)
    say(f"Minutes: {folders.minutes}")
    return 0


@dataclass(frozen=True, slots=True)
class _Folders:
    """Where the server keeps its record, and where the minutes go."""

    record: Path
    minutes: Path


@contextmanager
def _folders(given: Path | None) -> Generator[_Folders]:
    """What was given; else a new folder in which only the minutes stay."""
    from boardroom_tui.record.journal import Journal  # noqa: PLC0415

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
    with tempfile.TemporaryDirectory(dir=kept) as record:
        yield _Folders(Path(record), kept / MINUTES)


def _play_headless(record: Path, speed: float) -> None:
    from boardroom_tui.demo.headless import UnfinishedError, play, results  # noqa: PLC0415
    from boardroom_tui.server.server import ServerProblem  # noqa: PLC0415

    def tell(line: str) -> None:
        say(f"{datetime.now().astimezone():%H:%M:%S}  {line}")

    try:
        meeting = asyncio.run(play(record, speed, tell))
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
    from boardroom_tui.demo.stage import read_minutes  # noqa: PLC0415
    from boardroom_tui.record.problems import JournalError  # noqa: PLC0415

    try:
        text = asyncio.run(read_minutes(folders.record))
        folders.minutes.write_text(text, "utf-8")
    except JournalError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"cannot write {folders.minutes}: {error.strerror}") from error
    if not text.strip():
        raise CommandError("the minutes are empty")


def _play_in_the_terminal(record: Path, speed: float, role: Role) -> None:
    from boardroom_tui.cli.crash import CrashReport  # noqa: PLC0415
    from boardroom_tui.cli.settings_file import own_settings  # noqa: PLC0415
    from boardroom_tui.server.server import ServerProblem  # noqa: PLC0415

    settings = own_settings()
    # What the server logs must not be drawn over the screen.
    logging.getLogger().addHandler(logging.NullHandler())
    with CrashReport() as report:
        try:
            asyncio.run(_meet(record, speed, role, settings, report))
        except ServerProblem as error:
            raise CommandError(str(error)) from error


async def _meet(
    record: Path, speed: float, role: Role, settings: "Settings", report: "CrashReport"
) -> None:
    from boardroom_tui.cli.screen import show  # noqa: PLC0415
    from boardroom_tui.demo.pace import Pace  # noqa: PLC0415
    from boardroom_tui.demo.stage import stage  # noqa: PLC0415

    async with stage(record, Pace(speed), role, settings.commands) as set_up:
        link = set_up.person_s_link()
        running = asyncio.create_task(link.run())
        try:
            await show(link, set_up.meeting_id, report, settings=settings)
        finally:
            await link.close()
            await running
