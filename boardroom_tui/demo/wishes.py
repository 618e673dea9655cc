"""What the meeting waits for its chair to do: done by a simulated one, hinted at to a person."""

from collections.abc import Callable
from dataclasses import dataclass

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase
from boardroom_tui.protocol.messages.decision import DecisionClose, DecisionOpen, Question
from boardroom_tui.protocol.messages.life import Called, PhaseSet
from boardroom_tui.protocol.messages.meeting import AgendaItem, AgendaSet
from boardroom_tui.protocol.messages.motion import Motion
from boardroom_tui.state.model import Meeting
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.commands import Commands

ORDER, MOTION, ADJOURNMENT = "order", "motion", "adjournment"
"""The topics that are about no item and no prepared decision."""

Condition = Callable[[Meeting], bool]
Hint = Callable[[Commands], str]
"""What is said to somebody who has these keys."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing to be done next."""

    deed: ClientMessage
    """What a simulated chair sends."""
    is_done: Condition
    hint: Hint
    """What the secretary says to a person in the chair who does nothing for a while."""
    topic: str
    """The item or the decision that it is about, or one of the topics above."""


def _how(own: Commands, wanted: CommandId) -> str:
    """A command's key, where it works while one types, and what to type: `F8 or /next-item`."""
    command = own[wanted]
    return f"{command.shown_key} or /{command.slash}" if command.keys else f"/{command.slash}"


def _call(meeting: Meeting, phase: Called) -> PhaseSet:
    return PhaseSet(data=PhaseSet.Data(meeting_id=meeting.meeting_id, phase=phase))


def _set(meeting: Meeting, item: AgendaItem, status: ItemStatus) -> AgendaSet:
    data = AgendaSet.Data(meeting_id=meeting.meeting_id, item_id=item.id, status=status)
    return AgendaSet(data=data)


def status_of(meeting: Meeting, item_id: str) -> ItemStatus | None:
    """Where an agenda item stands."""
    return next((item.status for item in meeting.agenda if item.id == item_id), None)


def is_prepared(meeting: Meeting, decision_id: str) -> bool:
    """Whether a decision is still to be opened."""
    view = meeting.decisions.get(decision_id)
    return view is not None and view.is_prepared


def is_over(meeting: Meeting, decision_id: str) -> bool:
    """Whether a decision has its result."""
    view = meeting.decisions.get(decision_id)
    return view is not None and view.outcome is not None


def is_adjourned(meeting: Meeting) -> bool:
    """Whether the meeting has ended."""
    return meeting.phase is MeetingPhase.ADJOURNED


def call_to_order(meeting: Meeting) -> Wish:
    """Call the meeting to order."""
    return Wish(
        deed=_call(meeting, MeetingPhase.IN_SESSION),
        is_done=lambda now: now.phase is not MeetingPhase.GATHERING,
        hint=lambda own: (
            f"Chair, we can begin when you like: {_how(own, CommandId.ORDER)} calls us to order."
        ),
        topic=ORDER,
    )


def adjourn(meeting: Meeting) -> Wish:
    """End the meeting."""
    return Wish(
        deed=_call(meeting, MeetingPhase.ADJOURNED),
        is_done=is_adjourned,
        hint=lambda own: (
            f"That was everything, Chair. {_how(own, CommandId.ADJOURN)} ends the meeting."
        ),
        topic=ADJOURNMENT,
    )


def take_up(meeting: Meeting, item: AgendaItem) -> Wish:
    """Take up the next agenda item."""
    first = all(other.status is ItemStatus.PENDING for other in meeting.agenda)

    def hint(own: Commands) -> str:
        how = _how(own, CommandId.NEXT_ITEM)
        if first:
            return f"Chair, {how} takes up the first item."
        return f"That was all on this item, Chair. {how} goes on to the next: {item.title}."

    return Wish(
        deed=_set(meeting, item, ItemStatus.IN_PROGRESS),
        is_done=lambda now: status_of(now, item.id) is not ItemStatus.PENDING,
        hint=hint,
        topic=item.id,
    )


def complete(meeting: Meeting, item: AgendaItem) -> Wish:
    """Complete the last agenda item."""
    return Wish(
        deed=_set(meeting, item, ItemStatus.COMPLETED),
        is_done=lambda now: status_of(now, item.id) is not ItemStatus.IN_PROGRESS,
        hint=lambda own: (
            f"That was the last item, Chair. {_how(own, CommandId.COMPLETE)} completes it."
        ),
        topic=f"completing {item.id}",
    )


def open_vote(meeting: Meeting, question: Question) -> Wish:
    """Open a prepared decision."""
    data = DecisionOpen.Data(meeting_id=meeting.meeting_id, decision_id=question.decision_id)
    return Wish(
        deed=DecisionOpen(data=data),
        is_done=lambda now: not is_prepared(now, question.decision_id),
        hint=lambda own: (
            f"Shall we vote, Chair? {_how(own, CommandId.OPEN)}, then choose “{question.title}”."
        ),
        topic=question.decision_id,
    )


def put_motion(meeting: Meeting, motion: Motion) -> Wish:
    """Put a motion from the floor to the vote."""
    data = DecisionOpen.Data(meeting_id=meeting.meeting_id, motion_id=motion.motion_id)
    return Wish(
        deed=DecisionOpen(data=data),
        is_done=lambda now: not now.motions[motion.motion_id].status.is_pending,
        hint=lambda own: (
            f"It is moved and seconded, Chair. {_how(own, CommandId.PUT)} puts it to the vote."
        ),
        topic=MOTION,
    )


def close_vote(decision_id: str) -> Wish:
    """Close a vote in which all who are here have voted."""
    return Wish(
        deed=DecisionClose(data=DecisionClose.Data(decision_id=decision_id)),
        is_done=lambda now: is_over(now, decision_id),
        hint=lambda own: (
            f"Everybody here has voted, Chair. {_how(own, CommandId.CLOSE)} closes the vote."
        ),
        topic=f"closing {decision_id}",
    )


def reminder(name: str, own: Commands) -> str:
    """What the secretary says to a person whose vote alone is missing."""
    approve, reject, abstain = (
        own.key(each) for each in (CommandId.APPROVE, CommandId.REJECT, CommandId.ABSTAIN)
    )
    return (
        f"{name}, only your vote is missing: {approve} to approve, {reject} to reject, "
        f"{abstain} to abstain."
    )


def farewell(own: Commands) -> str:
    """What the secretary says to a person once everything is done."""
    how = _how(own, CommandId.LEAVE)
    return f"That was the meeting. {how} leaves it, and you will be told where the minutes are."
