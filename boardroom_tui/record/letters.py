"""Private messages in the mailbox's database: what is done there in one transaction."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.private import Envelope, PrivateMessage
from boardroom_tui.record.devices import Address, address, is_known, saw, written

MOST_WAITING = 5_000
"""So many messages wait for one device; what would be one more is refused."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A private message to be kept: the body, and its key for each device."""

    message_id: str
    meeting_id: str
    user_id: str
    """The sender."""
    device_id: str
    body: str
    envelopes: tuple[Envelope, ...]
    at: datetime
    request: tuple[str, str] | None = None
    """The id and the digest of the request to remember."""


@dataclass(frozen=True, slots=True)
class UnknownDevice:
    """A letter is not kept: there is no such device."""

    at: Address


@dataclass(frozen=True, slots=True)
class MailboxFull:
    """A letter is not kept: too much waits for a device of this user."""

    user_id: str


@dataclass(frozen=True, slots=True)
class RememberedLetter:
    """A letter that a request made."""

    digest: str
    message_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that a device has not acknowledged, and its place in the one order of all."""

    sequence: int
    message: PrivateMessage.Data


def post(database: sqlite3.Connection, letter: Letter) -> UnknownDevice | MailboxFull | None:
    """Keep a letter for every device that it is addressed to, or for none."""
    sender = Address(bare(Kind.USER, letter.user_id), letter.device_id)
    if not is_known(database, sender):
        return UnknownDevice(sender)
    for envelope in letter.envelopes:
        at = address(envelope)
        if not is_known(database, at):
            return UnknownDevice(at)
        if _count(database, at) >= MOST_WAITING:
            return MailboxFull(envelope.user_id)
    time = written(letter.at)
    database.execute(
        "INSERT INTO messages (message, meeting, sender, device, body, time)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            letter.message_id,
            letter.meeting_id,
            letter.user_id,
            letter.device_id,
            letter.body,
            time,
        ),
    )
    database.executemany(
        "INSERT INTO envelopes (message, user, device, kind, key) VALUES (?, ?, ?, ?, ?)",
        [(letter.message_id, *address(one), one.kind, one.key) for one in letter.envelopes],
    )
    if letter.request is not None:
        database.execute(
            "INSERT INTO requests (user, request, digest, message, time) VALUES (?, ?, ?, ?, ?)",
            (sender.user, *letter.request, letter.message_id, time),
        )
    return None


def remembered(database: sqlite3.Connection, user: str, request_id: str) -> RememberedLetter | None:
    """The letter that this user's request made, delivered or not."""
    found = database.execute(
        "SELECT digest, message, time FROM requests WHERE user = ? AND request = ?",
        (user, request_id),
    ).fetchone()
    if found is None:
        return None
    digest, message_id, time = found
    return RememberedLetter(digest, message_id, datetime.fromisoformat(time))


def waiting(database: sqlite3.Connection, at: Address, after: int, at_most: int) -> list[Waiting]:
    """So much of what waits for a device after that place, in order."""
    rows = database.execute(
        "SELECT sequence, meeting, message, sender, messages.device, kind, key, body, time"
        " FROM envelopes JOIN messages USING (message)"
        " WHERE user = ? AND envelopes.device = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        (*at, after, at_most),
    )
    return [
        Waiting(
            sequence,
            PrivateMessage.Data(
                meeting_id=meeting_id,
                message_id=message_id,
                user_id=sender,
                device_id=device_id,
                to_device_id=at.device,
                kind=kind,
                key=key,
                body=body,
                timestamp=datetime.fromisoformat(time),
            ),
        )
        for sequence, meeting_id, message_id, sender, device_id, kind, key, body, time in rows
    ]


def receive(
    database: sqlite3.Connection, at: Address, message_ids: Iterable[str], now: datetime
) -> None:
    """Forget what a device has; a body goes with its last envelope."""
    saw(database, at, now)
    database.executemany(
        "DELETE FROM envelopes WHERE message = ? AND user = ? AND device = ?",
        [(message_id, *at) for message_id in message_ids],
    )


def _count(database: sqlite3.Connection, at: Address) -> int:
    return database.execute(
        "SELECT count(*) FROM envelopes WHERE user = ? AND device = ?", at
    ).fetchone()[0]
