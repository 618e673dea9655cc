"""Writing to the journal: many appends in one transaction, on disk when it returns."""

import logging
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from boardroom_tui.heads import HeadSigner
from boardroom_tui.meeting.events import BallotSealed, DecisionClosed, Event
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.record.ballots import BallotKeys
from boardroom_tui.record.chain import BEGINNING, forge
from boardroom_tui.record.database import connect, prepare, problem
from boardroom_tui.record.entry import Append, Entry
from boardroom_tui.record.problems import JournalError, RequestConflict, SequenceConflict
from boardroom_tui.record.schema import BALLOT_KEYS, JOURNAL
from boardroom_tui.record.signatures import settles

Outcome = JournalError | SequenceConflict | SignedHead | None
"""What became of one append: else it is on disk, and its last event may be a signed head."""

SIGNED_EVERY = timedelta(minutes=1)
"""Of what happened longer ago, while something happens, there is a signed head.

Who saw it can tell then that an older record was put back, also when that has grown again.
"""

_log = logging.getLogger(__name__)


class Writer:
    """The one connection that writes; used by one thread."""

    def __init__(self, folder: Path, signer: HeadSigner | None) -> None:
        """Open the journal in this folder; without a signer no head is signed.

        Raises JournalError.
        """
        self.was_open = prepare(folder, JOURNAL)
        """Whether the last program that used the journal did not close it."""
        self._signer = signer
        self._file = folder / JOURNAL.file
        self._keys = BallotKeys(folder / BALLOT_KEYS)
        self._database = connect(folder, JOURNAL)
        self._destroy_spent_keys()

    def commit(self, appends: Sequence[Append]) -> list[Outcome]:
        """Write these appends in one transaction, and say what became of each.

        One that comes too late does not keep the others from being written; where the disk
        refuses, none of them is.
        """
        try:
            self._database.execute("BEGIN IMMEDIATE")
            outcomes = [self._append(append) for append in appends]
            self._database.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            return [problem(f"cannot write {self._file}", error) for _ in appends]
        finally:
            self._roll_back()
        self._destroy_spent_keys()
        return outcomes

    def sign(self, meeting_id: str) -> Outcome:
        """Sign a meeting's head as it is, unless it was signed."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            sequence, last = self._head(meeting_id)
            signed = self._signed(meeting_id, sequence, last) if sequence else None
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            return problem(f"cannot write {self._file}", error)
        finally:
            self._roll_back()
        return signed

    def probe(self) -> JournalError | None:
        """Write what stands there already, to the disk; why that fails, if it does."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            (number,) = self._database.execute("PRAGMA user_version").fetchone()
            self._database.execute(f"PRAGMA user_version = {int(number)}")
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            return problem(f"cannot write {self._file}", error)
        finally:
            self._roll_back()
        return None

    def close(self) -> None:
        """Close the connection; the last one leaves a single file behind."""
        self._database.close()

    def _append(self, append: Append) -> Outcome:
        sequence, last = self._head(append.meeting_id)
        if sequence != append.expected_sequence:
            return SequenceConflict(append.meeting_id, append.expected_sequence, sequence)
        repeated = self._repeated(append.entries)
        if repeated is not None:
            return repeated
        for entry in append.entries:
            for event in entry.events:
                if isinstance(event.what, BallotSealed):
                    self._seal(append.meeting_id, event, event.what)
                else:
                    last = self._write(append.meeting_id, event, last)
                if isinstance(event.what, DecisionClosed):
                    self._forget_ballots(append.meeting_id, event.what.decision_id)
            self._remember(append.meeting_id, entry)
        everything = (event for entry in append.entries for event in entry.events)
        events = [event for event in everything if not isinstance(event.what, BallotSealed)]
        if any(settles(event) for event in events) or self._is_due(append.meeting_id, events):
            return self._signed(append.meeting_id, events[-1].sequence, last)
        return None

    def _is_due(self, meeting_id: str, events: Sequence[Event]) -> bool:
        """Whether the newest head is from so long ago that these are not to go without one."""
        if self._signer is None or not events:
            return False
        (signed,) = self._database.execute(
            "SELECT coalesce("
            "(SELECT time FROM heads WHERE meeting = ? ORDER BY sequence DESC LIMIT 1),"
            " (SELECT time FROM events WHERE meeting = ? ORDER BY sequence LIMIT 1))",
            (meeting_id, meeting_id),
        ).fetchone()
        return events[-1].at - datetime.fromisoformat(signed) >= SIGNED_EVERY

    def _roll_back(self) -> None:
        if self._database.in_transaction:
            with suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")

    def _signed(self, meeting_id: str, sequence: int, hash_: str) -> SignedHead | None:
        """The head, signed in the same commit as what it is of; None if it was signed before."""
        known = "SELECT 1 FROM heads WHERE meeting = ? AND sequence = ?"
        event = (meeting_id, sequence)
        if self._signer is None or self._database.execute(known, event).fetchone():
            return None
        (time,) = self._database.execute(
            "SELECT time FROM events WHERE meeting = ? AND sequence = ?", event
        ).fetchone()
        head = self._signer.sign(meeting_id, sequence, hash_, datetime.fromisoformat(time))
        self._database.execute(
            "INSERT INTO heads (meeting, sequence, hash, time, signature, public_key)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*event, hash_, time, head.signature, head.public_key),
        )
        return head

    def _head(self, meeting_id: str) -> tuple[int, str]:
        found = self._database.execute(
            "SELECT sequence, hash FROM events WHERE meeting = ? ORDER BY sequence DESC LIMIT 1",
            (meeting_id,),
        ).fetchone()
        return found or (0, BEGINNING)

    def _repeated(self, entries: Iterable[Entry]) -> RequestConflict | None:
        """The first request that is already remembered, or comes twice."""
        seen: set[tuple[str, str]] = set()
        for entry in entries:
            if entry.request is None:
                continue
            key = (entry.asker, entry.request[0])
            known = "SELECT 1 FROM requests WHERE user = ? AND request = ?"
            if key in seen or self._database.execute(known, key).fetchone():
                return RequestConflict(*key)
            seen.add(key)
        return None

    def _write(self, meeting_id: str, event: Event, previous: str) -> str:
        link = forge(previous, meeting_id, event)
        self._database.execute(
            "INSERT INTO events (meeting, sequence, time, actor, type, payload, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                link.meeting_id,
                link.sequence,
                link.time,
                link.actor,
                link.type,
                link.payload,
                link.hash,
            ),
        )
        return link.hash

    def _seal(self, meeting_id: str, event: Event, ballot: BallotSealed) -> None:
        key = self._keys.make(meeting_id, ballot.decision_id)
        self._database.execute(
            "INSERT OR REPLACE INTO ballots (meeting, decision, name, sealed) VALUES (?, ?, ?, ?)",
            (
                meeting_id,
                ballot.decision_id,
                key.name(event.voter),
                key.seal_vote(event.voter, ballot.vote, ballot.words),
            ),
        )

        name = key.comment_name(event.voter)
        # Voting again replaces the comment too, and without one takes it away.
        self._database.execute(
            "DELETE FROM ballot_comments WHERE meeting = ? AND decision = ? AND name = ?",
            (meeting_id, ballot.decision_id, name),
        )
        if ballot.comment is not None:
            self._database.execute(
                "INSERT INTO ballot_comments (meeting, decision, name, sealed) VALUES (?, ?, ?, ?)",
                (
                    meeting_id,
                    ballot.decision_id,
                    name,
                    key.seal_comment(event.voter, ballot.comment),
                ),
            )

    def _remember(self, meeting_id: str, entry: Entry) -> None:
        if entry.request is None:
            return
        request_id, digest = entry.request
        ballot = next((e.what for e in entry.events if isinstance(e.what, BallotSealed)), None)
        if ballot is None:
            told = (digest, None, None)
        elif _closed(entry, ballot.decision_id):
            told = (None, None, None)
        else:
            key = self._keys.make(meeting_id, ballot.decision_id)
            told = (None, key.seal_digest(digest), ballot.decision_id)
        self._database.execute(
            "INSERT INTO requests"
            " (user, request, digest, sealed_digest, decision, meeting, sequence)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (entry.asker, request_id, *told, meeting_id, entry.events[0].sequence),
        )

    def _forget_ballots(self, meeting_id: str, decision_id: str) -> None:
        """Take away what a closed decision's key opens, and mark the key to be destroyed."""
        decision = (meeting_id, decision_id)
        for table in ("ballots", "ballot_comments"):
            self._database.execute(
                f"DELETE FROM {table} WHERE meeting = ? AND decision = ?",  # noqa: S608
                decision,
            )
        self._database.execute(
            "UPDATE requests SET sealed_digest = NULL, decision = NULL"
            " WHERE meeting = ? AND decision = ?",
            decision,
        )
        if self._keys.find(*decision) is not None:
            self._database.execute("INSERT OR IGNORE INTO spent_keys VALUES (?, ?)", decision)

    def _destroy_spent_keys(self) -> None:
        """Destroy the keys of closed decisions; what fails now is done at the next close or start.

        Not before the close is on disk: a key destroyed too early would lose the votes.
        """
        try:
            spent = self._database.execute("SELECT meeting, decision FROM spent_keys").fetchall()
            if not spent:
                return
            for meeting_id, decision_id in spent:
                self._keys.destroy(meeting_id, decision_id)
            self._database.execute("DELETE FROM spent_keys")
            # The log still holds the pages as they were.
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (sqlite3.Error, OSError) as error:
            _log.warning("cannot destroy the key of a secret ballot that is over: %s", error)


def _closed(entry: Entry, decision_id: str) -> bool:
    return any(
        isinstance(event.what, DecisionClosed) and event.what.decision_id == decision_id
        for event in entry.events
    )
