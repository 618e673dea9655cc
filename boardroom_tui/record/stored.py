"""What a journal's database holds, as it is: for those who check it and change nothing."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.record.chain import Link
from boardroom_tui.record.database import connect_read_only
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
        with closing(connect_read_only(folder, JOURNAL)) as database:
            database.execute("BEGIN")
            damage = list(_unsound(database))
            links: dict[str, list[Link]] = {}
            # Not from the index, which holds copies of what it sorts by.
            for row in database.execute(
                "SELECT meeting, sequence, time, actor, type, payload, hash, typeof(meeting),"
                " typeof(sequence), typeof(time), typeof(actor), typeof(type), typeof(payload),"
                " typeof(hash) FROM events NOT INDEXED ORDER BY sequence"
            ):
                if row[7:] == _KINDS:
                    link = Link(*row[:7])
                    links.setdefault(link.meeting_id, []).append(link)
                else:
                    damage.append(f"an event of {row[0]} numbered {row[1]} cannot be read")
            ballots = database.execute(
                "SELECT meeting, decision, count(*) FROM ballots GROUP BY meeting, decision"
            ).fetchall()
            heads = _heads(database, damage)
    except sqlite3.Error as error:
        raise JournalError(f"cannot read {folder / JOURNAL.file}: {error}") from error
    return Stored(
        links={meeting_id: tuple(of_meeting) for meeting_id, of_meeting in sorted(links.items())},
        ballots={(meeting_id, decision_id): count for meeting_id, decision_id, count in ballots},
        heads=heads,
        damage=tuple(damage),
    )


def _heads(database: sqlite3.Connection, damage: list[str]) -> dict[str, tuple[SignedHead, ...]]:
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'heads'").fetchone():
        return {}  # a record of before heads were signed
    heads: dict[str, list[SignedHead]] = {}
    for row in database.execute(
        "SELECT meeting, sequence, hash, time, signature, public_key FROM heads ORDER BY sequence"
    ):
        try:
            heads.setdefault(row[0], []).append(signed_head(row))
        except JournalError as error:
            damage.append(str(error))
    return {meeting_id: tuple(of_meeting) for meeting_id, of_meeting in heads.items()}


def _unsound(database: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with the file."""
    for (line,) in database.execute("PRAGMA integrity_check(10)").fetchall():
        if line != "ok":
            yield f"the database is damaged: {' '.join(line.split())}"
