"""The chain of hashes that makes a change to the record show.

Each event's hash is the SHA-256, in hexadecimal, of the hash before it followed by the event as
canonical JSON (RFC 8785: keys sorted, no blanks, UTF-8); before the first stand 64 zeros. So the
chain can be checked with nothing but a SQLite shell and a SHA-256 tool.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, get_args

from pydantic import ValidationError

from boardroom_tui.meeting.events import Event, Happening
from boardroom_tui.record.problems import DamagedError, JournalError

BEGINNING = "0" * 64
"""What stands before a meeting's first event."""

_KINDS = MappingProxyType({kind.model_fields["type"].default: kind for kind in get_args(Happening)})


@dataclass(frozen=True, slots=True)
class Link:
    """An event as it is stored: letter for letter what its hash was computed from."""

    meeting_id: str
    sequence: int
    time: str
    actor: str
    type: str
    payload: str
    hash: str

    def hash_after(self, previous: str) -> str:
        """The hash that follows from what the link holds and the hash before it."""
        # The keys in order and the payload as it is: canonical without encoding it twice.
        event = (
            f'{{"actor":{canonical(self.actor)},"meeting":{canonical(self.meeting_id)},'
            f'"payload":{self.payload},"sequence":{self.sequence},'
            f'"time":{canonical(self.time)},"type":{canonical(self.type)}}}'
        )
        # What is no text (a flipped bit) counts with the bytes that are stored.
        return hashlib.sha256((previous + event).encode(errors="surrogateescape")).hexdigest()


def canonical(value: Any) -> str:
    """A value as canonical JSON, for the strings, whole numbers and keys that events hold."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def forge(previous: str, meeting_id: str, event: Event) -> Link:
    """The next link of a meeting's chain."""
    bare = Link(
        meeting_id=meeting_id,
        sequence=event.sequence,
        # Microseconds always, so that equal times are equal letters.
        time=event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        actor=event.actor,
        type=event.what.type,
        payload=canonical(event.what.model_dump(mode="json", exclude={"type"})),
        hash="",
    )
    return replace(bare, hash=bare.hash_after(previous))


def checked(
    meeting_id: str, links: Iterable[Link], after: int, hash_before: str
) -> Iterator[Event]:
    """The events of these links, which follow event number `after` with that hash.

    Raises:
        DamagedError: The chain is broken; it names the event where.
    """
    for sequence, link in enumerate(links, start=after + 1):
        if link.sequence != sequence:
            raise DamagedError(f"the record of {meeting_id} is broken: event {sequence} is missing")
        if link.hash != link.hash_after(hash_before):
            raise DamagedError(
                f"the record of {meeting_id} is broken: event {sequence} was altered"
            )
        hash_before = link.hash
        yield event_of(link)


def event_of(link: Link) -> Event:
    """The event that a link holds, whatever its hash; raises JournalError if it holds none."""
    kind = _KINDS.get(link.type)
    try:
        if kind is None:
            raise ValueError(f"unknown type {link.type}")
        what = kind.model_validate_json(link.payload)
        at = datetime.fromisoformat(link.time)
        if at.tzinfo is None:
            raise ValueError(f"no time zone in {link.time}")
        return Event(link.sequence, at, link.actor, what)
    except (ValidationError, ValueError) as error:
        raise JournalError(
            f"the record of {link.meeting_id} cannot be read: event {link.sequence}, {link.type}"
        ) from error
