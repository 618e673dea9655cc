"""What can be asked of a meeting.

A command carries everything that a pure rule cannot make up: who asks, in which role on that
connection, and the identifiers that its effects will have.
"""

from dataclasses import dataclass, field
from datetime import datetime

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import (
    Base,
    Guard,
    ItemStatus,
    MeetingPhase,
    Method,
    Role,
    Threshold,
    Vote,
)
from boardroom_tui.protocol.messages.decision import SealedComment


@dataclass(frozen=True, slots=True)
class Convene:
    """Take the meeting's file as it is now; nothing happens if it has not changed."""

    charter: Charter


@dataclass(frozen=True, slots=True)
class Join:
    """Be present."""

    user_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class Leave:
    """Be present no longer."""

    user_id: str


@dataclass(frozen=True, slots=True)
class Say:
    """Say something to the meeting."""

    user_id: str
    role: Role
    message_id: str
    text: str
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class MoveAgenda:
    """Set an agenda item's status; `confirms` as in `OpenDecision`."""

    user_id: str
    role: Role
    item_id: str
    status: ItemStatus
    confirms: tuple[Guard, ...] | None = None


@dataclass(frozen=True, slots=True)
class SetPhase:
    """Call the meeting to order, or to recess, executive session or adjournment.

    `confirms` as in `OpenDecision`.
    """

    user_id: str
    role: Role
    phase: MeetingPhase
    confirms: tuple[Guard, ...] | None = None


@dataclass(frozen=True, slots=True)
class CallRoll:
    """Call the roll of the members."""

    user_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class RecordApology:
    """Record a member's apologies, one's own where nobody is named, or take them back."""

    user_id: str
    role: Role
    member_id: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class RaiseHand:
    """Ask for the floor."""

    user_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class LowerHand:
    """Ask for the floor no longer, oneself or the member named."""

    user_id: str
    role: Role
    member_id: str | None = None


@dataclass(frozen=True, slots=True)
class CallSpeaker:
    """Give the floor to the member named, or to the first who asks for it."""

    user_id: str
    role: Role
    member_id: str | None = None


@dataclass(frozen=True, slots=True)
class YieldFloor:
    """Take the floor from whoever has it."""

    user_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """Open a prepared decision (`prepared`), or a new one under `new_id`.

    What is None keeps the prepared decision's value, or the meeting's default for a new one.
    `deadline` is a time; `duration_seconds` counts from now. `confirms` is None where whoever
    asks knows of no guards. `motion` is the motion from the floor whose wording is put.
    """

    user_id: str
    role: Role
    new_id: str
    prepared: str | None = None
    title: str | None = None
    text: str | None = None
    item_id: str | None = None
    threshold: Threshold | None = None
    base: Base | None = None
    quorum: int | None = None
    secret: bool | None = None
    auto_close: bool | None = None
    deadline: datetime | None = None
    duration_seconds: int | None = None
    confirms: tuple[Guard, ...] | None = None
    method: Method | None = None
    motion: str | None = None


@dataclass(frozen=True, slots=True)
class CastVote:
    """Vote, or replace one's earlier vote."""

    user_id: str
    role: Role
    decision_id: str
    vote_id: str
    vote: Vote = field(repr=False)
    """Left out of the command's repr, with the comments: the ballot may be secret."""
    comment: str | None = field(default=None, repr=False)
    sealed_comment: SealedComment | None = field(default=None, repr=False)
    on_behalf_of: str | None = None
    """Whose vote it is, where whoever asks holds a proxy."""
    words: str | None = field(default=None, repr=False)
    """By which the voter of a secret ballot finds it among those that are printed."""


@dataclass(frozen=True, slots=True)
class CloseDecision:
    """Close an open decision and count it; `confirms` as in `OpenDecision`."""

    user_id: str
    role: Role
    decision_id: str
    confirms: tuple[Guard, ...] | None = None
    casting_vote: Vote | None = None
    """Breaks a tie where the meeting's file lets it."""


@dataclass(frozen=True, slots=True)
class WithdrawDecision:
    """Withdraw a decision that is prepared or open."""

    user_id: str
    role: Role
    decision_id: str


@dataclass(frozen=True, slots=True)
class GiveProxy:
    """Let another member vote for one."""

    user_id: str
    role: Role
    to: str


@dataclass(frozen=True, slots=True)
class RevokeProxy:
    """Vote for oneself again."""

    user_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class Recuse:
    """Take no part in a decision, or in none of those under an agenda item."""

    user_id: str
    role: Role
    decision_id: str | None = None
    item_id: str | None = None


@dataclass(frozen=True, slots=True)
class MakeMotion:
    """Move something under `motion_id`; without a title it is called by its first words."""

    user_id: str
    role: Role
    motion_id: str
    text: str
    title: str | None = None
    item_id: str | None = None


@dataclass(frozen=True, slots=True)
class SecondMotion:
    """Second what another member moved."""

    user_id: str
    role: Role
    motion_id: str


@dataclass(frozen=True, slots=True)
class AmendMotion:
    """Give a motion another wording."""

    user_id: str
    role: Role
    motion_id: str
    text: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawMotion:
    """Take back what one has moved."""

    user_id: str
    role: Role
    motion_id: str


@dataclass(frozen=True, slots=True)
class PostponeMotion:
    """Leave a motion to another meeting."""

    user_id: str
    role: Role
    motion_id: str


@dataclass(frozen=True, slots=True)
class ReferMotion:
    """Refer a motion to somebody who looks into it."""

    user_id: str
    role: Role
    motion_id: str
    to: str


@dataclass(frozen=True, slots=True)
class PassDeadlines:
    """Close every decision whose deadline has passed."""


Command = (
    Convene
    | Join
    | Leave
    | Say
    | MoveAgenda
    | SetPhase
    | CallRoll
    | RecordApology
    | RaiseHand
    | LowerHand
    | CallSpeaker
    | YieldFloor
    | OpenDecision
    | CastVote
    | CloseDecision
    | WithdrawDecision
    | GiveProxy
    | RevokeProxy
    | Recuse
    | MakeMotion
    | SecondMotion
    | AmendMotion
    | WithdrawMotion
    | PostponeMotion
    | ReferMotion
    | PassDeadlines
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command has no effect; `reason` and `confirm` go into the error's `details`."""

    code: ErrorCode
    message: str
    reason: str | None = None
    confirm: tuple[Guard, ...] = ()
    """What has to be confirmed first."""
