"""The rules' one door: what a command does to a meeting, or why it does nothing."""

from datetime import datetime
from typing import assert_never

from boardroom_tui.meeting import (
    adjourned,
    agenda,
    attendance,
    closing,
    conversation,
    executive,
    life,
    motions,
    opening,
    proxies,
    roll,
    speakers,
    voting,
)
from boardroom_tui.meeting.commands import (
    AmendMotion,
    CallRoll,
    CallSpeaker,
    CastVote,
    CloseDecision,
    Command,
    Convene,
    GiveProxy,
    Join,
    Leave,
    LowerHand,
    MakeMotion,
    MoveAgenda,
    OpenDecision,
    PassDeadlines,
    PostponeMotion,
    RaiseHand,
    RecordApology,
    Recuse,
    ReferMotion,
    Refusal,
    RevokeProxy,
    Say,
    SecondMotion,
    SetPhase,
    WithdrawDecision,
    WithdrawMotion,
    YieldFloor,
)
from boardroom_tui.meeting.convening import convene
from boardroom_tui.meeting.deed import Deeds, numbered
from boardroom_tui.meeting.events import Event
from boardroom_tui.meeting.recusing import recuse
from boardroom_tui.meeting.state import MeetingState


def decide(state: MeetingState, command: Command, now: datetime) -> tuple[Event, ...] | Refusal:
    """The events that `command` causes at `now`, numbered from `state.sequence + 1`.

    No event means that all is as asked already; it is no error. Nothing else changes until the
    events are folded into the state.
    """
    objection = executive.objection(state, command) or adjourned.objection(state, command)
    deeds = objection or _deeds(state, command, now)
    return deeds if isinstance(deeds, Refusal) else numbered(deeds, state.sequence, now)


def _deeds(  # noqa: PLR0912  (a branch for each command is the point of it)
    state: MeetingState, command: Command, now: datetime
) -> Deeds | Refusal:
    match command:
        case Convene():
            return convene(state, command, now)
        case Join():
            return attendance.join(state, command)
        case Leave():
            return attendance.leave(state, command)
        case Say():
            return conversation.say(state, command)
        case MoveAgenda():
            return agenda.move(state, command)
        case SetPhase():
            return life.set_phase(state, command)
        case CallRoll():
            return roll.call_roll(state, command)
        case RecordApology():
            return roll.record_apology(state, command)
        case RaiseHand():
            return speakers.raise_hand(state, command)
        case LowerHand():
            return speakers.lower_hand(state, command)
        case CallSpeaker():
            return speakers.call_speaker(state, command)
        case YieldFloor():
            return speakers.yield_floor(state, command)
        case OpenDecision():
            return opening.open_decision(state, command, now)
        case CastVote():
            return voting.cast(state, command, now)
        case CloseDecision():
            return closing.close(state, command, now)
        case WithdrawDecision():
            return closing.withdraw(state, command, now)
        case GiveProxy():
            return proxies.give(state, command)
        case RevokeProxy():
            return proxies.revoke(state, command)
        case Recuse():
            return recuse(state, command, now)
        case MakeMotion():
            return motions.make(state, command)
        case SecondMotion():
            return motions.second(state, command)
        case AmendMotion():
            return motions.amend(state, command)
        case WithdrawMotion():
            return motions.withdraw(state, command)
        case PostponeMotion():
            return motions.postpone(state, command)
        case ReferMotion():
            return motions.refer(state, command)
        case PassDeadlines():
            return closing.pass_deadlines(state, now)
        case _:
            assert_never(command)
