"""The way into a meeting, for every command that takes part in one: what it is told, and whether
the server lets it in.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncGenerator, Callable

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.asking import answer_to
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.printing import fingerprint_lines
from boardroom_tui.cli.way_in import WayIn
from boardroom_tui.client.examination import Unknown, Unseen, find_trust
from boardroom_tui.client.known_servers import KnownServers, default_path
from boardroom_tui.client.link import Link, LinkEndedError, RequestRefusedError
from boardroom_tui.client.trust import Authorities, Pinned, Trust
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.meeting import MeetingJoin, ParticipantJoined
from boardroom_tui.protocol.text import clean
from boardroom_tui.session.connection import Phase

ANSWER_SECONDS = 30.0
"""How long the server may take to answer, from the first attempt to connect."""


def join_message(meeting_id: str, role: str | None) -> MeetingJoin:
    """What asks to be let in."""
    wanted = None if role is None else Role(role)
    return MeetingJoin(data=MeetingJoin.Data(meeting_id=meeting_id, role=wanted))


async def look(way: WayIn) -> Trust | Unknown:
    """What the server's certificate must be, unless only the user can say. Raises CommandError."""
    return done(await find_trust(way.address, way.ca, KnownServers(default_path())))


def asked(way: WayIn, unknown: Unknown) -> Trust:
    """Ask whether to trust a new self-signed certificate. Raises CommandError: it is not."""
    told = f"The certificate of {way.address.name} is self-signed and not known here."
    if not sys.stdin.isatty():
        raise CommandError(f"{told[0].lower()}{told[1:-1]}; give it with --ca")
    said = answer_to(
        f"{told}\nIts SHA-256 is\n"
        f"{fingerprint_lines(unknown.fingerprint, '  ')}\n"
        "Compare it with what the server's owner says. Trust it from now on? [y/N] "
    )
    if said.lower() not in ("y", "yes"):
        raise CommandError("the certificate is not trusted")
    done(KnownServers(default_path()).trust(way.address, unknown.fingerprint))
    return Pinned(unknown.fingerprint)


def trusted(way: WayIn, *, patient: bool = False) -> Trust:
    """What the server's certificate must be; the user is asked if need be. Raises CommandError.

    Who is `patient` connects later to one that cannot be reached now, if an authority signed.
    """
    known = KnownServers(default_path())
    found = in_loop(lambda: find_trust(way.address, way.ca, known))
    if patient and isinstance(found, Unseen):
        return Authorities()
    found = done(found)
    return asked(way, found) if isinstance(found, Unknown) else found


@contextlib.asynccontextmanager
async def linked(way: WayIn, trust: Trust, on_token: Callable[[str], None]) -> AsyncGenerator[Link]:
    """A link for a script, closed when the block is left; it comes back by itself meanwhile."""
    link = Link(way.address, way.tokens, meeting_id=None, trust=trust, on_token=on_token)
    running = asyncio.create_task(link.run())
    try:
        yield link
    finally:
        await link.close()
        await running


async def enter(link: Link, join: MeetingJoin, *, patient: bool = False) -> ParticipantJoined:
    """Connect and be let in; see `answered`. Raises CommandError: why not, in one line."""
    not_done = f"{join.data.meeting_id}: "
    answer = await answered(link, join, lambda refused: not_done + refused, patient=patient)
    if not isinstance(answer, ParticipantJoined):
        raise CommandError(f"{link.address.name} does not answer as a Boardroom server does")
    return answer


async def answered(
    link: Link, request: ClientMessage, not_done: Callable[[str], str], *, patient: bool = False
) -> ServerMessage:
    """Connect, ask, and wait for the answer.

    Who is `patient` is told that the server cannot be reached, and waits for it as long as for an
    answer; the link sends again what was not answered, under the same id, so it counts once.

    Raises:
        CommandError: It could not be asked, was refused (`not_done` words that), or not answered.
    """
    # At once, so that it goes before whatever is sent while it connects.
    asked = asyncio.create_task(link.send_and_wait(request, ANSWER_SECONDS))
    waiting = asyncio.create_task(_say_that_it_waits(link)) if patient else None
    try:
        problem = None if patient else await link.ready()
        if problem is not None:
            raise CommandError(str(problem))
        return await asked
    except RequestRefusedError as error:
        raise CommandError(not_done(error.refused.data.message)) from None
    except LinkEndedError as error:
        raise CommandError(str(error)) from None
    except TimeoutError:
        raise CommandError(_unanswered(link)) from None
    finally:
        asked.cancel()
        if waiting is not None:
            waiting.cancel()
        await asyncio.gather(asked, return_exceptions=True)


async def _say_that_it_waits(link: Link) -> None:
    """Tell once, on standard error, that the server cannot be reached, and how long it is tried."""
    told = f"{await link.waiting()}; trying again, for {ANSWER_SECONDS:g} seconds at most"
    print(clean(told), file=sys.stderr, flush=True)


def _unanswered(link: Link) -> str:
    """Why there is no answer; and that it may have been done, where it may have been sent."""
    connection = link.connection
    if connection.phase is Phase.READY or connection.lost_at is not None:
        return f"{link.address.name} does not answer; it may have been done all the same"
    return connection.reason or f"{link.address.name} does not answer"
