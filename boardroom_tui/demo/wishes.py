"""What the meeting waits for its chair to do: done by a simulated one, hinted at to a person."""

from collections.abc import Callable
from dataclasses import dataclass

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import ItemStatus
from boardroom_tui.protocol.messages.decision import DecisionClose, DecisionOpen, Question
from boardroom_tui.protocol.messages.meeting import AgendaItem, AgendaSet
from boardroom_tui.state.model import Meeting
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.commands import BY_ID

END = "end"
"""The topic of the last wish."""

Condition = Callable[[Meeting], bool]


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing to be done next."""

    deed: ClientMessage
    """What a simulated chair sends."""
    is_done: Condition
    hint: str
    """What the secretary says to a person in the chair who does nothing for a while."""
    topic: str
    """The item or the decision that it is about."""


def _how(wanted: CommandId) -> str:
    """A command's key and what to type instead: `F8 or /next-item`."""
    command = BY_ID[wanted]
    return f"{command.shown_key} or /{command.slash}"


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


def take_up(meeting: Meeting, item: AgendaItem) -> Wish:
    """Take up the next agenda item."""
    how = _how(CommandId.NEXT_ITEM)
    first = all(other.status is ItemStatus.PENDING for other in meeting.agenda)
    hint = (
        f"Chair, we can begin when you like: {how} takes up the first item."
        if first
        else f"That was all on this item, Chair. {how} goes on to the next: {item.title}."
    )
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
        hint=f"That was everything, Chair. {_how(CommandId.COMPLETE)} ends the last item.",
        topic=END,
    )


def open_vote(meeting: Meeting, question: Question) -> Wish:
    """Open a prepared decision."""
    data = DecisionOpen.Data(meeting_id=meeting.meeting_id, decision_id=question.decision_id)
    return Wish(
        deed=DecisionOpen(data=data),
        is_done=lambda now: not is_prepared(now, question.decision_id),
        hint=f"Shall we vote, Chair? {_how(CommandId.OPEN)}, then choose “{question.title}”.",
        topic=question.decision_id,
    )


def close_vote(decision_id: str) -> Wish:
    """Close a vote in which all who are here have voted."""
    return Wish(
        deed=DecisionClose(data=DecisionClose.Data(decision_id=decision_id)),
        is_done=lambda now: is_over(now, decision_id),
        hint=f"Everybody here has voted, Chair. {_how(CommandId.CLOSE)} closes the vote.",
        topic=f"closing {decision_id}",
    )


def reminder(name: str) -> str:
    """What the secretary says to a person whose vote alone is missing."""
    approve, reject, abstain = (
        BY_ID[each].shown_key for each in (CommandId.APPROVE, CommandId.REJECT, CommandId.ABSTAIN)
    )
    return (
        f"{name}, only your vote is missing: {approve} to approve, {reject} to reject, "
        f"{abstain} to abstain."
    )


def farewell() -> str:
    """What the secretary says to a person once everything is done."""
    how = _how(CommandId.LEAVE)
    return f"That was the meeting. {how} leaves it, and you will be told where the minutes are."
