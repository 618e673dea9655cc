"""The meeting itself: joining and leaving, the conversation, the agenda, the whole state."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import (
    ChatText,
    Count,
    Guards,
    Identifier,
    ItemStatus,
    MeetingPhase,
    Model,
    Omitted,
    Role,
    Status,
    Timestamp,
    Title,
)
from boardroom_tui.protocol.limits import Rate
from boardroom_tui.protocol.messages.attendance import ApologyUpdate, QuorumUpdate, RollCalled
from boardroom_tui.protocol.messages.decision import (
    DecisionOpened,
    DecisionResult,
    NamedVote,
    NotVoted,
    OwnVote,
    ProxyVote,
    Question,
    VoteSummary,
)
from boardroom_tui.protocol.messages.electorate import DecisionRecused
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.motion import Motion, MotionBefore, MotionUpdate
from boardroom_tui.protocol.messages.presence import Activity
from boardroom_tui.protocol.messages.proxy import Proxy, ProxyUpdate
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.protocol.messages.speaker import SpeakerQueue, Speakers


class LastHeard(Model):
    """The newest event of a meeting that a client has heard of, in which role it was joined then.

    Together with its time an event is no other's, also where an older record was put back.
    """

    sequence: Count
    at: Timestamp
    role: Role


class MeetingJoin(Request):
    """Join a meeting; `role` can only lower the one that the meeting's file gives.

    Who comes back after `lastHeard` is told only what came with that event and after it, where the
    server still has it, else all.
    """

    class Data(Model):
        meeting_id: Identifier
        role: Annotated[Role | None, Omitted] = None
        last_heard: Annotated[LastHeard | None, Omitted] = None

    own_fields: ClassVar[tuple[str, ...]] = ("lastHeard",)
    source: ClassVar[str] = "websocket-api.md:137"
    permission: ClassVar[Permission] = Permission.READ
    rate: ClassVar[Rate | None] = Rate.JOIN
    answers: ClassVar[tuple[str, ...]] = ("meeting.participant.joined",)

    type: Literal["meeting.join"] = "meeting.join"
    data: Data


class ParticipantJoined(Event):
    """A member is here; one with several connections is one participant."""

    class Participant(Model):
        user_id: Identifier
        name: Title
        role: Role
        joined_at: Timestamp

    class Data(Model):
        meeting_id: Identifier
        participant: "ParticipantJoined.Participant"
        total_participants: Count

    source: ClassVar[str] = "websocket-api.md:151"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["meeting.participant.joined"] = "meeting.participant.joined"
    data: Data


class MeetingLeave(Request):
    """Leave a meeting."""

    class Data(Model):
        meeting_id: Identifier

    source: ClassVar[str] = "websocket-api.md:168"
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("meeting.participant.left",)

    type: Literal["meeting.leave"] = "meeting.leave"
    data: Data


class ParticipantLeft(Event):
    """A member has left, with their last connection."""

    class Participant(Model):
        user_id: Identifier
        name: Title
        left_at: Timestamp

    class Data(Model):
        meeting_id: Identifier
        participant: "ParticipantLeft.Participant"
        total_participants: Count

    source: ClassVar[str] = "websocket-api.md:181"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["meeting.participant.left"] = "meeting.participant.left"
    data: Data


class ChatSend(Request):
    """Say something to the meeting, or answer what was said."""

    class Data(Model):
        meeting_id: Identifier
        message: ChatText
        reply_to: Identifier | None = None

    source: ClassVar[str] = "websocket-api.md:197"
    permission: ClassVar[Permission] = Permission.WRITE
    rate: ClassVar[Rate | None] = Rate.CHAT
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("meeting.chat.message",)

    type: Literal["meeting.chat.message"] = "meeting.chat.message"
    data: Data


class ChatLine(Model):
    """Something that was said."""

    meeting_id: Identifier
    message_id: Identifier
    user_id: Identifier
    user_name: Title
    message: ChatText
    reply_to: Identifier | None = None
    timestamp: Timestamp


class ChatMessage(Event):
    """Somebody said something; it is on disk."""

    class Data(ChatLine):
        pass

    source: ClassVar[str] = "websocket-api.md:212"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["meeting.chat.message"] = "meeting.chat.message"
    data: Data


class ItemDetails(Model):
    """An agenda item as it stands."""

    id: Identifier
    title: Title
    status: ItemStatus
    started_at: Annotated[Timestamp | None, Omitted] = None


class AgendaUpdate(Event):
    """An agenda item changed; `currentItem` counts from 1, 0 is none.

    `overrides` is what stood against taking it up.
    """

    class Data(Model):
        meeting_id: Identifier
        current_item: Count
        total_items: Count
        item_details: ItemDetails
        overrides: Annotated[Guards | None, Omitted] = None

    own_fields: ClassVar[tuple[str, ...]] = ("overrides",)
    source: ClassVar[str] = "websocket-api.md:228"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["meeting.agenda.update"] = "meeting.agenda.update"
    data: Data


class AgendaSet(Request):
    """Set an agenda item's status; the one in progress before is completed.

    `confirms` is as in `decision.open`.
    """

    class Data(Model):
        meeting_id: Identifier
        item_id: Identifier
        status: ItemStatus
        confirms: Annotated[Guards | None, Omitted] = None

    own_fields: ClassVar[tuple[str, ...]] = ("confirms",)
    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Facilitator's messages"
    permission: ClassVar[Permission] = Permission.FACILITATE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("meeting.agenda.update",)

    type: Literal["meeting.agenda.set"] = "meeting.agenda.set"
    data: Data


class AgendaItem(ItemDetails):
    """An agenda item with its planned length in minutes and its end."""

    minutes: Annotated[Count | None, Omitted] = None
    completed_at: Annotated[Timestamp | None, Omitted] = None


class RosterEntry(Model):
    """A member of the meeting, present or not."""

    user_id: Identifier
    name: Title
    role: Role
    has_vote: bool
    weight: Annotated[int, Field(ge=1)]
    present: bool
    status: Status
    activity: Annotated[Activity | None, Omitted] = None
    joined_at: Annotated[Timestamp | None, Omitted] = None
    last_seen: Annotated[Timestamp | None, Omitted] = None
    apologies: bool = False
    """Whether they have sent apologies."""


class DecisionState(Question):
    """A decision with its tally, its result and the receiver's own vote."""

    vote_summary: Annotated[VoteSummary | None, Omitted] = None
    own_vote: Annotated[OwnVote | None, Omitted] = None
    outcome: Annotated[DecisionResult.Data | None, Omitted] = None
    voters: Annotated[Count | None, Omitted] = None
    not_voted: Annotated[NotVoted | None, Omitted] = None
    named_votes: tuple[NamedVote, ...] = ()
    """A roll call's votes so far, in the order of the roster."""
    proxy_votes: tuple[ProxyVote, ...] = ()


