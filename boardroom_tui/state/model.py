"""A meeting as a client knows it: frozen, drawn by widgets, changed only by `reduce`."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import DecisionStatus, MeetingPhase, Method, Role, Status, Vote
from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.decision import (
    DecisionResult,
    NamedVote,
    Question,
    VoteSummary,
)
from boardroom_tui.protocol.messages.meeting import AgendaItem, ChatLine
from boardroom_tui.protocol.messages.minutes import MinutesDraft
from boardroom_tui.protocol.messages.motion import Motion, MotionBefore
from boardroom_tui.protocol.messages.notification import NotificationSend
from boardroom_tui.protocol.messages.presence import Activity
from boardroom_tui.protocol.messages.receipt import Receipt
from boardroom_tui.protocol.messages.speaker import Speakers
from boardroom_tui.protocol.words import verdict_in_words
from boardroom_tui.state.concern import Concern


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the meeting, present or not.

    A server that knows only the reference tells of nobody who has not joined, and of no weights.
    """

    user_id: str
    name: str
    role: Role | None = None
    has_vote: bool = True
    weight: int = 1
    present: bool = False
    status: Status = Status.OFFLINE
    activity: Activity | None = None
    joined_at: datetime | None = None
    last_seen: datetime | None = None
    apologies: bool = False
    """Whether they have sent apologies."""
    lookalike: bool = False
    """Whether somebody else's name looks like this one's."""

    @property
    def shown_name(self) -> str:
        """The name; with the user's id where somebody else's looks like it."""
        return f"{self.name} ({self.user_id})" if self.lookalike else self.name


@dataclass(frozen=True, slots=True)
class OwnVote:
    """One's own vote as the server has it; `vote` is None where nobody may see it."""

    vote_id: str
    vote: Vote | None
    at: datetime
    cast_by: str | None = None
    """Who cast it, holding one's proxy."""


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as far as it is known.

    `question` is None where the server knows only the reference: then there are an id and a tally.
    """

    decision_id: str
    question: Question | None = None
    tally: VoteSummary | None = None
    deadline: datetime | None = None
    own_vote: OwnVote | None = None
    earlier_vote: OwnVote | None = None
    """One's own vote that the present one replaced."""
    vote_refused: str | None = None
    """Why the vote that one sent last was not recorded."""
    proxy_votes: Mapping[str, OwnVote] = field(default_factory=dict[str, OwnVote])
    """The votes that one cast for others, by whose they are."""
    voters: int | None = None
    """How many members have voted."""
    not_voted: tuple[str, ...] | None = None
    """Who may vote and has not, those present first; no more than the server names."""
    named_votes: Mapping[str, NamedVote] = field(default_factory=dict[str, NamedVote])
    """Who voted how, in a roll call."""
    outcome: DecisionResult.Data | None = None
    tally_status: str | None = None
    """What the last tally said of the decision: `voting`, or how it ended."""

    @property
    def is_open(self) -> bool:
        """Whether votes are being taken."""
        if self.outcome is not None:
            return False
        if self.tally_status is not None:
            return self.tally_status == DecisionStatus.VOTING
        return self.question is not None and self.question.status is DecisionStatus.VOTING

    @property
    def is_prepared(self) -> bool:
        """Whether it can still be opened."""
        return (
            self.outcome is None
            and not self.is_open
            and self.question is not None
            and self.question.status is DecisionStatus.PREPARED
        )

    @property
    def title(self) -> str:
        """What is decided; its id where the server tells no more."""
        return self.decision_id if self.question is None else self.question.title

    @property
    def verdict(self) -> str | None:
        """How it ended, and why in numbers; None until then."""
        if self.outcome is None:
            return None
        return verdict_in_words(
            self.outcome.result,
            self.outcome.final_votes,
            self.outcome.arithmetic,
            None if self.question is None else self.question.threshold,
            None if self.question is None else self.question.base,
            method=self.method,
            casting_vote=self.outcome.casting_vote,
        )

    @property
    def method(self) -> Method:
        """How it is taken."""
        return Method.VOTE if self.question is None else self.question.method


class Tone(Enum):
    """How loudly the meeting says something."""

    QUIET = "quiet"
    """A line in the conversation."""
    NEWS = "news"
    """A toast too."""
    WARNING = "warning"
    """A toast that warns."""


