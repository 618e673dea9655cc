"""`boardroom invite`: for each member of a meeting, the line that joins it."""

import argparse
import shlex
from datetime import timedelta
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.meeting_file import read_charter
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.printing import fingerprint_lines, say
from boardroom_tui.cli.server_file import Place, base_of, place, read_config
from boardroom_tui.cli.token import life, open_tokens
from boardroom_tui.client.address import Address
from boardroom_tui.clock import utc_now
from boardroom_tui.file_lock import FileLock, InUseError
from boardroom_tui.meeting.charter import Charter, Member
from boardroom_tui.private_files import make_private_folder, write_private
from boardroom_tui.protocol import endpoint
from boardroom_tui.protocol.endpoint import HOST, PORT, is_loopback
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.text import clean
from boardroom_tui.server import tls
from boardroom_tui.server.server import LOCK_FILE, shown_host
from boardroom_tui.server.tls import authority, certificate, fingerprint, valid_host
from boardroom_tui.server.tokens import LONGEST_LIFE, Tokens

FOLDER = "invitations"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `invite` is told."""
    parser.add_argument("--meeting", required=True, type=Path, metavar="FILE")
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="the file that serve is given, if any",
    )
    parser.add_argument("--data", metavar="DIR", help="the server's data folder")
    parser.add_argument("--user", metavar="ID", help="only this member (default: all of them)")
    parser.add_argument("--url", help="the server's address, if it is not at --host and --port")
    parser.add_argument("--host", help=f"(default: {HOST})")
    parser.add_argument("--port", type=int, help=f"(default: {PORT})")
    parser.add_argument(
        "--cert", type=Path, metavar="PATH", help="the certificate that serve shows, if given one"
    )
    parser.add_argument(
        "--ttl",
        type=life,
        default=LONGEST_LIFE,
        metavar="SECONDS",
        help="how long an invitation is good (default: 12 hours)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the lines; the tokens are in files that only this user can read."""
    charter = read_charter(arguments.meeting)
    members = _chosen(charter, arguments.user, arguments.meeting)
    server = read_config(arguments.config).server
    where = place(arguments, server)
    data = where.data
    cert: Path | None = arguments.cert
    if cert is None and server.cert is not None:
        cert = base_of(arguments) / server.cert
    tokens = open_tokens(str(data))
    try:
        address = _address(arguments.url, where, cert, secure=server.tls)
        ca = _authority(cert, where) if address.secure else None
        # Under another name than its own it is trusted by its fingerprint, or not at all.
        is_named = ca is None or valid_host(ca, address.host) == address.host
        trusted = ca if is_named else None
        folder = data / FOLDER
        make_private_folder(folder)
        for number, member in enumerate(members):
            token_file = write_token(folder, charter, member, tokens, arguments.ttl)
            if number:
                say()
            say(heading(member))
            line = ["boardroom", "join", *words(address.url, charter, token_file, trusted)]
            say(shlex.join(line))
        say(f"\n{elsewhere(address.host, ca)}")
    except OSError as error:
        raise CommandError(f"cannot write {error.filename or data}: {error.strerror}") from None
    except ValueError as error:
        raise CommandError(str(error)) from None
    return 0


def _address(url: str | None, where: Place, cert: Path | None, *, secure: bool) -> Address:
    """Where the server is: by a name that the certificate given is valid for. Raises ValueError."""
    host = shown_host(where.host)
    if cert is not None:
        host = valid_host(cert, host)
    return done(Address.parse(url or endpoint.url(host, where.port, secure=secure)))


def _authority(cert: Path | None, where: Place) -> Path | None:
    """What members are to trust the server's certificate by. Raises OSError, ValueError."""
    if cert is not None:
        return authority(cert)
    try:
        lock = FileLock(where.data / LOCK_FILE)
    except InUseError:
        # A server that runs goes on showing the one it began with, whatever would be made anew.
        path = where.data / tls.FOLDER / tls.CERTIFICATE_FILE
        return path if path.exists() else certificate(where.data, where.host, utc_now())
    try:
        return authority(certificate(where.data, where.host, utc_now()))
    finally:
        lock.release()


def _chosen(charter: Charter, user_id: str | None, file: Path) -> tuple[Member, ...]:
    if user_id is None:
        return charter.members
    chosen = tuple(m for m in charter.members if same(Kind.USER, m.id, user_id))
    if not chosen:
        raise CommandError(f"{user_id} is not a member of the meeting in {file}")
    return chosen


def heading(member: Member) -> str:
    """The comment above a member's line."""
    return clean(f"# {member.name} ({member.id}), {member.role}")


def elsewhere(host: str, ca: Path | None) -> str:
    """What changes in a line for whoever cannot read these files. Raises OSError, ValueError."""
    lines = [
        "From another account or machine:",
        "  --token-file: the member's own copy of the file",
    ]
    if is_loopback(host):
        lines.append(f"  {host}: the server's address, from another machine")
    if ca is not None:
        lines.append("  without --ca: joining asks about the certificate, whose SHA-256 is")
        lines.append(fingerprint_lines(fingerprint(ca), "    "))
    return "\n".join(f"# {line}" for line in "\n".join(lines).split("\n"))


def write_token(
    folder: Path, charter: Charter, member: Member, tokens: Tokens, ttl: timedelta
) -> Path:
    """A file with the member's token, in place of an earlier one. Raises OSError."""
    token = tokens.issue(member.id, member.name, None, ttl, utc_now())
    path = folder / f"{file_name(charter.id)}-{file_name(member.id)}.token"
    write_private(path, f"{token}\n".encode())
    return path


def file_name(identifier: str) -> str:
    """An identifier as part of a file's name: another one for each, whatever is in it."""
    return "".join(
        sign if sign.isalnum() or sign in "_-" else f"%{ord(sign):02x}" for sign in identifier
    )


def words(url: str, charter: Charter, token_file: Path, ca: Path | None) -> list[str]:
    """What `boardroom join` is given."""
    given = [url, "--meeting", charter.id, "--token-file", str(token_file.absolute())]
    return given if ca is None else [*given, "--ca", str(ca.absolute())]
