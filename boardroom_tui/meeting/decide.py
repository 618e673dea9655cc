"""The rules' one door: what a command does to a meeting, or why it does nothing."""

from datetime import datetime
from typing import assert_never

from boardroom_tui.meeting import (
    agenda,
    attendance,
    closing,
    conversation,
    executive,
    life,
    opening,
    voting,
)
from boardroom_tui.meeting.commands import (
    CastVote,
    CloseDecision,
    Command,
    Convene,
    Join,
    Leave,
    MoveAgenda,
    OpenDecision,
    PassDeadlines,
    Refusal,
    Say,
    SetPhase,
    WithdrawDecision,
)
from boardroom_tui.meeting.convening import convene
from boardroom_tui.meeting.deed import Deeds, numbered
from boardroom_tui.meeting.events import Event
from boardroom_tui.meeting.state import MeetingState


def decide(state: MeetingState, command: Command, now: datetime) -> tuple[Event, ...] | Refusal:
    """The events that `command` causes at `now`, numbered from `state.sequence + 1`.

    No event means that all is as asked already; it is no error. Nothing else changes until the
    events are folded into the state.
    """
    deeds = executive.objection(state, command) or _deeds(state, command, now)
    return deeds if isinstance(deeds, Refusal) else numbered(deeds, state.sequence, now)


def _deeds(state: MeetingState, command: Command, now: datetime) -> Deeds | Refusal:
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
        case OpenDecision():
            return opening.open_decision(state, command, now)
        case CastVote():
            return voting.cast(state, command, now)
        case CloseDecision():
            return closing.close(state, command, now)
        case WithdrawDecision():
            return closing.withdraw(state, command, now)
        case PassDeadlines():
            return closing.pass_deadlines(state, now)
        case _:
            assert_never(command)
