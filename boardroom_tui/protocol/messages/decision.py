"""Decisions: opening, voting, the tally, the result."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import (
    BallotWords,
    Base,
    Cause,
    Comment,
    Count,
    DecisionStatus,
    Guards,
    Identifier,
    Method,
    Model,
    Omitted,
    Result,
    SealedText,
    Text,
    Threshold,
    Timestamp,
    Title,
    TypeName,
    Vote,
)
from boardroom_tui.protocol.limits import NOT_VOTED_TOLD, READERS_PER_COMMENT, Rate
from boardroom_tui.protocol.messages.device import DeviceReference


class FinalVotes(Model):
    """The votes cast, weighted where members have weights."""

    approve: Count
    reject: Count
    abstain: Count


class VoteSummary(FinalVotes):
    """A tally on the way: `total` is the sum, `required` what all who may vote would reach."""

    total: Count
    required: Count


class Arithmetic(Model):
    """The numbers a verdict rests on (CONTRACT.md, Counting)."""

    whole: Count
    """What the threshold is taken of: Y+N, P or E."""
    needed: Count
    """The least weight of approvals that carries."""
    voters: Count
    """Members who voted, abstentions included."""
    voters_needed: Count
    """The decision's quorum."""
    present: Count
    """Members with a vote who were present at the close or had voted."""
    present_needed: Count
    """The meeting's quorum."""


class Question(Model):
    """A decision as it is put: its wording and its rule."""

    meeting_id: Identifier
    decision_id: Identifier
    item_id: Annotated[Identifier | None, Omitted] = None
    title: Title
    text: Text
    threshold: Threshold
    base: Base
    quorum: Count
    secret: bool
    auto_close: bool
    status: DecisionStatus
    deadline: Annotated[Timestamp | None, Omitted] = None
    opened_at: Annotated[Timestamp | None, Omitted] = None
    method: Method = Method.VOTE
    motion_id: Annotated[Identifier | None, Omitted] = None
    mover: Annotated[Identifier | None, Omitted] = None
    seconder: Annotated[Identifier | None, Omitted] = None
    recused: tuple[Identifier, ...] = ()
    """Who takes no part."""
    overrides: Guards = ()
    """What stood against it when it was opened all the same."""


NotVoted = Annotated[tuple[Identifier, ...], Field(max_length=NOT_VOTED_TOLD)]
"""Who may vote and has not yet, those who are present first."""


class SealedCopy(DeviceReference):
    """A comment sealed to one device of somebody who may read it."""

    sealed: SealedText


SealedComment = Annotated[tuple[SealedCopy, ...], Field(max_length=READERS_PER_COMMENT)]
"""A comment, sealed to each device that may read it; all copies say the same."""


class PrintedBallot(Model):
    """A ballot of a secret vote as it was counted, under its voter's own words if they gave any."""

    vote: Vote
    words: Annotated[BallotWords | None, Omitted] = None


class VoteCast(Request):
    """Cast a vote, or replace an earlier one.

    `words` are for a secret ballot alone (else `details.reason` is `not_secret`): after the close
    they are printed with the vote among all others, so that its voter finds it as it was cast.

    In a secret ballot a plain `comment` is not kept; a `sealedComment` is, for the facilitators'
    devices it is sealed to, and nothing binds it to its voter. Where a `sealedComment` is refused,
    `details.reason` is `not_secret`, or `readers` for copies that are not for facilitators or
    twice for one device. `onBehalfOf` is whose vote it is, for somebody who holds their proxy.
    """

    class Data(Model):
        decision_id: Identifier
        vote: Vote
        comment: Annotated[Comment | None, Omitted] = None
        sealed_comment: Annotated[SealedComment | None, Omitted] = None
        on_behalf_of: Annotated[Identifier | None, Omitted] = None
        words: Annotated[BallotWords | None, Field(repr=False), Omitted] = None

    own_fields: ClassVar[tuple[str, ...]] = ("sealedComment", "onBehalfOf", "words")
    source: ClassVar[str] = "websocket-api.md:251"
    permission: ClassVar[Permission] = Permission.VOTE
    rate: ClassVar[Rate | None] = Rate.VOTE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("decision.vote.received",)

    type: Literal["decision.vote.cast"] = "decision.vote.cast"
    data: Data


