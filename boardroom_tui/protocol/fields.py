"""The kinds of field that messages are made of, each with its bounds.

The reference gives names and JSON types (websocket-api.md:72-77); the bounds are ours, so that
no string arrives without a limit.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any
from unicodedata import category

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic.alias_generators import to_camel
from pydantic_core import TzInfo

from boardroom_tui.protocol.identifiers import IDENTIFIER
from boardroom_tui.protocol.limits import (
    BALLOT_WORDS_CHARACTERS,
    CHAT_CHARACTERS,
    CIPHERTEXT_CHARACTERS,
    COMMENT_CHARACTERS,
    IDENTIFIER_CHARACTERS,
    MESSAGE_ID_CHARACTERS,
    SEALED_CHARACTERS,
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    WRAPPED_KEY_CHARACTERS,
)


class Model(BaseModel):
    """A frozen, strict piece of a message with camelCase names on the wire.

    Unknown fields are ignored at every level (CONTRACT.md, Envelope).
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="ignore",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        defer_build=True,
        # All strings would fill 1.5 MiB with ids that never come again.
        cache_strings="keys",
    )


def _is_none(value: Any) -> bool:
    return value is None


Omitted = Field(exclude_if=_is_none)
"""Marks an optional field that is left out when it is None; without it, None is sent as null."""


_ZULU = TzInfo(0)
"""What a time has that was read with a `Z` behind it."""


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is _ZULU:  # as mostly, and much quicker than to work it out
        return datetime.combine(moment.date(), moment.time(), UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("must be a time that exists in UTC") from error


_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
"""The categories of blanks, controls and what has no width."""


def _not_blank(text: str) -> str:
    if text[0].isalnum():  # as most begin
        return text
    if all(category(character) in _UNSEEN for character in text):
        raise ValueError("must hold more than blanks")
    return text


Timestamp = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""RFC 3339 on the wire, UTC in memory."""

EchoedTime = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""A timestamp that is sent back letter for letter, so it is never parsed."""

Identifier = Annotated[
    str, StringConstraints(min_length=1, max_length=IDENTIFIER_CHARACTERS, pattern=IDENTIFIER)
]
"""Visible ASCII without blanks."""

MessageId = Annotated[str, StringConstraints(min_length=1, max_length=MESSAGE_ID_CHARACTERS)]
"""A message's `id` or `correlationId`: whatever its sender chose, for it is only sent back."""

TypeName = Annotated[str, StringConstraints(min_length=1, max_length=IDENTIFIER_CHARACTERS)]
ChannelName = Annotated[str, StringConstraints(min_length=1, max_length=IDENTIFIER_CHARACTERS)]
Title = Annotated[str, StringConstraints(max_length=TITLE_CHARACTERS)]
Text = Annotated[str, StringConstraints(max_length=TEXT_CHARACTERS)]
Comment = Annotated[str, StringConstraints(max_length=COMMENT_CHARACTERS)]
BallotWords = Annotated[
    str,
    StringConstraints(min_length=1, max_length=BALLOT_WORDS_CHARACTERS),
    AfterValidator(_not_blank),
]
"""By which a voter finds their ballot among those that are printed."""

ChatText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=CHAT_CHARACTERS),
    AfterValidator(_not_blank),
]
"""1 to 4,000 code points, not only blanks (CONTRACT.md, Chat)."""

BASE64 = r"^[A-Za-z0-9+/]+$"
"""Unpadded (RFC 4648, section 3.2)."""

PUBLIC_KEY = r"^[A-Za-z0-9+/]{43}$"
SIGNATURE = r"^[A-Za-z0-9+/]{86}$"

PublicKey = Annotated[str, StringConstraints(pattern=PUBLIC_KEY)]
"""32 bytes in unpadded base64."""

Signature = Annotated[str, StringConstraints(pattern=SIGNATURE)]
"""An Ed25519 signature's 64 bytes in unpadded base64."""

Ciphertext = Annotated[
    str, StringConstraints(min_length=1, max_length=CIPHERTEXT_CHARACTERS, pattern=BASE64)
]
"""What a server cannot read, in unpadded base64."""

