"""`boardroom host`: serve a meeting's file, print the invitations, and join, in one."""

import argparse
import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.cli import CommandError, invite, join
from boardroom_tui.cli.asking import answer_to
from boardroom_tui.cli.meeting_file import read_charter
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.own_server import OwnServer, own_server
from boardroom_tui.cli.parsing import parsed
from boardroom_tui.cli.printing import say
from boardroom_tui.cli.serve import add_place
from boardroom_tui.cli.terminal import why_no_screen
from boardroom_tui.cli.token import open_tokens
from boardroom_tui.client.address import Address
from boardroom_tui.meeting.charter import Charter, Member
from boardroom_tui.private_files import make_private_folder, write_private
from boardroom_tui.protocol.endpoint import is_loopback
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.server.tokens import LONGEST_LIFE


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `host` is told."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the meeting's file")
    parser.add_argument(
        "--as",
        dest="member",
        metavar="USER",
        help="whose seat to take (default: the first facilitator's in the file)",
    )
    add_place(parser)


def run(arguments: argparse.Namespace) -> int:
    """Serve, invite and join; in the end ask whether the server goes on."""
    if lack := why_no_screen():
        raise CommandError(f"{lack}; boardroom serve needs none")
    file: Path = arguments.file
    charter = read_charter(file)
    member = _seat(charter, arguments.member, file)
    data = data_folder(arguments.data, os.environ).absolute()
    words = ["--meeting", str(file), "--host", arguments.host, "--port", str(arguments.port)]
    with own_server(words, data) as server:
        invitations = _invite(charter, server, data)
        _print(invitations, charter, server)
        if is_loopback(arguments.host):
            say("The server hears this machine alone; --host 0.0.0.0 lets others in.\n")
        _wait_for_enter(f"Press Enter to go in as {member.name}, {member.role}. ")
        by_signal = join.stay(parsed(join, invitations.words[member.id]), server.why_gone)
        if gone := server.why_gone():
            raise CommandError(gone)
        if not by_signal and _goes_on(server):
            server.let_go()
            say(f"The server goes on as process {server.pid}, until: kill {server.pid}")
            say(f"The invitations are in {invitations.file}, what the server logs in {server.log}.")
            return 0
    say(f"The server has ended. The record is in {data}; boardroom minutes writes the minutes.")
    return 0


def _seat(charter: Charter, wanted: str | None, file: Path) -> Member:
    for member in charter.members:
        if (
            member.role is Role.FACILITATOR
            if wanted is None
            else same(Kind.USER, member.id, wanted)
        ):
            return member
    if wanted is None:
        raise CommandError(f"{file} names no facilitator; say whose seat to take with --as USER")
    there = ", ".join(member.id for member in charter.members)
    raise CommandError(f"{wanted} is not a member of the meeting in {file}; there are {there}")


@dataclass(frozen=True, slots=True)
class _Invitations:
    """What each member's `boardroom join` is given, by the member's id, and a file with it all."""

    words: dict[str, list[str]]
    elsewhere: str
    file: Path


def _invite(charter: Charter, server: OwnServer, data: Path) -> _Invitations:
    """Write the tokens, and the lines that join, into files that only this user can read."""
    tokens = open_tokens(str(data))
    folder = data / invite.FOLDER
    ca = None if server.ca is None else Path(server.ca)
    words: dict[str, list[str]] = {}
    try:
        make_private_folder(folder)
        for member in charter.members:
            token_file = invite.write_token(folder, charter, member, tokens, LONGEST_LIFE)
            words[member.id] = invite.words(server.url, charter, token_file, ca)
        elsewhere = invite.elsewhere(done(Address.parse(server.url)).host, ca)
        file = folder / f"{invite.file_name(charter.id)}.txt"
        write_private(file, "\n\n".join([*_lines(charter, words), elsewhere]).encode() + b"\n")
    except OSError as error:
        raise CommandError(f"cannot write {error.filename or folder}: {error.strerror}") from None
    except ValueError as error:
        raise CommandError(str(error)) from None
    return _Invitations(words, elsewhere, file)


def _lines(charter: Charter, words: dict[str, list[str]]) -> list[str]:
    return [
        f"{invite.heading(one)}\n{shlex.join(['boardroom', 'join', *words[one.id]])}"
        for one in charter.members
    ]


def _print(invitations: _Invitations, charter: Charter, server: OwnServer) -> None:
    say(f"Serving {charter.title} at {server.url}\n")
    for line in _lines(charter, invitations.words):
        say(f"{line}\n")
    say(f"{invitations.elsewhere}\n")
    say(f"Each member joins with the line below their name. All are in {invitations.file}\n")


def _goes_on(server: OwnServer) -> bool:
    """Ask; where nobody answers, it does not."""
    say("You have left the meeting. Its server is still running, for those who are in it.")
    say("  Enter       ends the server; the record is kept")
    say("  k, Enter    keeps it running without you")
    return answer_to("> ").lower() in ("k", "keep")


def _wait_for_enter(words: str) -> None:
    answer_to(words)
