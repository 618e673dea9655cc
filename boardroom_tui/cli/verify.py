"""`boardroom verify`: check a meeting's record end to end."""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.printing import say
from boardroom_tui.client.kept_heads import heads_of
from boardroom_tui.heads import KEY_FILE, HeadCode, head_code, read_code
from boardroom_tui.meeting.state import Decision
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.text import clean
from boardroom_tui.protocol.unpadded import encoded
from boardroom_tui.protocol.words import result_in_words, votes_in_words
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.record.finding import named
from boardroom_tui.record.problems import JournalError
from boardroom_tui.record.receipt import Receipt, receipt
from boardroom_tui.record.signatures import against
from boardroom_tui.record.stored import Stored, stored
from boardroom_tui.record.verification import Verification, verify
from boardroom_tui.record.wording import counted
from boardroom_tui.server.keys import signing_key

_MOST_SHOWN = 50
_SAW = "a client on this machine saw"
_SAW_ANOTHER = (
    f"{_SAW}, signed with another key than this record's (at another server with a meeting of "
    "this id?),"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "meeting", nargs="?", metavar="MEETING", help="the meeting's id; else all that are recorded"
    )
    parser.add_argument("--data", metavar="DIR", help="where the record is, or a copy of it")
    parser.add_argument(
        "--vote", metavar="VOTE_ID", help="look up a vote by the id that its voter was given"
    )
    parser.add_argument(
        "--head", metavar="CODE", help="a verification code, from the minutes or a screen"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what was checked and what is wrong, each with its place."""
    folder = data_folder(arguments.data, os.environ)
    try:
        record = stored(folder)
    except JournalError as error:
        raise CommandError(str(error)) from error
    wrong = len(record.damage)
    for line in record.damage:
        say(clean(line))
    meetings = _chosen(record, arguments.meeting, folder)
    own_key = _own_key(folder)
    code = None if arguments.head is None else _code(arguments.head, meetings)
    vote_id: str = arguments.vote or ""
    receipts = _receipts(record, meetings, vote_id) if vote_id else {}
    for meeting_id in meetings:
        checked = _checked(record, meeting_id, code, own_key)
        wrong += len(checked.findings)
        for line in _told(checked):
            say(line)
        if meeting_id in receipts:
            say(f"  {_receipt(vote_id, receipts[meeting_id])}")
    if wrong:
        raise CommandError(f"the record does not hold: {counted(wrong, 'problem', 'problems')}")
    return 0


def _chosen(record: Stored, wanted: str | None, folder: Path) -> tuple[str, ...]:
    """The meetings that are meant."""
    if wanted is None and (record.links or record.damage):
        return tuple(record.links)
    if not record.links:
        raise CommandError(f"no meeting is recorded in {folder}")
    named = tuple(each for each in record.links if same(Kind.MEETING, each, wanted or ""))
    if not named:
        there = clean(", ".join(record.links))
        raise CommandError(f"there is no meeting {wanted}; there is {there}")
    return named


def _receipts(record: Stored, meetings: Sequence[str], vote_id: str) -> dict[str, Receipt]:
    found = {meeting_id: receipt(record.links[meeting_id], vote_id) for meeting_id in meetings}
    receipts = {meeting_id: one for meeting_id, one in found.items() if one is not None}
    if not receipts:
        raise CommandError(f"there is no vote {vote_id} in the record")
    return receipts


def _receipt(vote_id: str, found: Receipt) -> str:
    said = "secret" if found.vote is None else str(found.vote)
    counts = "it counts" if found.replaced_by is None else f"replaced by {found.replaced_by}"
    where = f"{clean(found.title)} ({found.decision_id})"
    try:
        code = f", code {head_code(found.link.sequence, found.link.hash)}"
    except ValueError:
        code = ""  # the check of the chain names it
    return f"{vote_id}: {said}, on {where}, {named(found.link)}; {counts}{code}"


def _code(text: str, meetings: Sequence[str]) -> HeadCode:
    code = read_code(text)
    if code is None:
        raise CommandError("--head is not a code such as 42 ABCD-EFGH-IJKL-MNOP", code=2)
    if len(meetings) > 1:
        raise CommandError(f"say which meeting the code is of: {clean(', '.join(meetings))}")
    return code


def _own_key(folder: Path) -> str | None:
    """The public key that the server in this folder signs with; a copy need not have it."""
    path = folder / KEY_FILE
    if not path.exists():
        return None
    try:
        return encoded(signing_key(path).public_key().public_bytes_raw())
    except (OSError, ValueError) as error:
        raise CommandError(f"cannot read the key of the record: {error}") from error


def _checked(
    record: Stored, meeting_id: str, code: HeadCode | None, own_key: str | None
) -> Verification:
    ballots = {
        decision: kept
        for (meeting, decision), kept in record.ballots.items()
        if meeting == meeting_id
    }
    links, signed = record.links[meeting_id], record.heads.get(meeting_id, ())
    checked = verify(meeting_id, links, signed, ballots, own_key)
    differences = [] if code is None else [*against(links, code, "the code that was given is")]
    keys = {own_key, *(head.public_key for head in signed)} - {None}
    for head in heads_of(meeting_id):
        by_another = bool(keys) and head.public_key not in keys
        whose = _SAW_ANOTHER if by_another else _SAW
        differences += against(links, head_code(head.sequence, head.hash), whose)
    return replace(checked, findings=(*checked.findings, *differences))


def _told(checked: Verification) -> Iterator[str]:
    """What a secretary reads: the meeting, its decisions, then what is wrong or that nothing is."""
    charter = checked.state.charter
    title = "" if charter is None else f", {clean(charter.title)}"
    yield f"{clean(checked.meeting_id)}{title}"
    yield f"  {counted(len(checked.links), 'event', 'events')} in one chain of hashes"
    yield f"  {_signed(checked)}"
    for decision in checked.decisions:
        yield f"  {_decision(decision)}"
    for finding in checked.findings[:_MOST_SHOWN]:
        yield f"  WRONG: {finding}"
    if len(checked.findings) > _MOST_SHOWN:
        yield f"  and {len(checked.findings) - _MOST_SHOWN} more"
    if not checked.findings:
        unsigned = "It fits together, but its results are not signed."
        yield f"  {unsigned if checked.unsigned else 'All of it holds.'}"


def _signed(checked: Verification) -> str:
    if not checked.heads:
        return "not signed by anybody: whoever holds the folder could have written it anew"
    newest = checked.heads[-1]
    code = head_code(newest.sequence, newest.hash)
    return f"signed by the server up to event {code.sequence} of {len(checked.links)}, code {code}"


def _decision(decision: Decision) -> str:
    opened, closed = decision.opened, decision.closed
    name = f"{clean(opened.title)} ({opened.decision_id})"
    voted = counted(len(decision.ballots), "member", "members")
    if closed is None:
        return f"{name}: still open, {voted} voted so far"
    if closed.cause == "withdrawn":
        return f"{name}: withdrawn"
    result = result_in_words(closed.result, opened.method)
    return f"{name}: {result}, {votes_in_words(closed.final_votes)}"
