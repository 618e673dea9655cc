"""`boardroom replay`: play a recorded meeting in the terminal client."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.recorded import recorded
from boardroom_tui.cli.screen import show_app
from boardroom_tui.cli.settings_file import own_settings
from boardroom_tui.cli.terminal import why_no_screen
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.replay.link import ReplayLink
from boardroom_tui.replay.player import FASTEST, SLOWEST
from boardroom_tui.replay.recording import Recording
from boardroom_tui.replay.seat import Seat
from boardroom_tui.ui.settings import Settings

if TYPE_CHECKING:
    from boardroom_tui.ui.app import BoardroomApp


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "meeting", nargs="?", metavar="MEETING", help="the meeting's id, if there are several"
    )
    parser.add_argument("--data", metavar="DIR", help="where the record is")
    parser.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="X",
        help=f"how fast, from {SLOWEST:g} to {FASTEST:g} times the meeting (default: 1)",
    )
    parser.add_argument(
        "--as",
        dest="viewer",
        metavar="USER_ID",
        help="see it as this member did, with their own votes (default: as an onlooker)",
    )


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(
            f"expected a number from {SLOWEST:g} to {FASTEST:g}, not {text}"
        )
    return speed


def run(arguments: argparse.Namespace) -> int:
    """Play the meeting until the user leaves it."""
    if lack := why_no_screen(sys.stdin, sys.stdout):
        raise CommandError(lack)
    events, _ = recorded(data_folder(arguments.data, os.environ), arguments.meeting)
    try:
        recording = Recording(events)
    except ValueError as error:
        raise CommandError(str(error)) from error
    settings, seat = own_settings(), _seat(recording, arguments.viewer)
    with CrashReport() as report:
        in_loop(lambda: _play(seat, arguments.speed, settings, report))
    return 0


def _seat(recording: Recording, user_id: str | None) -> Seat:
    """The seat of the member of this id, whichever way it is written, or an onlooker's."""
    if user_id is None:
        return Seat(recording)
    end = recording.state(len(recording.events))
    member = end.member(user_id)
    if member is None:
        members = ", ".join(one.id for one in recording.charter(len(recording.events)).members)
        raise CommandError(f"{user_id} is no member of the meeting; there are {members}")
    return Seat(recording, member)


async def _play(seat: Seat, speed: float, settings: Settings, report: CrashReport) -> None:
    link = ReplayLink(seat, speed=speed)

    def replay() -> "BoardroomApp":
        # Textual takes long to import: whoever has no such meeting does not wait for it.
        from boardroom_tui.replay.app import ReplayApp  # noqa: PLC0415

        return ReplayApp(link, seat.recording.charter(1).id, settings=settings)

    await show_app(replay, report)
