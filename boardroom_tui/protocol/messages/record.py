"""The record itself: its head, signed by the server, that members keep and compare."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import (
    Count,
    Identifier,
    Model,
    PublicKey,
    Signature,
    Timestamp,
)

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal."""


class SignedHead(Model):
    """The hash of a record's event and all before it, with the server's word for it.

    `signature` (Ed25519, with `publicKey`) is of the line `boardroom record head 1`, a newline, and
    `hash`, `meetingId` and `sequence` as JSON with sorted names and no blanks.
    """

    meeting_id: Identifier
    sequence: Annotated[Count, Field(ge=1)]
    """The event's number."""
    hash: Hash
    at: Timestamp
    """When the event happened."""
    signature: Signature
    public_key: PublicKey


class RecordHead(Event):
    """The head that the server signed: at a result, once a minute, or of the event asked for."""

    class Data(SignedHead):
        pass

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["record.head"] = "record.head"
    data: Data


class RecordHeadGet(Request):
    """Ask the server to sign the head as it was at an event; one that is not there is refused."""

    class Data(Model):
        meeting_id: Identifier
        sequence: Annotated[Count, Field(ge=1)]

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("record.head",)

    type: Literal["record.head.get"] = "record.head.get"
    data: Data
