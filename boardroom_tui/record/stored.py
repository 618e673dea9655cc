"""What a journal's database holds, as it is: for those who check it and change nothing."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.record.chain import Link
from boardroom_tui.record.database import connect_read_only, problem
from boardroom_tui.record.problems import JournalError
from boardroom_tui.record.reading import signed_head
from boardroom_tui.record.schema import JOURNAL

_TEXT, _NUMBER = "text", "integer"
_KINDS = (_TEXT, _NUMBER, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT)


@dataclass(frozen=True, slots=True)
class Stored:
    """All of a journal, unchecked."""

    links: Mapping[str, tuple[Link, ...]]
    """By meeting, in the order of their numbers."""
    ballots: Mapping[tuple[str, str], int]
    """How many sealed ballots are kept, by meeting and decision."""
    heads: Mapping[str, tuple[SignedHead, ...]]
    """What the server signed, by meeting."""
    damage: tuple[str, ...]
    """What cannot even be read as an event: one line each."""


def stored(folder: Path) -> Stored:
    """What the journal in this folder holds; it may be in use, and nothing in it is changed.

    Raises:
        JournalError: There is none, or it cannot be read.
    """
    try:
        with closing(connect_read_only(folder, JOURNAL, damaged=True)) as database:
            database.execute("BEGIN")
            damage = list(_unsound(database))
            links = _links(database, damage)
            counted = "SELECT meeting, decision, count(*) FROM ballots GROUP BY meeting, decision"
            ballots = list(_rows(database, counted, damage))
            heads = _heads(database, damage)
    except sqlite3.Error as error:
        raise problem(f"cannot read {folder / JOURNAL.file}", error) from error
    return Stored(
        links=links,
        ballots={(meeting_id, decision_id): count for meeting_id, decision_id, count in ballots},
        heads=heads,
        damage=tuple(damage),
    )


def _links(database: sqlite3.Connection, damage: list[str]) -> dict[str, tuple[Link, ...]]:
    # Not from the index, which holds copies of what it sorts by; nor sorted by SQLite, which in a
    # damaged file would give up before the first.
    rows = _rows(
        database,
        "SELECT meeting, sequence, time, actor, type, payload, hash, typeof(meeting),"
        " typeof(sequence), typeof(time), typeof(actor), typeof(type), typeof(payload),"
        " typeof(hash) FROM events NOT INDEXED ORDER BY rowid",
        damage,
    )
    links: dict[str, list[Link]] = {}
    for row in rows:
        if row[7:] == _KINDS:
            link = Link(*row[:7])
            links.setdefault(link.meeting_id, []).append(link)
        else:
            damage.append(f"an event of {row[0]} numbered {row[1]} cannot be read")
    return {
        meeting_id: tuple(sorted(of_meeting, key=lambda link: link.sequence))
        for meeting_id, of_meeting in sorted(links.items())
    }


def _rows(database: sqlite3.Connection, query: str, damage: list[str]) -> Iterator[Any]:
    """What a query finds, as far as a damaged file can be read."""
    try:
        yield from database.execute(query)
    except sqlite3.DatabaseError as error:
        said = f"the database is damaged: {error}"
        if said not in damage:
            damage.append(said)


def _heads(database: sqlite3.Connection, damage: list[str]) -> dict[str, tuple[SignedHead, ...]]:
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'heads'").fetchone():
        return {}  # a record of before heads were signed
    heads: dict[str, list[SignedHead]] = {}
    query = "SELECT meeting, sequence, hash, time, signature, public_key FROM heads"
    for row in _rows(database, f"{query} ORDER BY sequence", damage):
        try:
            heads.setdefault(row[0], []).append(signed_head(row))
        except JournalError as error:
            damage.append(str(error))
    return {meeting_id: tuple(of_meeting) for meeting_id, of_meeting in heads.items()}


def _unsound(database: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with the file."""
    unread: list[str] = []
    for (line,) in _rows(database, "PRAGMA integrity_check(10)", unread):
        if line != "ok":
            yield f"the database is damaged: {' '.join(line.split())}"
    yield from unread
