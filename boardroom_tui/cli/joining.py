"""What `boardroom join` does once there is time for it: connect, be let in, and take part."""

import argparse
import asyncio
import contextlib
import getpass
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.at_the_door import with_written
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.entering import asked, enter, join_message, look
from boardroom_tui.cli.loading_beside import load
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.screen import Shown, show
from boardroom_tui.cli.settings_file import own_settings
from boardroom_tui.cli.way_in import WayIn
from boardroom_tui.client.examination import Unknown
from boardroom_tui.client.kept_draft import KeptDraft
from boardroom_tui.client.kept_heads import KeptHeads
from boardroom_tui.client.link import Link
from boardroom_tui.client.private.correspondence import Correspondence
from boardroom_tui.client.private.keeping import OwnKeeping
from boardroom_tui.client.recent_meetings import RecentMeeting, RecentMeetings
from boardroom_tui.client.tokens import STANDARD_INPUT
from boardroom_tui.client.trust import Trust
from boardroom_tui.clock import utc_now
from boardroom_tui.protocol.messages.meeting import MeetingJoin, ParticipantJoined
from boardroom_tui.protocol.text import clean
from boardroom_tui.ui.settings import Settings

if TYPE_CHECKING:
    from boardroom_tui.state.model import Meeting
    from boardroom_tui.ui.app import BoardroomApp
    from boardroom_tui.ui.door.door import Door

_SCREEN, _LINES = "boardroom_tui.ui.app", "boardroom_tui.plain.attending"


def stay(
    way: WayIn,
    report: CrashReport,
    arguments: argparse.Namespace,
    why_gone: Callable[[], str | None],
    door: "Door | None" = None,
) -> bool:
    """Join on the screen, behind a door or without, or line by line.

    Until the user leaves, False, or a signal ends it, True. `why_gone` tells the screen why the
    server does not come back, where one knows.
    """
    settings = own_settings()
    report.keep_out(_token(way, door))
    found = in_loop(lambda: look(way))
    if isinstance(found, Unknown):
        # Only the user can vouch for this certificate.
        with door.aside() if door else contextlib.nullcontext():
            found = asked(way, found)
    invitation = _Invitation(arguments.token_file, arguments.ca)
    shown = None if arguments.plain else settings
    return in_loop(
        lambda: _meet(
            *(way, found, report, invitation), settings=shown, why_gone=why_gone, door=door
        )
    )


def _token(way: WayIn, door: "Door | None") -> str:
    """The token. A keyring that asks in the terminal finds it as it was. Raises CommandError."""
    if door is None:
        return way.token()
    ask = getpass.getpass

    def ask_aside(*words: Any, **more: Any) -> str:
        with door.aside():
            return ask(*words, **more)

    # That is how keyrings ask that have no window; they tell nobody before.
    getpass.getpass = ask_aside
    try:
        return way.token()
    finally:
        getpass.getpass = ask


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


async def _meet(
    way: WayIn,
    trust: Trust,
    report: CrashReport,
    invitation: _Invitation,
    *,
    settings: Settings | None,
    why_gone: Callable[[], str | None],
    door: "Door | None" = None,
) -> bool:
    """Stay in the meeting, on a screen with these settings, or line by line without any."""
    link = Link(
        way.address,
        way.tokens,
        meeting_id=None,
        trust=trust,
        asks=True,
        resumes=True,
        on_token=report.keep_out,
    )
    correspondence = Correspondence(link, way.meeting_id, OwnKeeping(link.address))
    running = asyncio.create_task(correspondence.run())
    join = join_message(way.meeting_id, way.role)
    entering = asyncio.create_task(_enter(link, join, invitation))
    try:
        # It takes about as long to load as the server to answer.
        shell = _LINES if settings is None else _SCREEN
        loaded = asyncio.create_task(load(shell))
        await asyncio.wait({loaded, entering}, return_when=asyncio.FIRST_COMPLETED)
        if entering.done() or door is None:
            # Not let in: no screen opens.
            await entering
        await loaded
        heads = done(KeptHeads.open(link.address, way.meeting_id))
        if settings is None:
            shown = await _attend(correspondence, way.meeting_id, heads)
        else:
            shown = await show(
                *(correspondence, way.meeting_id, report, heads),
                settings=settings,
                beside=lambda app: let_in(app, link, entering),
                server=clean(way.address.name),
                why_gone=why_gone,
                door=door,
            )
        if entering.done():
            # What it is called may be known only now, or be another.
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


async def let_in(app: "BoardroomApp", link: Link, entering: asyncio.Task[RecentMeeting]) -> None:
    """Have the draft of who is let in on the screen; close it for who is not, who is told why.

    What the meeting is called is kept as soon as it is told: not every end is in good order.
    """
    try:
        # It outlives the screen, which may be left first.
        recent = await asyncio.shield(entering)
    except CommandError as error:
        if app.stands.is_set():
            # Until then the door has what was written, or a part of it.
            await app.in_front.wait()
        app.exit(with_written(str(error), app.unsent))
        return
    # Not while the door may have a text of its own: the draft comes behind what was typed there.
    await app.in_front.wait()
    await app.stands.wait()
    draft = KeptDraft.of(link.address, recent.meeting_id, recent.user_id)
    app.call_later(app.keep_draft, draft)
    await app.titled.wait()
    RecentMeetings().remember(replace(recent, title=app.meeting.title))


async def _attend(link: Correspondence, meeting_id: str, heads: KeptHeads) -> "Shown[Meeting]":
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
