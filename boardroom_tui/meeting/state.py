"""What a meeting is at a moment: computed from its events, never changed in place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from boardroom_tui.meeting.charter import Charter, Member, PreparedDecision
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened, Elector
from boardroom_tui.protocol.fields import (
    DecisionStatus,
    ItemStatus,
    MeetingPhase,
    MotionStatus,
    Role,
    Vote,
)
from boardroom_tui.protocol.identifiers import Kind, bare, key_in
from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.decision import SealedComment


@dataclass(frozen=True, slots=True)
class Attendance:
    """A member who is present: in which role, since when."""

    role: Role
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item as it stands."""

    id: str
    title: str
    minutes: int | None
    status: ItemStatus = ItemStatus.PENDING
    started_at: datetime | None = None
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A member's vote that counts; `vote` is None only while a secret ballot is being reloaded."""

    vote_id: str
    vote: Vote | None
    comment: str | None
    at: datetime
    sealed_comment: SealedComment | None = None
    """While a secret ballot is open: afterwards nothing tells whose it was."""
    cast_by: str | None = None
    """Who cast it for the voter, by proxy."""
    words: str | None = None
    """Those of a secret ballot, for as long."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was opened: its frozen wording, the ballots that count, its end."""

    opened: DecisionOpened
    opened_at: datetime
    ballots: Mapping[str, Ballot] = field(default_factory=dict[str, Ballot])
    """By the voter's id: one each, the latest."""
    closed: DecisionClosed | None = None
    closed_at: datetime | None = None
    recused: tuple[str, ...] = ()
    """Who takes no part, having said so before it opened or since."""
    after_adjournment: bool = False
    """Whether it ended once the meeting was adjourned."""

    @property
    def electors(self) -> tuple[Elector, ...]:
        """Those who may vote: fixed when it opened, less who has recused themselves since."""
        if not self.recused:
            return self.opened.electors
        return tuple(e for e in self.opened.electors if e.user_id not in self.recused)

    @property
    def status(self) -> DecisionStatus:
        """Voting, or its result."""
        return DecisionStatus.VOTING if self.closed is None else DecisionStatus(self.closed.result)


@dataclass(frozen=True, slots=True)
class ChatEntry:
    """Something that was said."""

    message_id: str
    user_id: str
    text: str
    reply_to: str | None
    at: datetime
    executive: bool = False
    """Whether it was said in executive session."""


@dataclass(frozen=True, slots=True)
class Recusal:
    """A member who takes no part in a decision, or in any under an item."""

    user_id: str
    decision_id: str | None
    item_id: str | None

    def concerns(self, decision_id: str, item_id: str | None) -> bool:
        """Whether it is about this decision, which belongs to that item."""
        if self.decision_id is not None:
            return self.decision_id == decision_id
        return self.item_id == item_id


@dataclass(frozen=True, slots=True)
class Wording:
    """How a motion was worded, by whom and since when, and who seconded these words."""

    title: str
    text: str
    by: str
    at: datetime
    seconder: str | None = None


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion from the floor as it stands; of its wordings the last is the one that counts."""

    id: str
    mover: str
    item_id: str | None
    wordings: tuple[Wording, ...]
    status: MotionStatus = MotionStatus.MOVED
    referred_to: str | None = None
    decision_id: str | None = None
    """The decision that put it to the vote last."""

    @property
    def wording(self) -> Wording:
        """The wording that counts."""
        return self.wordings[-1]

    @property
    def seconder(self) -> str | None:
        """Who seconded the wording that counts."""
        return self.wording.seconder


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who has the floor, and since when."""

    user_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class MeetingState:
    """A meeting after `sequence` events; `charter` is None before the first."""

    sequence: int = 0
    charter: Charter | None = None
    present: Mapping[str, Attendance] = field(default_factory=dict[str, Attendance])
    last_seen: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    agenda: tuple[Item, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict[str, Decision])
    """By id, in the order they opened; a prepared one is only in the charter."""
    withdrawn: frozenset[str] = frozenset()
    """Prepared decisions that were withdrawn before they opened."""
    proxies: Mapping[str, str] = field(default_factory=dict[str, str])
    """Who votes for whom: the holder by the giver."""
    recusals: tuple[Recusal, ...] = ()
    motions: Mapping[str, Motion] = field(default_factory=dict[str, Motion])
    """By id, in the order they were made."""
    chat: KeyedLog[ChatEntry] = field(default_factory=KeyedLog[ChatEntry])
    started_at: datetime | None = None
    """When it was first called to order, or without that its first agenda item was taken up."""
    phase: MeetingPhase = MeetingPhase.GATHERING
    phase_since: datetime | None = None
    """None while it gathers."""
    apologies: frozenset[str] = frozenset()
    """Who has sent apologies."""
    hands: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """Who asks for the floor, since when, the first first."""
    speaking: Speaking | None = None
    """Who has it."""
    before_executive: "MeetingState | None" = None
    """As it stood when the executive session began that lasts now."""
    hidden: frozenset[str] = frozenset()
    """The decisions that were put, ended or withdrawn in executive session."""

    def member(self, user_id: str) -> Member | None:
        """The member of this id, whichever way it is written."""
        return None if self.charter is None else self.charter.member(user_id)

    def item(self, item_id: str) -> Item | None:
        """The agenda item of this id."""
        return next((item for item in self.agenda if item.id == item_id), None)

    @property
    def current_item(self) -> int:
        """The place of the item in progress, counted from 1; 0 is none."""
        places = enumerate(self.agenda, start=1)
        return next((place for place, i in places if i.status is ItemStatus.IN_PROGRESS), 0)

    def decision(self, decision_id: str) -> Decision | None:
        """The decision of this id that was opened, whichever way the id is written."""
        return self.decisions.get(key_in(self.decisions, Kind.DECISION, decision_id))

    def prepared(self, decision_id: str) -> PreparedDecision | None:
        """What the meeting's file says of a decision, opened or not."""
        if self.charter is None:
            return None
        wanted = bare(Kind.DECISION, decision_id)
        return next(
            (d for d in self.charter.decisions if bare(Kind.DECISION, d.id) == wanted), None
        )
