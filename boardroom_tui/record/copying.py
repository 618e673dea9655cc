"""A copy of a record: made while it is in use, and checked before anybody relies on it."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from boardroom_tui.record.ballots import BallotKeys
from boardroom_tui.record.database import Schema, check_whole, connect, connect_read_only, problem
from boardroom_tui.record.mailbox_schema import MAILBOX
from boardroom_tui.record.problems import BallotsOpenError, DamagedError, JournalError
from boardroom_tui.record.schema import BALLOT_KEYS, JOURNAL
from boardroom_tui.record.stored import stored
from boardroom_tui.record.verification import verify

_TRIES = 3
"""Secret ballots may close while they are copied; seldom twice."""


def copy_record(source: Path, target: Path, *, open_ballots: bool) -> None:
    """Copy the journal and the mailbox, each as it is at one moment, into an empty folder.

    With `open_ballots` the ballots of secret votes that are open come along, and the keys that
    open them: without these nobody could count them.

    Raises:
        BallotsOpenError: A secret vote is open, and its ballots are not to be copied.
        JournalError: Something cannot be read or written.
    """
    for _ in range(_TRIES):
        _copy(source, target, JOURNAL)
        ballots = _ballots(target)
        if ballots and not open_ballots:
            raise BallotsOpenError(decision_id for _, decision_id in ballots)
        keys, kept = BallotKeys(source / BALLOT_KEYS), target / BALLOT_KEYS
        try:
            if all(keys.copy(*decision, kept) for decision in ballots):
                break
        except OSError as error:
            raise problem(f"cannot copy the keys of {source}", error) from error
    else:
        raise JournalError("secret ballots were closed while they were copied: try again")
    if (source / MAILBOX.file).is_file():
        _copy(source, target, MAILBOX)


def check_copy(folder: Path, own_key: str | None) -> Mapping[str, int]:
    """How many events a copy has of each meeting; `own_key` is the server's public key.

    Raises:
        DamagedError: It is not whole, or its record does not hold.
        JournalError: There is none, or a newer Boardroom wrote it.
    """
    record = stored(folder)
    wrong = list(record.damage)
    for meeting_id, links in record.links.items():
        heads = record.heads.get(meeting_id, ())
        ballots = {one: kept for (of, one), kept in record.ballots.items() if of == meeting_id}
        found = verify(meeting_id, links, heads, ballots, own_key).findings
        wrong += [f"{meeting_id}, {finding}" for finding in found]
    if wrong:
        raise DamagedError(f"the record does not hold: {wrong[0]}")
    if (folder / MAILBOX.file).is_file():
        check_whole(folder / MAILBOX.file, "immutable=1")
    return {meeting_id: len(links) for meeting_id, links in record.links.items()}


def spend_one_time_keys(folder: Path) -> None:
    """Give out none of the mailbox's one-time keys: which were since, an old copy cannot know.

    Devices make new ones; until then their fallback keys serve. Raises JournalError.
    """
    if not (folder / MAILBOX.file).is_file():
        return
    with closing(connect(folder, MAILBOX)) as database:
        try:
            database.execute("UPDATE one_time_keys SET key = NULL")
        except sqlite3.Error as error:
            raise problem(f"cannot write {folder / MAILBOX.file}", error) from error


def _copy(source: Path, target: Path, schema: Schema) -> None:
    file = target / schema.file
    try:
        file.unlink(missing_ok=True)
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with (
            closing(connect_read_only(source, schema)) as original,
            closing(sqlite3.connect(file)) as copy,
        ):
            original.backup(copy)
    except (sqlite3.Error, OSError) as error:
        raise problem(f"cannot copy {source / schema.file}", error) from error


def _ballots(folder: Path) -> list[tuple[str, str]]:
    """The secret decisions of which ballots are kept."""
    with closing(connect_read_only(folder, JOURNAL)) as database:
        return database.execute("SELECT DISTINCT meeting, decision FROM ballots").fetchall()