WrappedKey = Annotated[
    str, StringConstraints(min_length=1, max_length=WRAPPED_KEY_CHARACTERS, pattern=BASE64)
]
"""A key for one device, encrypted, in unpadded base64."""

SealedText = Annotated[
    str, StringConstraints(min_length=1, max_length=SEALED_CHARACTERS, pattern=BASE64)
]
"""A text sealed to one device (RFC 9180), in unpadded base64."""

Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""A whole number that every JSON reader holds exactly."""


class Role(StrEnum):
    """What a member may do; the order is that of their powers."""

    OBSERVER = "observer"
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"

    @property
    def power(self) -> int:
        """0 for an observer, 2 for a facilitator: the lower of two roles is the one in force."""
        return tuple(Role).index(self)


class Vote(StrEnum):
    """How a member votes."""

    APPROVE = "approve"
    REJECT = "reject"
    ABSTAIN = "abstain"


class Threshold(StrEnum):
    """What a motion needs (CONTRACT.md, Counting)."""

    MAJORITY = "majority"
    TWO_THIRDS = "two_thirds"
    THREE_QUARTERS = "three_quarters"
    UNANIMOUS = "unanimous"


class Base(StrEnum):
    """What the threshold is taken of (CONTRACT.md, Counting)."""

    CAST = "cast"
    PRESENT = "present"
    MEMBERSHIP = "membership"


class Method(StrEnum):
    """How a decision is taken: a vote, or one of its kinds."""

    VOTE = "vote"
    ROLL_CALL = "roll_call"
    """Each vote is told by name as it is cast."""
    CONSENT = "consent"
    """Adopted at the deadline unless somebody objects."""
    STRAW = "straw"
    """Shows where the meeting stands, and decides nothing."""

    @property
    def is_by_name(self) -> bool:
        """Whether it tells who voted how, so that it cannot be secret."""
        return self in (Method.ROLL_CALL, Method.CONSENT)


class Cause(StrEnum):
    """What ended a decision."""

    COMPLETE = "complete"
    DEADLINE = "deadline"
    FACILITATOR = "facilitator"
    WITHDRAWN = "withdrawn"
    OBJECTION = "objection"
    NO_OBJECTION = "no_objection"


class MotionStatus(StrEnum):
    """Where a motion from the floor stands; a vote without a result leaves it as it was before."""

    MOVED = "moved"
    SECONDED = "seconded"
    VOTING = "voting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    POSTPONED = "postponed"
    REFERRED = "referred"

    @property
    def is_pending(self) -> bool:
        """Whether it can still be changed, put to the vote or disposed of."""
        return self in (MotionStatus.MOVED, MotionStatus.SECONDED)


class DecisionStatus(StrEnum):
    """Where a decision stands; the last four are results."""

    PREPARED = "prepared"
    VOTING = "voting"
    APPROVED = "approved"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"
    WITHDRAWN = "withdrawn"


class Result(StrEnum):
    """How a decision ended."""

    APPROVED = "approved"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"
    WITHDRAWN = "withdrawn"


class Guard(StrEnum):
    """What a facilitator is asked about before it is done all the same, and what is recorded."""

    NO_QUORUM = "no_quorum"
    NOT_VOTED = "not_voted"
    VOTE_OPEN = "vote_open"
    NOT_SECRET = "not_secret"  # noqa: S105 (no password)


Guards = Annotated[tuple[Guard, ...], Field(max_length=len(Guard))]


class ItemStatus(StrEnum):
    """Where an agenda item stands."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    DEFERRED = "deferred"


class MeetingPhase(StrEnum):
    """Where a meeting stands in its life; before the first call to order it gathers."""

    GATHERING = "gathering"
    IN_SESSION = "in_session"
    RECESS = "recess"
    EXECUTIVE = "executive"
    ADJOURNED = "adjourned"


class Status(StrEnum):
    """A member's presence."""

    ONLINE = "online"
    AWAY = "away"
    BUSY = "busy"
    OFFLINE = "offline"
