"""The envelope around every message, and what the pipeline needs to know of each type.

Source: websocket-api.md:47-76 and CONTRACT.md, Envelope.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from boardroom_tui.protocol.fields import (
    Count,
    Identifier,
    MessageId,
    Model,
    Omitted,
    Timestamp,
    TypeName,
)
from boardroom_tui.protocol.limits import Rate


class Metadata(Model):
    """Who sent a message, when, and what it answers; every field may be missing."""

    timestamp: Annotated[Timestamp | None, Omitted] = None
    user_id: Annotated[Identifier | None, Omitted] = None
    correlation_id: Annotated[MessageId | None, Omitted] = None
    version: Annotated[TypeName | None, Omitted] = None
    sequence: Annotated[Count | None, Omitted] = None
    """The event of the meeting's record that a server's message tells of."""


class Message(Model):
    """What every message has beside its `type` and `data`."""

    id: Annotated[MessageId | None, Omitted] = None
    metadata: Annotated[Metadata | None, Omitted] = None

    extension: ClassVar[bool] = False
    """Whether the type is ours and not the reference's."""

    own_fields: ClassVar[tuple[str, ...]] = ()
    """Fields of `data` that are ours in a type that is the reference's."""

    compressible: ClassVar[bool] = True
    """Whether a long one may be compressed; never what holds a secret (compression.py)."""

    source: ClassVar[str]
    """Where the type is defined: the reference's line, or the contract's section."""

    @property
    def correlation(self) -> str | None:
        """What an answer to this message repeats: its `correlationId`, else its `id`."""
        if self.metadata is not None and self.metadata.correlation_id is not None:
            return self.metadata.correlation_id
        return self.id

    @property
    def sequence(self) -> int | None:
        """The event of the meeting's record that it tells of, where it says so."""
        return None if self.metadata is None else self.metadata.sequence


class Permission(StrEnum):
    """What a token lets its bearer do, as `connection.ready` lists it."""

    READ = "read"
    WRITE = "write"
    VOTE = "vote"
    FACILITATE = "facilitate"


class Request(Message):
    """A client's message, with what the server's pipeline needs to know of it."""

    permission: ClassVar[Permission]
    """What the sender must be allowed to do."""

    rate: ClassVar[Rate | None] = Rate.CONNECTION
    """The bucket it is counted in beside the connection's own; None is counted in none."""

    pace: ClassVar[float | None] = None
    """Seconds between two that a client sends; of those in between only the newest goes out."""

    supersedes: ClassVar[tuple[str, ...]] = ()
    """The fields of `data` that two have in common of which only the newer one matters, where the
    type has a pace."""

    lasting: ClassVar[bool] = False
    """Whether its effect is kept on disk, so that its `id` is remembered for good."""

    answers: ClassVar[tuple[str, ...]] = ()
    """The types that answer it; `error` may answer anything."""


class Reach(StrEnum):
    """Whom a server's message goes to."""

    SENDER = "the client it answers"
    CONNECTION = "one connection"
    USER = "every connection of one user"
    MEETING = "everybody subscribed to the meeting"
    DECISION = "everybody subscribed to the decision"
    JOINED = "everybody who has joined the meeting"


class Event(Message):
    """A server's message, with whom it reaches."""

    reach: ClassVar[Reach]

    supersedes: ClassVar[tuple[str, ...]] = ()
    """The fields of `data` that an older message has in common with one that makes it obsolete:
    of these, a client that has fallen behind gets only the newest. None: each one matters."""