Proceeded = (
    PhaseUpdate
    | QuorumUpdate
    | RollCalled
    | ApologyUpdate
    | SpeakerQueue
    | AgendaUpdate
    | MotionUpdate
    | DecisionOpened
    | DecisionResult
    | DecisionRecused
    | ProxyUpdate
)
"""What the meeting did, beside what was said in it."""


class Proceeding(Model):
    """What was announced before the receiver came, after so many lines of the `chat` beside it.

    It is the message that everybody got, with the time at which it happened; and how the meeting's
    phase or the motion stood until then, as far as the receiver's role had heard.
    """

    after_lines: Count
    message: Annotated[Proceeded, Field(discriminator="type")]
    phase_before: Annotated[MeetingPhase | None, Omitted] = None
    motion_before: Annotated[MotionBefore | None, Omitted] = None


class MeetingState(Event):
    """Everything a late joiner needs to draw the whole meeting, in one message.

    With `after` the receiver has heard what was up to that event: of what was said and done, of
    motions and decisions that are over, only those are told that it or a later one concerns.
    """

    class Data(Model):
        meeting_id: Identifier
        after: Annotated[Count | None, Omitted] = None
        title: Title
        quorum: Count
        sequence: Count
        recorded_at: Annotated[Timestamp | None, Omitted] = None
        """When the newest event happened, which `sequence` numbers."""
        started_at: Annotated[Timestamp | None, Omitted] = None
        phase: MeetingPhase = MeetingPhase.GATHERING
        phase_since: Annotated[Timestamp | None, Omitted] = None
        agenda: tuple[AgendaItem, ...]
        current_item: Count
        roster: tuple[RosterEntry, ...]
        decisions: tuple[DecisionState, ...]
        chat: tuple[ChatLine, ...]
        earlier_chat: bool = False
        """Whether more was said or done before: `meeting.chat.history.get` asks for it."""
        earlier_page: Annotated[Identifier | None, Omitted] = None
        """Names that."""
        proceedings: tuple[Proceeding, ...] = ()
        """What the meeting did since then, the oldest first."""
        head: Annotated[SignedHead | None, Omitted] = None
        speakers: Speakers = Speakers()
        motions: tuple[Motion, ...] = ()
        motion_order: tuple[Identifier, ...] = ()
        """All motions in the order in which the receiver's role heard of them; also those that it
        is no longer told of."""
        proxies: tuple[Proxy, ...] = ()
        allows_proxies: bool = False
        casting_vote: bool = False
        """Whether the chair may break a tie."""

    own_fields: ClassVar[tuple[str, ...]] = (
        "after",
        "recordedAt",
        "phase",
        "phaseSince",
        "earlierChat",
        "earlierPage",
        "proceedings",
        "head",
        "speakers",
        "motions",
        "motionOrder",
        "proxies",
        "allowsProxies",
        "castingVote",
    )
    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, State"
    reach: ClassVar[Reach] = Reach.CONNECTION

    type: Literal["meeting.state"] = "meeting.state"
    data: Data
