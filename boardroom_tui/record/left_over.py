"""What a meeting leaves to the next one."""

from dataclasses import dataclass

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.state import Decision, Item, Motion
from boardroom_tui.protocol.fields import ItemStatus, MotionStatus
from boardroom_tui.protocol.marks import MarkKind
from boardroom_tui.record.account import Account
from boardroom_tui.record.notes import Note


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What is still to be done."""

    deferred: tuple[Item, ...]
    """Items that were put off to another meeting."""
    not_done: tuple[Item, ...]
    """Items that were not completed."""
    not_put: tuple[PreparedDecision, ...]
    """Decisions that were prepared, neither put to the vote nor withdrawn."""
    still_open: tuple[Decision, ...]
    """Decisions whose vote is not over."""
    pending: tuple[Motion, ...]
    """Motions from the floor that were moved, seconded perhaps, and not put to the vote."""
    postponed: tuple[Motion, ...]
    """Motions from the floor that were left to another meeting."""
    referred: tuple[Motion, ...]
    """Motions from the floor that somebody else is to consider first."""
    actions: tuple[Note, ...]
    """All actions, those of nobody in particular too."""


def left_over(told: Account) -> LeftOver:
    """What is left when a meeting is as told."""
    state = told.state
    prepared = () if state.charter is None else state.charter.decisions
    open_still = (ItemStatus.PENDING, ItemStatus.IN_PROGRESS)
    return LeftOver(
        deferred=tuple(i for i in state.agenda if i.status is ItemStatus.DEFERRED),
        not_done=tuple(i for i in state.agenda if i.status in open_still),
        not_put=tuple(
            each
            for each in prepared
            if state.decision(each.id) is None and each.id not in state.withdrawn
        ),
        still_open=tuple(each for each in told.decisions if each.closed is None),
        pending=tuple(m for m in told.motions if m.status.is_pending),
        postponed=tuple(m for m in told.motions if m.status is MotionStatus.POSTPONED),
        referred=tuple(m for m in told.motions if m.status is MotionStatus.REFERRED),
        actions=actions(told),
    )


def actions(told: Account) -> tuple[Note, ...]:
    """The actions that were marked and not taken back, in order."""
    return tuple(note for note in told.notes if note.mark.kind is MarkKind.ACTION)