class VoteReceived(Event):
    """The vote is on disk."""

    class Data(Model):
        decision_id: Identifier
        vote_id: Identifier
        status: TypeName
        timestamp: Timestamp
        on_behalf_of: Annotated[Identifier | None, Omitted] = None

    own_fields: ClassVar[tuple[str, ...]] = ("onBehalfOf",)
    source: ClassVar[str] = "websocket-api.md:266"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["decision.vote.received"] = "decision.vote.received"
    data: Data


class VoteUpdate(Event):
    """The tally moved; in a secret ballot only `total` does. `voters` have voted, as heads."""

    class Data(Model):
        decision_id: Identifier
        vote_summary: VoteSummary
        status: TypeName
        deadline: Annotated[Timestamp | None, Omitted] = None
        voters: Annotated[Count | None, Omitted] = None
        not_voted: Annotated[NotVoted | None, Omitted] = None

    own_fields: ClassVar[tuple[str, ...]] = ("voters", "notVoted")
    source: ClassVar[str] = "websocket-api.md:279"
    reach: ClassVar[Reach] = Reach.DECISION
    supersedes: ClassVar[tuple[str, ...]] = ("decision_id",)

    type: Literal["decision.vote.update"] = "decision.vote.update"
    data: Data


class OwnVote(Model):
    """The receiver's own vote; in a secret ballot only that it was cast."""

    vote_id: Identifier
    vote: Annotated[Vote | None, Omitted] = None
    timestamp: Timestamp
    cast_by: Annotated[Identifier | None, Omitted] = None
    """Who cast it, by proxy."""


class ProxyVote(OwnVote):
    """A vote that the receiver cast for another."""

    on_behalf_of: Identifier


class OwnVoteUpdate(Event):
    """What the receiver voted, or cast for another, on whichever of their devices; or what was
    cast for them.
    """

    class Data(OwnVote):
        meeting_id: Identifier
        decision_id: Identifier
        on_behalf_of: Annotated[Identifier | None, Omitted] = None

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.USER

    type: Literal["decision.vote.own"] = "decision.vote.own"
    data: Data


class NamedVote(Model):
    """How somebody voted in a roll call; `castBy` holds their proxy."""

    user_id: Identifier
    vote: Vote
    cast_by: Annotated[Identifier | None, Omitted] = None


class VoteNamed(Event):
    """Somebody voted in a roll call."""

    class Data(NamedVote):
        decision_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.DECISION
    supersedes: ClassVar[tuple[str, ...]] = ("decision_id", "user_id")

    type: Literal["decision.vote.named"] = "decision.vote.named"
    data: Data


class DecisionOpen(Request):
    """Open a prepared decision by its id, a motion as it is worded, or a new decision by its
    title and text.

    With `confirms`, and something that should be confirmed first and is not in it, it is refused:
    `details.reason` is `confirm` and `details.confirm` says what. Without, nothing is asked.
    """

    class Data(Model):
        meeting_id: Identifier
        decision_id: Annotated[Identifier | None, Omitted] = None
        title: Annotated[Title | None, Omitted] = None
        text: Annotated[Text | None, Omitted] = None
        item_id: Annotated[Identifier | None, Omitted] = None
        threshold: Annotated[Threshold | None, Omitted] = None
        base: Annotated[Base | None, Omitted] = None
        quorum: Annotated[int | None, Field(ge=1, le=1_000_000), Omitted] = None
        secret: Annotated[bool | None, Omitted] = None
        auto_close: Annotated[bool | None, Omitted] = None
        deadline: Annotated[Timestamp | None, Omitted] = None
        duration_seconds: Annotated[int | None, Field(ge=1, le=31_536_000), Omitted] = None
        confirms: Annotated[Guards | None, Omitted] = None
        method: Annotated[Method | None, Omitted] = None
        motion_id: Annotated[Identifier | None, Omitted] = None

    own_fields: ClassVar[tuple[str, ...]] = ("confirms", "method", "motionId")
    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Facilitator's messages"
    permission: ClassVar[Permission] = Permission.FACILITATE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("decision.opened",)

    type: Literal["decision.open"] = "decision.open"
    data: Data


