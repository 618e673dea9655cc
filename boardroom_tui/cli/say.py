"""`boardroom say`: one message to everybody, for scripts; exit 0 only when it is recorded.

It does not join: the meeting hears of nobody who comes and goes, and no quorum moves.
"""

import argparse
import sys

from pydantic import ValidationError

from boardroom_tui.cli import CommandError, printing
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.entering import answered, linked, trusted
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.server_address import no_url
from boardroom_tui.cli.text_file import sure_text
from boardroom_tui.cli.way_in import WayIn, add_way_in
from boardroom_tui.client.tokens import STANDARD_INPUT
from boardroom_tui.client.trust import Trust
from boardroom_tui.protocol.limits import CHAT_CHARACTERS
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `say` is told."""
    parser.add_argument(
        "text", type=no_url, metavar="TEXT", help="what to say, - for standard input"
    )
    add_way_in(parser, url_as_option=True)


def run(arguments: argparse.Namespace) -> int:
    """Say it, and print the id under which it stands."""
    text: str = arguments.text
    if text == STANDARD_INPUT:
        if arguments.token_file == STANDARD_INPUT:
            raise CommandError("standard input cannot give both the token and the text", code=2)
        text = sys.stdin.read().strip()
    way = WayIn.told(arguments)
    request = _request(way.meeting_id, sure_text(text, "the message"))
    with CrashReport(way.token()) as report:
        trust = trusted(way, patient=True)
        said = in_loop(lambda: _say(way, trust, request, report))
    printing.say(f"Said: {said.data.message_id}")
    return 0


def _request(meeting_id: str, text: str) -> ChatSend:
    try:
        return ChatSend(data=ChatSend.Data(meeting_id=meeting_id, message=text))
    except ValidationError:
        words = f"a message has 1 to {CHAT_CHARACTERS:,} characters, and not only blanks"
        raise CommandError(words) from None


async def _say(way: WayIn, trust: Trust, request: ChatSend, report: CrashReport) -> ChatMessage:
    async with linked(way, trust, report.keep_out) as link:
        not_done = "not sent: "
        answer = await answered(link, request, lambda why: not_done + why, patient=True)
    if not isinstance(answer, ChatMessage):
        raise CommandError(f"{way.address.name} does not answer as a Boardroom server does")
    return answer