class SpokenLine(NamedTuple):
    """Something that was said, as a client keeps it: in a quarter of the room that a message takes.

    There may be a hundred thousand of them, so what they have in common they share; and a tuple is
    made in half the time of a frozen data class.
    """

    message_id: str
    user_id: str
    user_name: str
    message: str
    timestamp: datetime
    reply_to: str | None = None

    @classmethod
    def of(cls, line: ChatLine) -> "SpokenLine":
        """What a message says."""
        return cls(
            line.message_id,
            sys.intern(line.user_id),
            sys.intern(line.user_name),
            line.message,
            line.timestamp,
            line.reply_to,
        )


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """What the meeting itself says in the conversation: nobody's words.

    `message_id` names what happened, so that it is said once however often it is heard of; there
    is a blank in it, which no message's id has.
    """

    message_id: str
    timestamp: datetime
    text: str
    tone: Tone = Tone.QUIET
    concern: Concern | None = None
    """Why it is about oneself, where it is."""


class Earlier(Enum):
    """What is known of what was said before the conversation begins here."""

    NONE = "none"
    """It is told from its beginning."""
    MORE = "more"
    """There is more, and the server tells it."""
    ASKED = "asked"
    """It has been asked for some of it."""
    READ = "read"
    """There was more, and all of it was read back."""
    UNTOLD = "untold"
    """This server tells nobody what was said before they came."""


Entry = SpokenLine | MeetingLine
"""What stands in the conversation."""


class Progress(Enum):
    """How far something that was sent has come."""

    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something of one's own that the server has not answered yet, or refused."""

    request: ClientMessage
    posted_at: datetime
    progress: Progress = Progress.WAITING
    reason: str | None = None
    """Why it was refused, in words to show."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Everything a client knows of its meeting."""

    meeting_id: str
    own_id: str = ""
    """The user's own id, once `connection.ready` has said it."""
    permissions: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()
    """The types beyond the reference that this server knows."""
    title: str = ""
    quorum: int | None = None
    started_at: datetime | None = None
    phase: MeetingPhase = MeetingPhase.GATHERING
    phase_since: datetime | None = None
    sequence: int = 0
    agenda: tuple[AgendaItem, ...] = ()
    current_item: int = 0
    """Counts from 1; 0 is none."""
    total_items: int = 0
    people: Mapping[str, Person] = field(default_factory=dict[str, Person])
    decisions: Mapping[str, DecisionView] = field(default_factory=dict[str, DecisionView])
    """In the order in which they are on the agenda or were heard of."""
    chat: KeyedLog[Entry] = field(default_factory=KeyedLog[Entry])
    earlier: Earlier = Earlier.NONE
    """What was said before that."""
    earlier_page: str | None = None
    """What the server calls it; None where it tells only what was said."""
    speakers: Speakers = field(default_factory=Speakers)
    typing: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """Who is typing, since when."""
    outgoing: Mapping[str, Outgoing] = field(default_factory=dict[str, Outgoing])
    """By the request's id, in the order of sending."""
    notifications: tuple[NotificationSend.Data, ...] = ()
    record_warning: str | None = None
    """What the server says of the record that was otherwise before."""
    motions: Mapping[str, Motion] = field(default_factory=dict[str, Motion])
    """Motions from the floor, in the order they were made."""
    motions_heard: Mapping[str, MotionBefore] = field(default_factory=dict[str, MotionBefore])
    """Each as the meeting last said of it; also those that one is no longer told of."""
    motion_order: tuple[str, ...] = ()
    """All that were heard of, in that order; also those that one is no longer told of."""
    proxies: Mapping[str, str] = field(default_factory=dict[str, str])
    """Who votes for whom: the holder by the giver."""
    allows_proxies: bool = False
    casting_vote: bool = False
    """Whether the chair may break a tie."""
    receipts: Mapping[str, Receipt.Data] = field(default_factory=dict[str, Receipt.Data])
    """What the record says of one's own votes, by their ids, as far as it was asked for."""
    draft: MinutesDraft.Data | None = None
    """The minutes, as they were told last."""
    server_ahead: timedelta = timedelta()
    """By how much the server's clock is ahead of this machine's."""

    def time(self, now: datetime) -> datetime:
        """The time in the meeting, by which its deadlines pass, when this machine's is `now`."""
        return now + self.server_ahead
