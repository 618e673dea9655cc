"""`boardroom watch`: what happens in a meeting, a line each, for people and for programs.

It joins like anybody; `--role observer` is there without a vote, and so without a part in the
quorum.
"""

import argparse
import asyncio
import json
from collections.abc import Iterator

from boardroom_tui.cli import CommandError, printing
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.entering import enter, join_message, linked, trusted
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.way_in import WayIn, add_role, add_way_in
from boardroom_tui.client.trust import Trust
from boardroom_tui.client.updates import ConnectionChanged, Update
from boardroom_tui.clock import utc_now
from boardroom_tui.plain.connecting import connection_told
from boardroom_tui.plain.telling import told
from boardroom_tui.protocol.codec import encode
from boardroom_tui.protocol.messages.connection import Pong
from boardroom_tui.session.client_output import Heard, Unfamiliar
from boardroom_tui.session.connection import Connection
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `watch` is told."""
    add_way_in(parser)
    add_role(parser)
    parser.add_argument(
        "--json", action="store_true", help="each event as an object: its type and data"
    )
    parser.add_argument("--until", metavar="TYPE", help="end with the first event of this type")
    parser.add_argument(
        "--seconds", type=float, metavar="N", help="end after so long; with --until as a failure"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print events until the end that was asked for, or Ctrl+C."""
    way = WayIn.told(arguments)
    with CrashReport(way.token()) as report:
        trust = trusted(way)
        in_loop(lambda: _watch(way, trust, arguments, report))
    return 0


async def _watch(
    way: WayIn, trust: Trust, arguments: argparse.Namespace, report: CrashReport
) -> None:
    until: str | None = arguments.until
    try:
        async with (
            asyncio.timeout(arguments.seconds),
            linked(way, trust, report.keep_out) as link,
        ):
            await enter(link, join_message(way.meeting_id, way.role))
            tale = _Told(way.meeting_id, link.connection)
            while (update := await link.updates.next_of_all()) is not None:
                for line in _as_json(update) if arguments.json else tale.lines(update):
                    printing.say(line)
                if until is not None and _type_of(update) == until:
                    return
            raise CommandError(link.connection.reason or "the connection has ended")
    except TimeoutError:
        if until is not None:
            words = f"no {until} came in {arguments.seconds:g} seconds"
            raise CommandError(words) from None


def _type_of(update: Update | Unfamiliar) -> str | None:
    match update:
        case Heard(message):
            return message.type
        case Unfamiliar():
            return update.type
        case _:
            return None


def _as_json(update: Update | Unfamiliar) -> Iterator[str]:
    """The event in ASCII, so that nothing in it moves a terminal; heartbeats are none."""
    match update:
        case Heard(message) if not isinstance(message, Pong):
            event = json.loads(encode(message))
            yield json.dumps({"type": event["type"], "data": event["data"]})
        case Unfamiliar():
            yield json.dumps({"type": update.type, "data": dict(update.data)})
        case _:
            return


class _Told:
    """The meeting as it was told so far, and what is new in it."""

    def __init__(self, meeting_id: str, connection: Connection) -> None:
        self._meeting = Meeting(meeting_id)
        self._connection = connection

    def lines(self, update: Update | Unfamiliar) -> Iterator[str]:
        """What an update changes, in sentences."""
        match update:
            case Heard(message):
                before, self._meeting = self._meeting, reduce(self._meeting, message, utc_now())
                yield from told(before, self._meeting, utc_now(), None, watching=True)
            case ConnectionChanged(connection):
                words = connection_told(self._connection, connection, utc_now())
                self._connection = connection
                if words is not None:
                    yield words
            case _:
                return