class DecisionOpened(Event):
    """A decision is open: the whole of it."""

    class Data(Question):
        pass

    own_fields: ClassVar[tuple[str, ...]] = (
        "method",
        "motionId",
        "mover",
        "seconder",
        "recused",
        "overrides",
    )
    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Facilitator's messages"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["decision.opened"] = "decision.opened"
    data: Data


class DecisionClose(Request):
    """Close an open decision and count it; `confirms` is as in `decision.open`.

    `castingVote` breaks a tie where the meeting's file grants the chair one.
    """

    class Data(Model):
        decision_id: Identifier
        confirms: Annotated[Guards | None, Omitted] = None
        casting_vote: Annotated[Vote | None, Omitted] = None

    own_fields: ClassVar[tuple[str, ...]] = ("confirms", "castingVote")
    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Facilitator's messages"
    permission: ClassVar[Permission] = Permission.FACILITATE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("decision.result",)

    type: Literal["decision.close"] = "decision.close"
    data: Data


class DecisionWithdraw(Request):
    """Withdraw a decision that is prepared or open."""

    class Data(Model):
        decision_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Facilitator's messages"
    permission: ClassVar[Permission] = Permission.FACILITATE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("decision.result",)

    type: Literal["decision.withdraw"] = "decision.withdraw"
    data: Data


class DecisionResult(Event):
    """How a decision ended; `arithmetic` is ours and lets a client explain it.

    `printed` are the ballots of a secret vote in which anybody gave words, in an order that tells
    nothing: one for each voter.
    A straw poll has a result too, which decides nothing.
    """

    class Data(Model):
        decision_id: Identifier
        result: Result
        final_votes: FinalVotes
        completed_at: Timestamp
        arithmetic: Annotated[Arithmetic | None, Omitted] = None
        cause: Annotated[Cause | None, Omitted] = None
        casting_vote: Annotated[Vote | None, Omitted] = None
        overrides: Annotated[Guards | None, Omitted] = None
        printed: Annotated[tuple[PrintedBallot, ...] | None, Omitted] = None

    own_fields: ClassVar[tuple[str, ...]] = (
        "arithmetic",
        "cause",
        "castingVote",
        "overrides",
        "printed",
    )
    source: ClassVar[str] = "websocket-api.md:298"
    reach: ClassVar[Reach] = Reach.DECISION

    type: Literal["decision.result"] = "decision.result"
    data: Data


class DecisionCommentsGet(Request):
    """Ask for the sealed comments of a secret ballot that is over, `after` so many of them.

    Before its close `details.reason` is `not_closed`.
    """

    class Data(Model):
        decision_id: Identifier
        after: Count = 0

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "DESIGN.md, The journal: secret ballots"
    permission: ClassVar[Permission] = Permission.FACILITATE
    answers: ClassVar[tuple[str, ...]] = ("decision.comments",)

    type: Literal["decision.comments.get"] = "decision.comments.get"
    data: Data


class DecisionComments(Event):
    """The copies for the devices of whoever asks, in an order that tells nothing of who wrote
    them: as many as a message holds, of `total`."""

    class Data(Model):
        decision_id: Identifier
        comments: tuple[SealedCopy, ...]
        total: Count

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "DESIGN.md, The journal: secret ballots"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["decision.comments"] = "decision.comments"
    data: Data
