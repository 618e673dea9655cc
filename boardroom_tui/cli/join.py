"""`boardroom join`: the terminal client, on the whole screen or line by line.

The screen does not wait for the server: one can write while it connects. Everything that can go
wrong before the meeting is there is one line and exit code 1, whether the screen is open or not.
"""

import argparse
import asyncio
import importlib
import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.entering import WayIn, add_role, add_way_in, enter
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.screen import Shown, show
from boardroom_tui.cli.settings_file import own_settings
from boardroom_tui.client.link import Link
from boardroom_tui.client.recent_meetings import RecentMeeting, RecentMeetings
from boardroom_tui.client.tokens import STANDARD_INPUT
from boardroom_tui.clock import utc_now
from boardroom_tui.protocol.messages.meeting import MeetingJoin, ParticipantJoined
from boardroom_tui.protocol.text import clean
from boardroom_tui.ui.settings import Settings

if TYPE_CHECKING:
    from boardroom_tui.client.kept_heads import KeptHeads
    from boardroom_tui.client.private.correspondence import Correspondence
    from boardroom_tui.state.model import Meeting
    from boardroom_tui.ui.app import BoardroomApp

_SCREEN, _LINES = "boardroom_tui.ui.app", "boardroom_tui.plain.attending"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `join` is told."""
    add_way_in(parser)
    add_role(parser)
    parser.add_argument(
        "--plain",
        action="store_true",
        help="line by line instead: for screen readers, simple terminals and pipes",
    )


def run(arguments: argparse.Namespace) -> int:
    """Join the meeting and stay until the user leaves."""
    stay(arguments)
    return 0


def stay(arguments: argparse.Namespace) -> bool:
    """As `run`: until the user leaves, False, or a signal ends it, True."""
    token_file: str | None = arguments.token_file
    plain: bool = arguments.plain
    if plain:
        if token_file == STANDARD_INPUT:
            words = "with --plain, standard input is what you say; give the token in a file"
            raise CommandError(words, code=2)
    elif not sys.stdout.isatty() or not (sys.stdin.isatty() or token_file == STANDARD_INPUT):
        raise CommandError("needs a terminal; --plain needs none")
    settings = own_settings()
    way = WayIn.told(arguments)
    if not plain and not sys.stdin.isatty():
        _take_keys_from_the_terminal()
    with CrashReport(way.token) as report:
        trust = way.trust()
        link = Link(
            way.address,
            way.tokens,
            meeting_id=None,
            trust=trust,
            asks=True,
            resumes=True,
            on_token=report.keep_out,
        )
        invitation = _Invitation(token_file, arguments.ca)
        return asyncio.run(_meet(link, way.join, report, invitation, None if plain else settings))


@dataclass(frozen=True, slots=True)
class _Invitation:
    """The files that the user named, for the list of recent meetings."""

    token_file: str | None
    ca: Path | None

    def recent(self, link: Link, joined: ParticipantJoined) -> RecentMeeting:
        """The meeting that was joined with them."""
        one = joined.data.participant
        given = self.token_file
        return RecentMeeting(
            url=link.address.url,
            meeting_id=joined.data.meeting_id,
            user_id=clean(one.user_id),
            user_name=clean(one.name),
            role=one.role.value,
            joined_at=utc_now(),
            token_file=None if given in (None, STANDARD_INPUT) else str(Path(given).absolute()),
            ca=None if self.ca is None else str(self.ca.absolute()),
        )


def _take_keys_from_the_terminal() -> None:
    """Standard input gave the token and is at its end; the keys come from the terminal itself."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        raise CommandError("needs a terminal") from None
    os.dup2(terminal, sys.stdin.fileno())
    os.close(terminal)


async def _meet(
    link: Link,
    join: MeetingJoin,
    report: CrashReport,
    invitation: _Invitation,
    settings: Settings | None,
) -> bool:
    """Stay in the meeting, on a screen with these settings, or line by line without any."""
    # Cryptography takes long to import.
    from boardroom_tui.client.kept_heads import KeptHeads  # noqa: PLC0415
    from boardroom_tui.client.private.correspondence import Correspondence  # noqa: PLC0415
    from boardroom_tui.client.private.keeping import OwnKeeping  # noqa: PLC0415

    keeping = OwnKeeping(link.address)
    correspondence = Correspondence(link, join.data.meeting_id, keeping)
    running = asyncio.create_task(correspondence.run())
    entering = asyncio.create_task(_enter(link, join, invitation))
    # It takes about as long to load as the server to answer.
    shell = _LINES if settings is None else _SCREEN
    loaded = asyncio.create_task(asyncio.to_thread(importlib.import_module, shell))
    try:
        await asyncio.wait({loaded, entering}, return_when=asyncio.FIRST_COMPLETED)
        if entering.done() or settings is None or not sys.stderr.isatty():
            # Not let in: no screen opens.
            await entering
        await loaded
        heads = done(KeptHeads.open(link.address, join.data.meeting_id))
        if settings is None:
            shown = await _attend(correspondence, join.data.meeting_id, heads)
        else:
            shown = await show(
                *(correspondence, join.data.meeting_id, report, heads),
                settings=settings,
                beside=lambda app: _let_in(app, link, entering),
            )
        if entering.done():
            # What it is called is known only now.
            RecentMeetings().remember(replace(entering.result(), title=shown.result.title))
        elif not shown.by_signal:
            raise KeyboardInterrupt  # The user would not wait.
        return shown.by_signal
    finally:
        entering.cancel()
        await asyncio.gather(entering, return_exceptions=True)
        await link.close()
        await running


async def _enter(link: Link, join: MeetingJoin, invitation: _Invitation) -> RecentMeeting:
    """Be let in, and remember it. Raises CommandError: why not, in one line."""
    recent = invitation.recent(link, await enter(link, join))
    RecentMeetings().remember(recent)
    return recent


async def _let_in(app: "BoardroomApp", link: Link, entering: asyncio.Task[RecentMeeting]) -> None:
    """Have the draft of who is let in on the screen; close it for who is not, who is told why."""
    from boardroom_tui.client.kept_draft import KeptDraft  # noqa: PLC0415 - as the screen

    try:
        # It outlives the screen, which may be left first.
        recent = await asyncio.shield(entering)
    except CommandError as error:
        app.exit(str(error))
        return
    await app.stands.wait()
    draft = KeptDraft.of(link.address, recent.meeting_id, recent.user_id)
    app.call_later(app.keep_draft, draft)  # as the app's own: it sets a timer


async def _attend(link: "Correspondence", meeting_id: str, heads: "KeptHeads") -> "Shown[Meeting]":
    """Take part in the meeting line by line until the user leaves, or a signal ends it.

    Raises:
        CommandError: The connection has ended by itself, or something that was typed is lost.
        KeyboardInterrupt: The user ended it by Ctrl+C.
    """
    from boardroom_tui.plain.attending import attend  # noqa: PLC0415

    attended = await attend(link, meeting_id, heads)
    if attended.ended_by is signal.SIGINT:
        raise KeyboardInterrupt
    if attended.reason is not None:
        raise CommandError(attended.reason)
    return Shown(attended.meeting, by_signal=attended.ended_by is not None)
