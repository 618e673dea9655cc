"""Reading the journal: every event that is read was checked against the chain."""

import sqlite3
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag

from boardroom_tui.meeting.events import BallotSealed, Event, VoteRecorded
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.record.ballots import BallotKey, BallotKeys
from boardroom_tui.record.chain import BEGINNING, Link, checked
from boardroom_tui.record.database import connect, problem
from boardroom_tui.record.entry import RememberedRequest
from boardroom_tui.record.problems import JournalError
from boardroom_tui.record.schema import BALLOT_KEYS, JOURNAL


class Reader:
    """A connection that only reads; used by one thread."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / JOURNAL.file
        self._keys = BallotKeys(folder / BALLOT_KEYS)
        self._database = connect(folder, JOURNAL)
        self._database.execute("PRAGMA query_only = ON")

    def events(self, meeting_id: str, after: int, at_most: int) -> list[Event]:
        """So many of a meeting's events after that number.

        Raises:
            JournalError: The database cannot be read, or the chain is broken.
        """
        with self._snapshot():
            return self._events(meeting_id, after, at_most)

    def record(self, meeting_id: str) -> tuple[list[Event], str]:
        """All of a meeting's events and the hash of the last one; raises JournalError."""
        with self._snapshot():
            events = self._events(meeting_id, 0, -1)
            return events, self._hash_of(meeting_id, len(events))

    def with_ballots(self, meeting_id: str, after: int) -> list[Event]:
        """The events, and the ballots of open secret decisions, each right after its vote.

        Raises:
            JournalError: As for `events`, or a ballot cannot be opened.
        """
        with self._snapshot():
            events = self._events(meeting_id, after, -1)
            rows = self._database.execute(
                "SELECT decision, name, sealed FROM ballots WHERE meeting = ?"
                " UNION ALL SELECT decision, name, sealed FROM ballot_comments WHERE meeting = ?",
                (meeting_id, meeting_id),
            ).fetchall()
        try:
            return self._with_ballots(meeting_id, events, rows)
        except _KeyMissingError as missing:
            if self._has_ballots(meeting_id, missing.decision_id):
                raise JournalError(
                    f"the key of the secret ballot on {missing.decision_id} is missing"
                ) from missing
            # The decision closed while it was read: its ballots went before its key.
            return self.with_ballots(meeting_id, after)
        except OSError as error:
            raise JournalError(f"cannot read {error.filename}: {error.strerror}") from error
        except InvalidTag as error:
            raise JournalError(f"a secret ballot of {meeting_id} was altered") from error

    def newest_head(self, meeting_id: str) -> SignedHead | None:
        """The head that was signed last."""
        with self._snapshot():
            found = self._database.execute(
                "SELECT meeting, sequence, hash, time, signature, public_key FROM heads"
                " WHERE meeting = ? ORDER BY sequence DESC LIMIT 1",
                (meeting_id,),
            ).fetchone()
        return None if found is None else signed_head(found)

    def head_at(self, meeting_id: str, sequence: int) -> tuple[str, datetime] | None:
        """The hash of an event, and when it happened."""
        with self._snapshot():
            found = self._database.execute(
                "SELECT hash, time FROM events WHERE meeting = ? AND sequence = ?",
                (meeting_id, sequence),
            ).fetchone()
        return None if found is None else (found[0], datetime.fromisoformat(found[1]))

    def votes(self, meeting_id: str) -> list[Link]:
        """The votes that were recorded in a meeting, as they are stored."""
        with self._snapshot():
            rows = self._database.execute(
                "SELECT meeting, sequence, time, actor, type, payload, hash FROM events"
                " WHERE meeting = ? AND type = ? ORDER BY sequence",
                (meeting_id, VoteRecorded.model_fields["type"].default),
            )
            return [Link(*row) for row in rows]

    def meetings(self) -> list[str]:
        """All meetings there are, by their id."""
        with self._snapshot():
            found = self._database.execute("SELECT DISTINCT meeting FROM events ORDER BY meeting")
            return [meeting_id for (meeting_id,) in found]

    def request(self, user_id: str, request_id: str) -> RememberedRequest | None:
        """A request that had an effect."""
        with self._snapshot():
            found = self._database.execute(
                "SELECT digest, sealed_digest, decision, meeting, sequence FROM requests"
                " WHERE user = ? AND request = ?",
                (bare(Kind.USER, user_id), request_id),
            ).fetchone()
        if found is None:
            return None
        digest, sealed, decision_id, meeting_id, sequence = found
        if sealed is not None:
            digest = self._opened_digest(meeting_id, decision_id, sealed)
        return RememberedRequest(user_id, request_id, digest, meeting_id, sequence)

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    @contextmanager
    def _snapshot(self) -> Generator[None]:
        """What is read inside is the journal at one moment."""
        try:
            self._database.execute("BEGIN")
            try:
                yield
            finally:
                self._database.execute("COMMIT")
        except sqlite3.Error as error:
            raise problem(f"cannot read {self._file}", error) from error

    def _events(self, meeting_id: str, after: int, at_most: int) -> list[Event]:
        rows = self._database.execute(
            "SELECT meeting, sequence, time, actor, type, payload, hash FROM events"
            " WHERE meeting = ? AND sequence > ? ORDER BY sequence LIMIT ?",
            (meeting_id, after, at_most),
        )
        before = self._hash_of(meeting_id, after)
        return list(checked(meeting_id, (Link(*row) for row in rows), after, before))

    def _hash_of(self, meeting_id: str, sequence: int) -> str:
        if sequence == 0:
            return BEGINNING
        found = self._database.execute(
            "SELECT hash FROM events WHERE meeting = ? AND sequence = ?", (meeting_id, sequence)
        ).fetchone()
        return "" if found is None else found[0]

    def _with_ballots(
        self, meeting_id: str, events: list[Event], rows: Iterable[tuple[str, bytes, bytes]]
    ) -> list[Event]:
        """The events with each ballot behind the latest vote of its voter."""
        sealed = {(decision_id, name): ballot for decision_id, name, ballot in rows}
        keys = {decision_id: self._key(meeting_id, decision_id) for decision_id, _ in sealed}
        backwards: list[Event] = []
        for event in reversed(events):
            what = event.what
            if isinstance(what, VoteRecorded) and what.decision_id in keys:
                key = keys[what.decision_id]
                ballot = sealed.pop((what.decision_id, key.name(event.voter)), None)
                if ballot is not None:
                    comment = sealed.get((what.decision_id, key.comment_name(event.voter)))
                    vote, words = key.open_vote(event.voter, ballot)
                    opened = BallotSealed(
                        decision_id=what.decision_id,
                        on_behalf_of=what.on_behalf_of,
                        vote=vote,
                        words=words,
                        comment=None if comment is None else key.open_comment(event.voter, comment),
                    )
                    backwards.append(replace(event, what=opened))
            backwards.append(event)
        return backwards[::-1]

    def _opened_digest(self, meeting_id: str, decision_id: str, sealed: bytes) -> str | None:
        try:
            key = self._keys.find(meeting_id, decision_id)
            return None if key is None else key.open_digest(sealed)
        except OSError as error:
            raise JournalError(f"cannot read {error.filename}: {error.strerror}") from error
        except InvalidTag as error:
            raise JournalError(f"a request to {meeting_id} was altered") from error

    def _key(self, meeting_id: str, decision_id: str) -> BallotKey:
        key = self._keys.find(meeting_id, decision_id)
        if key is None:
            raise _KeyMissingError(decision_id)
        return key

    def _has_ballots(self, meeting_id: str, decision_id: str) -> bool:
        with self._snapshot():
            found = self._database.execute(
                "SELECT 1 FROM ballots WHERE meeting = ? AND decision = ?",
                (meeting_id, decision_id),
            ).fetchone()
        return found is not None


def signed_head(row: tuple[str, int, str, str, str, str]) -> SignedHead:
    """A head as it is stored; raises JournalError if it is none."""
    meeting_id, sequence, hash_, time, signature, public_key = row
    try:
        return SignedHead(
            meeting_id=meeting_id,
            sequence=sequence,
            hash=hash_,
            at=datetime.fromisoformat(time),
            signature=signature,
            public_key=public_key,
        )
    except ValueError as error:
        raise JournalError(f"the signed head of {meeting_id} at {sequence} is damaged") from error


class _KeyMissingError(Exception):
    def __init__(self, decision_id: str) -> None:
        super().__init__(decision_id)
        self.decision_id = decision_id
