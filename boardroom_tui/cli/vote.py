"""`boardroom vote`: one vote, for scripts; exit 0 only when it is recorded.

It joins, since only then the server tells what is open, and leaves again.
"""

import argparse
import asyncio
import sys

from boardroom_tui.cli import CommandError, printing
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.entering import (
    ANSWER_SECONDS,
    answered,
    enter,
    join_message,
    linked,
    trusted,
)
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.server_address import no_url
from boardroom_tui.cli.text_file import sure_text
from boardroom_tui.cli.way_in import WayIn, add_way_in
from boardroom_tui.client.link import Link
from boardroom_tui.client.tokens import STANDARD_INPUT
from boardroom_tui.client.trust import Trust
from boardroom_tui.clock import utc_now
from boardroom_tui.plain.deeds import DEEDS
from boardroom_tui.plain.outcome import Question
from boardroom_tui.plain.telling import is_in
from boardroom_tui.plain.words import plain
from boardroom_tui.protocol.fields import Vote
from boardroom_tui.protocol.identifiers import Kind, key_in
from boardroom_tui.protocol.messages.decision import VoteCast, VoteReceived
from boardroom_tui.session.client_output import Heard
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce
from boardroom_tui.state.select import open_decisions
from boardroom_tui.ui.command import CommandId, reason_against
from boardroom_tui.ui.commands import BY_ID
from boardroom_tui.ui.situation import Situation


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `vote` is told."""
    choices = [vote.value for vote in Vote]
    parser.add_argument(
        "vote", type=no_url, choices=choices, metavar="VOTE", help=", ".join(choices)
    )
    add_way_in(parser, url_as_option=True)
    parser.add_argument("--decision", metavar="ID", help="which, where several votes are open")
    parser.add_argument("--comment", default="", metavar="TEXT", help="a comment with the vote")
    parser.add_argument("--yes", action="store_true", help="do not ask first")


def run(arguments: argparse.Namespace) -> int:
    """Ask, vote, and print the id of the vote as it is recorded."""
    is_asked = sys.stdin.isatty() and sys.stdout.isatty()
    if not arguments.yes and (not is_asked or arguments.token_file == STANDARD_INPUT):
        raise CommandError("there is no terminal to confirm it at; give --yes", code=2)
    sure_text(arguments.comment, "the comment")
    way = WayIn.told(arguments)
    with CrashReport(way.token()) as report:
        trust = trusted(way, patient=True)
        recorded = in_loop(lambda: _vote(way, trust, arguments, report))
    printing.say(f"Vote recorded: {arguments.vote}, {recorded.data.vote_id}")
    return 0


async def _vote(
    way: WayIn, trust: Trust, arguments: argparse.Namespace, report: CrashReport
) -> VoteReceived:
    async with linked(way, trust, report.keep_out) as link:
        await enter(link, join_message(way.meeting_id, way.role), patient=True)
        meeting = await _meeting(link, way.meeting_id)
        situation = Situation(meeting, decision_id=_decision(meeting, arguments.decision))
        request = _request(situation, arguments)
        not_done = "not recorded: "
        answer = await answered(link, request, lambda why: not_done + why, patient=True)
    if not isinstance(answer, VoteReceived):
        raise CommandError(f"{way.address.name} does not answer as a Boardroom server does")
    return answer


async def _meeting(link: Link, meeting_id: str) -> Meeting:
    """The meeting, once the server has told what is open in it."""
    meeting = Meeting(meeting_id)
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            async for update in link.updates:
                if isinstance(update, Heard):
                    meeting = reduce(meeting, update.message, utc_now())
                    if is_in(meeting):
                        return meeting
    except TimeoutError:
        pass
    raise CommandError(f"{link.address.name} does not tell what is open")


def _decision(meeting: Meeting, given: str | None) -> str:
    """The decision meant: the one named, else the only one that is open."""
    if given is not None:
        key = key_in(meeting.decisions, Kind.DECISION, given)
        if key not in meeting.decisions:
            raise CommandError(f"there is no decision {plain(given)}")
        return key
    match open_decisions(meeting):
        case ():
            raise CommandError("no vote is open")
        case (one,):
            return one.decision_id
        case several:
            ids = ", ".join(plain(view.decision_id) for view in several)
            raise CommandError(f"several votes are open; give --decision: {ids}")


def _request(situation: Situation, arguments: argparse.Namespace) -> VoteCast:
    """The vote, once it is confirmed."""
    command = CommandId(arguments.vote)
    reason = reason_against(BY_ID[command], situation)
    if reason is not None:
        raise CommandError(plain(reason))
    outcome = DEEDS[command](situation, arguments.comment)
    if outcome.asks is None:
        raise CommandError(" ".join(outcome.says))
    yes = "yes" if arguments.yes else _ask(outcome.asks)
    for message in outcome.asks.answer(yes).sends:
        if isinstance(message, VoteCast):
            return message
    raise CommandError("nothing was voted")


def _ask(question: Question) -> str:
    printing.say(question.words)
    return sys.stdin.readline()
