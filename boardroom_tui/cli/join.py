"""`boardroom join`: the terminal client.

Everything that can go wrong before the meeting is there is one line and exit code 1; only then
the screen opens.
"""

import argparse
import asyncio
import importlib
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.screen import show
from boardroom_tui.cli.server_address import add_url, address_of
from boardroom_tui.cli.settings_file import own_settings
from boardroom_tui.client.address import Address
from boardroom_tui.client.examination import Unknown, find_trust
from boardroom_tui.client.known_servers import KnownServers, default_path
from boardroom_tui.client.link import Link, LinkEndedError, RequestRefusedError
from boardroom_tui.client.recent_meetings import RecentMeeting, RecentMeetings
from boardroom_tui.client.tokens import STANDARD_INPUT, choose_source
from boardroom_tui.client.trust import Pinned, Trust
from boardroom_tui.clock import utc_now
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.meeting import MeetingJoin, ParticipantJoined
from boardroom_tui.protocol.text import clean
from boardroom_tui.ui.settings import Settings

_SCREEN = "boardroom_tui.ui.app"

JOIN_SECONDS = 30.0
"""How long the server may take to let somebody in."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `join` is told."""
    add_url(parser, "where the server is")
    parser.add_argument("--meeting", metavar="ID", help="the meeting, if the URL does not name it")
    parser.add_argument(
        "--token-file",
        metavar="PATH",
        help="a file with the token, - for standard input (default: BOARDROOM_TOKEN, the keyring)",
    )
    parser.add_argument(
        "--ca",
        type=Path,
        metavar="PATH",
        help="the certificate, or its authority's, to trust (default: the system's store)",
    )
    parser.add_argument(
        "--role", choices=[role.value for role in Role], help="join in a lower role than one's own"
    )


def run(arguments: argparse.Namespace) -> int:
    """Join the meeting and stay until the user leaves."""
    stay(arguments)
    return 0


def stay(arguments: argparse.Namespace) -> bool:
    """As `run`: until the user leaves, False, or a signal ends it, True."""
    token_file: str | None = arguments.token_file
    if not sys.stdout.isatty() or not (sys.stdin.isatty() or token_file == STANDARD_INPUT):
        raise CommandError("needs a terminal")
    address = address_of(arguments)
    join = join_message(arguments.meeting or address.meeting_id, arguments.role)
    settings = own_settings()
    tokens = done(choose_source(address, token_file, os.environ, sys.stdin))
    token = done(tokens.read())
    if not sys.stdin.isatty():
        _take_keys_from_the_terminal()
    with CrashReport(token) as report:
        trust = _trust(address, arguments.ca)
        link = Link(
            address, tokens, meeting_id=None, trust=trust, asks=True, on_token=report.keep_out
        )
        invitation = _Invitation(token_file, arguments.ca)
        return asyncio.run(_meet(link, join, report, invitation, settings))


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


def join_message(meeting_id: str | None, role: str | None) -> MeetingJoin:
    """What asks to be let in. Raises CommandError."""
    if meeting_id is None:
        raise CommandError("which meeting? give --meeting ID", code=2)
    try:
        data = MeetingJoin.Data(meeting_id=meeting_id, role=None if role is None else Role(role))
    except ValidationError:
        raise CommandError("--meeting is not a meeting's identifier", code=2) from None
    return MeetingJoin(data=data)


def _take_keys_from_the_terminal() -> None:
    """Standard input gave the token and is at its end; the keys come from the terminal itself."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        raise CommandError("needs a terminal") from None
    os.dup2(terminal, sys.stdin.fileno())
    os.close(terminal)


def _trust(address: Address, ca: Path | None) -> Trust:
    """What the server's certificate must be; a new self-signed one is the user's decision."""
    known = KnownServers(default_path())
    found = done(asyncio.run(find_trust(address, ca, known)))
    if not isinstance(found, Unknown):
        return found
    print(
        f"The certificate of {address.name} is self-signed and not known here. Its SHA-256:\n"
        f"{found.fingerprint}\n"
        "Compare it with what the server's owner says. Trust it from now on? [y/N] ",
        end="",
        flush=True,
    )
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise CommandError("the certificate is not trusted")
    done(known.trust(address, found.fingerprint))
    return Pinned(found.fingerprint)


async def _meet(
    link: Link,
    join: MeetingJoin,
    report: CrashReport,
    invitation: _Invitation,
    settings: Settings,
) -> bool:
    # Cryptography takes long to import: whoever is not let in does not wait for it.
    from boardroom_tui.client.kept_draft import KeptDraft  # noqa: PLC0415
    from boardroom_tui.client.kept_heads import KeptHeads  # noqa: PLC0415
    from boardroom_tui.client.private.correspondence import Correspondence  # noqa: PLC0415
    from boardroom_tui.client.private.keeping import OwnKeeping  # noqa: PLC0415

    keeping = OwnKeeping(link.address)
    correspondence = Correspondence(link, join.data.meeting_id, keeping)
    running = asyncio.create_task(correspondence.run())
    # It takes about as long to load as the server to answer.
    loaded = asyncio.create_task(asyncio.to_thread(importlib.import_module, _SCREEN))
    try:
        recent = invitation.recent(link, await enter(link, join))
        RecentMeetings().remember(recent)
        await loaded
        heads = done(KeptHeads.open(link.address, join.data.meeting_id))
        draft = KeptDraft.of(link.address, join.data.meeting_id, recent.user_id)
        shown = await show(
            correspondence, join.data.meeting_id, report, heads, settings=settings, draft=draft
        )
        # What it is called is known only now.
        RecentMeetings().remember(replace(recent, title=shown.result.title))
        return shown.by_signal
    finally:
        await link.close()
        await running


async def enter(link: Link, join: MeetingJoin) -> ParticipantJoined:
    """Connect and be let in. Raises CommandError: why not, in one line."""
    problem = await link.ready()
    if problem is not None:
        raise CommandError(str(problem))
    try:
        answer = await link.send_and_wait(join, JOIN_SECONDS)
    except RequestRefusedError as error:
        raise CommandError(f"{join.data.meeting_id}: {error.refused.data.message}") from None
    except LinkEndedError as error:
        raise CommandError(str(error)) from None
    except TimeoutError:
        raise CommandError(f"{link.address.name} does not answer") from None
    if not isinstance(answer, ParticipantJoined):
        raise CommandError(f"{link.address.name} does not answer as a Boardroom server does")
    return answer
