"""The agenda in the minutes: under each item what was done, noted and decided."""

from collections.abc import Callable, Iterator

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.state import Item, Motion
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, MotionStatus
from boardroom_tui.protocol.marks import MarkKind
from boardroom_tui.record.account import Account
from boardroom_tui.record.decisions import decision_section, not_put, straw_poll
from boardroom_tui.record.document import Block, Fact, Facts, Heading, Paragraph
from boardroom_tui.record.motions import motion_section
from boardroom_tui.record.notes import Note
from boardroom_tui.record.wording import Wording, counted

_STANDS = {
    ItemStatus.IN_PROGRESS: "In progress.",
    ItemStatus.COMPLETED: "Completed.",
    ItemStatus.DEFERRED: "Deferred.",
}

_LABELS = {MarkKind.INFO: "Noted", MarkKind.AGREED: "Agreed", MarkKind.ACTION: "Action"}


def items(told: Account, charter: Charter, wording: Wording) -> Iterator[Block]:
    """A section for each item, with its decisions; then what belongs to none.

    In the minutes of an executive session only the items under which something was done then.
    """
    yield Heading(2, "Agenda and decisions")
    known = {item.id for item in told.state.agenda}
    for number, item in enumerate(told.state.agenda, start=1):
        under = tuple(_under(told, charter, wording, lambda id_, own=item.id: id_ == own))
        if told.executive and not under:
            continue
        yield Heading(3, f"{number}. {item.title}")
        if not told.executive:
            yield Paragraph(_course(item, told, wording))
        yield from under
    others = tuple(_under(told, charter, wording, lambda id_: id_ not in known))
    if others:
        yield Heading(3, "Outside the agenda")
        yield from others


def _course(item: Item, told: Account, wording: Wording) -> str:
    """When an item was taken up, how long it was meant to take, and where it stands."""
    planned = ""
    if item.minutes is not None:
        planned = f"Planned for {counted(item.minutes, 'minute', 'minutes')}. "
    spans = told.takings_up.get(item.id, ())
    if item.status is ItemStatus.IN_PROGRESS and told.state.phase is MeetingPhase.ADJOURNED:
        return (
            f"{planned}Taken up {wording.spans(spans) or 'after the adjournment'}, not completed."
        )
    taken = f"Taken up {wording.spans(spans)}. " if spans else ""
    untaken = "Put back." if spans else "Not taken up."
    return f"{planned}{taken}{_STANDS.get(item.status, untaken)}"


def _under(
    told: Account, charter: Charter, wording: Wording, belongs: Callable[[str | None], bool]
) -> Iterator[Block]:
    """What belongs to an item: notes, motions, votes, then the decisions that were not put."""
    noted = tuple(
        _noted(note, wording)
        for note in told.notes
        if note.mark.kind in _LABELS and belongs(note.item_id)
    )
    if noted:
        yield Facts(noted)
    yield from _moved_and_put(told, wording, belongs)
    for prepared in charter.decisions:
        not_opened = told.tells(prepared.id) and told.state.decision(prepared.id) is None
        if not_opened and belongs(prepared.item_id):
            yield Paragraph(not_put(prepared, withdrawn=prepared.id in told.state.withdrawn))


def _moved_and_put(
    told: Account, wording: Wording, belongs: Callable[[str | None], bool]
) -> Iterator[Block]:
    for motion in told.motions:
        if belongs(told.moved_under[motion.id]) and not _is_told_by_its_vote(motion):
            yield from motion_section(motion, wording)
    for poll in told.straw_polls:
        if belongs(told.items[poll.opened.decision_id]):
            yield straw_poll(poll)
    for number, decision in enumerate(told.decisions, start=1):
        if belongs(told.items[decision.opened.decision_id]):
            yield from decision_section(number, decision, wording)


def _is_told_by_its_vote(motion: Motion) -> bool:
    """Whether the decision on a motion says all: its mover, its seconder and its only wording."""
    ended = motion.status in (MotionStatus.APPROVED, MotionStatus.REJECTED)
    return ended and len(motion.wordings) == 1


def _noted(note: Note, wording: Wording) -> Fact:
    mark = note.mark
    what = mark.text
    if mark.kind is MarkKind.ACTION:
        due = wording.due(mark, note.at)
        who = wording.assignees(mark) or "nobody yet"
        what = f"{who}, {f'by {due}' if due else 'no date'}: {what}"
    return Fact(_LABELS[mark.kind], f"{what} ({wording.name(note.by)}, {wording.time(note.at)})")
