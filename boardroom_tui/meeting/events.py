"""What can happen in a meeting: the journal's vocabulary.

An event is written before anybody hears of it; everything else is computed from events.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.protocol.fields import (
    BallotWords,
    Base,
    Cause,
    Count,
    Guards,
    Identifier,
    ItemStatus,
    MeetingPhase,
    Method,
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
    PrintedBallot,
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


class RollCalled(Model):
    """The actor called the roll of the members, observers apart.

    `have` members with a vote were present, `need` had to be; `excused` are those who were absent
    and had sent apologies.
    """

    type: Literal["roll.called"] = "roll.called"
    present: tuple[Identifier, ...]
    absent: tuple[Identifier, ...]
    excused: tuple[Identifier, ...]
    have: Count
    need: Count


class ApologyRecorded(Model):
    """This member's apologies were recorded, or taken back."""

    type: Literal["apology.recorded"] = "apology.recorded"
    user_id: Identifier
    withdrawn: bool = False


class HandRaised(Model):
    """The actor asks for the floor."""

    type: Literal["hand.raised"] = "hand.raised"


class HandLowered(Model):
    """This member asks for the floor no longer."""

    type: Literal["hand.lowered"] = "hand.lowered"
    user_id: Identifier


class SpeakerCalled(Model):
    """This member has the floor."""

    type: Literal["speaker.called"] = "speaker.called"
    user_id: Identifier


class FloorYielded(Model):
    """Nobody has the floor any more."""

    type: Literal["floor.yielded"] = "floor.yielded"


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
    method: Method = Method.VOTE
    motion_id: Identifier | None = None
    """The motion from the floor that it puts to the vote."""
    mover: Identifier | None = None
    seconder: Identifier | None = None
    recused: tuple[Identifier, ...] = ()
    """Who is no elector, having recused themselves before it opened."""


class VoteRecorded(Model):
    """The actor voted; in a secret ballot `vote` and `comment` are None here."""

    type: Literal["vote.recorded"] = "vote.recorded"
    decision_id: Identifier
    vote_id: Identifier
    vote: Vote | None = None
    comment: Text | None = None
    on_behalf_of: Identifier | None = None
    """Whose vote it is, where the actor holds a proxy."""


class BallotSealed(Model):
    """How the actor voted in a secret ballot: kept apart, never in the journal.

    It goes with its `VoteRecorded` in one disk commit and has no sequence number of its own.
    """

    type: Literal["ballot.sealed"] = "ballot.sealed"
    decision_id: Identifier
    vote: Annotated[Vote, Field(repr=False)]
    """Left out of the event's repr with the comment, so that no log can tell it."""
    comment: Annotated[SealedComment | None, Field(repr=False)] = None
    on_behalf_of: Identifier | None = None
    words: Annotated[BallotWords | None, Field(repr=False)] = None


class DecisionClosed(Model):
    """A decision ended. `ballots` are a secret ballot's votes in an order that tells nothing.

    So are `comments`, the copies of its sealed comments: which of them belong together would tell
    which devices there were when one was written, and so when.
    """

    type: Literal["decision.closed"] = "decision.closed"
    decision_id: Identifier
    result: Result
    cause: Cause
    final_votes: FinalVotes
    arithmetic: Arithmetic
    total_weight: Count
    """What all electors together weigh."""
    ballots: tuple[Vote, ...] | None = None
    comments: tuple[SealedCopy, ...] = ()
    printed: tuple[PrintedBallot, ...] = ()
    """A secret ballot's votes under the words that its voters chose; none where nobody did."""
    overrides: Guards = ()
    """What stood against it when a facilitator closed it."""
    casting_vote: Vote | None = None
    """How the facilitator who closed it broke a tie; it is not among `final_votes`."""


class ProxyGiven(Model):
    """The actor lets another member vote for them, in place of whoever did before."""

    type: Literal["proxy.given"] = "proxy.given"
    to: Identifier


class ProxyRevoked(Model):
    """The actor votes for themselves again."""

    type: Literal["proxy.revoked"] = "proxy.revoked"


class Recused(Model):
    """The actor takes no part in a decision, or in none of those under an agenda item."""

    type: Literal["member.recused"] = "member.recused"
    decision_id: Identifier | None = None
    item_id: Identifier | None = None


class MotionMade(Model):
    """The actor moved something."""

    type: Literal["motion.made"] = "motion.made"
    motion_id: Identifier
    title: Title
    text: Text
    item_id: Identifier | None = None


class MotionSeconded(Model):
    """The actor seconded a motion."""

    type: Literal["motion.seconded"] = "motion.seconded"
    motion_id: Identifier


class MotionAmended(Model):
    """A motion has a new wording, which wants a second of its own."""

    type: Literal["motion.amended"] = "motion.amended"
    motion_id: Identifier
    title: Title
    text: Text


class MotionWithdrawn(Model):
    """The mover withdrew a motion."""

    type: Literal["motion.withdrawn"] = "motion.withdrawn"
    motion_id: Identifier


class MotionPostponed(Model):
    """A motion is left to another meeting."""

    type: Literal["motion.postponed"] = "motion.postponed"
    motion_id: Identifier


class MotionReferred(Model):
    """A motion goes to somebody who looks into it: a committee, say."""

    type: Literal["motion.referred"] = "motion.referred"
    motion_id: Identifier
    to: Title


Happening = (
    Convened
    | Joined
    | Left
    | Said
    | AgendaMoved
    | PhaseChanged
    | RollCalled
    | ApologyRecorded
    | HandRaised
    | HandLowered
    | SpeakerCalled
    | FloorYielded
    | DecisionOpened
    | VoteRecorded
    | BallotSealed
    | DecisionClosed
    | ProxyGiven
    | ProxyRevoked
    | Recused
    | MotionMade
    | MotionSeconded
    | MotionAmended
    | MotionWithdrawn
    | MotionPostponed
    | MotionReferred
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

    @property
    def voter(self) -> str:
        """Whose vote it is, where it is one: the actor's, or theirs who gave the actor a proxy."""
        if isinstance(self.what, VoteRecorded | BallotSealed):
            return self.what.on_behalf_of or self.actor
        return self.actor
