"""What can happen in a meeting: the journal's vocabulary.

An event is written before anybody hears of it; everything else is computed from events.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.protocol.fields import (
    Base,
    Count,
    Guards,
    Identifier,
    ItemStatus,
    MeetingPhase,
    Model,
    Result,
    Role,
    Text,
    Threshold,
    Timestamp,
    Title,
    Vote,
)
from boardroom_tui.protocol.messages.decision import (
    Arithmetic,
    FinalVotes,
    SealedComment,
    SealedCopy,
)

SERVER = "server"
"""The actor of what nobody in particular did: a deadline that passed."""


class Convened(Model):
    """The meeting's file was read: at its first start, and again whenever the file changed."""

    type: Literal["meeting.convened"] = "meeting.convened"
    charter: Charter


class Joined(Model):
    """The actor is present, in this role."""

    type: Literal["member.joined"] = "member.joined"
    role: Role


class Left(Model):
    """The actor is no longer present."""

    type: Literal["member.left"] = "member.left"


class Said(Model):
    """The actor said something."""

    type: Literal["chat.said"] = "chat.said"
    message_id: Identifier
    text: Text
    reply_to: Identifier | None = None


class AgendaMoved(Model):
    """An agenda item was given a status, which may be the one that it had."""

    type: Literal["agenda.moved"] = "agenda.moved"
    item_id: Identifier
    status: ItemStatus
    overrides: Guards = ()
    """What stood against it when a facilitator took it up."""


class PhaseChanged(Model):
    """The actor called the meeting to order, or to recess, executive session or adjournment."""

    type: Literal["meeting.phase"] = "meeting.phase"
    phase: MeetingPhase
    overrides: Guards = ()
    """What stood against it."""


class Elector(Model):
    """Somebody who may vote on a decision, fixed when it opens."""

    user_id: Identifier
    weight: Annotated[int, Field(ge=1)]


class DecisionOpened(Model):
    """A decision opened with this wording, this rule and these electors."""

    type: Literal["decision.opened"] = "decision.opened"
    decision_id: Identifier
    item_id: Identifier | None = None
    title: Title
    text: Text
    threshold: Threshold
    base: Base
    quorum: Annotated[int, Field(ge=1)]
    secret: bool
    auto_close: bool
    deadline: Timestamp | None = None
    electors: tuple[Elector, ...]
    overrides: Guards = ()
    """What stood against it when a facilitator opened it."""


class VoteRecorded(Model):
    """The actor voted; in a secret ballot `vote` and `comment` are None here."""

    type: Literal["vote.recorded"] = "vote.recorded"
    decision_id: Identifier
    vote_id: Identifier
    vote: Vote | None = None
    comment: Text | None = None


class BallotSealed(Model):
    """How the actor voted in a secret ballot: kept apart, never in the journal.

    It goes with its `VoteRecorded` in one disk commit and has no sequence number of its own.
    """

    type: Literal["ballot.sealed"] = "ballot.sealed"
    decision_id: Identifier
    vote: Annotated[Vote, Field(repr=False)]
    """Left out of the event's repr with the comment, so that no log can tell it."""
    comment: Annotated[SealedComment | None, Field(repr=False)] = None


class DecisionClosed(Model):
    """A decision ended. `ballots` are a secret ballot's votes in an order that tells nothing.

    So are `comments`, the copies of its sealed comments: which of them belong together would tell
    which devices there were when one was written, and so when.
    """

    type: Literal["decision.closed"] = "decision.closed"
    decision_id: Identifier
    result: Result
    cause: Literal["complete", "deadline", "facilitator", "withdrawn"]
    final_votes: FinalVotes
    arithmetic: Arithmetic
    total_weight: Count
    """What all electors together weigh."""
    ballots: tuple[Vote, ...] | None = None
    comments: tuple[SealedCopy, ...] = ()
    overrides: Guards = ()
    """What stood against it when a facilitator closed it."""


Happening = (
    Convened
    | Joined
    | Left
    | Said
    | AgendaMoved
    | PhaseChanged
    | DecisionOpened
    | VoteRecorded
    | BallotSealed
    | DecisionClosed
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: who did it and when, numbered without gaps from 1.

    A `BallotSealed` carries the sequence number of the `VoteRecorded` it belongs to.
    """

    sequence: int
    at: datetime
    actor: str
    what: Happening
