"""A meeting's minutes, computed from its journal: the same journal gives the same document.

What was said in the conversation is not in them unless asked for, and of a secret ballot only the
counts are.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from boardroom_tui.heads import HeadCode, head_code
from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.events import Event, PhaseChanged
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.marks import MarkKind
from boardroom_tui.protocol.words import guards_in_words
from boardroom_tui.record.account import Account, account
from boardroom_tui.record.attendance import attendance, is_over, leading, particulars, quorum
from boardroom_tui.record.decisions import register
from boardroom_tui.record.document import (
    Block,
    Code,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Signatures,
    Table,
)
from boardroom_tui.record.items import items
from boardroom_tui.record.left_over import LeftOver, left_over
from boardroom_tui.record.wording import Wording, counted


def minutes(
    events: Sequence[Event], hash_: str, *, executive: bool = False, chat: bool = False
) -> Document:
    """The minutes, from all events of a meeting and the hash of the last one, in hexadecimal.

    `executive` makes them those of what was done in executive session, which the others leave
    out. `chat` adds what was said.

    Raises:
        ValueError: There are no events.
    """
    told = account(events, executive=executive)
    charter = told.state.charter
    if charter is None:
        raise ValueError("a meeting without its file has no minutes")
    wording = Wording(told.members, _beginning(told) or events[0].at)
    kind = "Minutes of the executive session" if executive else "Minutes"
    draft = (
        "" if is_over(told) else f". Draft: the meeting is not over at {wording.time(told.last)}"
    )
    return Document(
        body=charter.body,
        title=f"{kind}: {charter.title}",
        subtitle=f"{wording.day}{draft}",
        author=wording.names(leading(told)) or "Boardroom",
        written=told.last,
        blocks=(
            *_blocks(told, charter, wording),
            *(_said(told, wording) if chat else ()),
            *_end(told, charter, head_code(told.state.sequence, hash_)),
        ),
    )


def has_executive_session(events: Iterable[Event]) -> bool:
    """Whether there is something that minutes leave out."""
    return any(
        isinstance(event.what, PhaseChanged) and event.what.phase is MeetingPhase.EXECUTIVE
        for event in events
    )


def _beginning(told: Account) -> datetime | None:
    """When it was called to order, or else when the first member came."""
    if in_session := told.phases.get(MeetingPhase.IN_SESSION):
        return in_session[0].start
    return min((span.start for spans in told.stays.values() for span in spans), default=None)


def _blocks(told: Account, charter: Charter, wording: Wording) -> Iterator[Block]:
    left = left_over(told)
    yield particulars(told, charter, wording)
    yield from attendance(told, wording)
    yield from quorum(told, wording)
    yield from _overrides(told, wording)
    yield from items(told, charter, wording)
    yield Heading(2, "Decision register")
    yield register(told.decisions, wording)
    yield from _actions(left, wording)
    if not told.executive:
        yield from _carried_over(left)
    yield from _corrections(told, wording)


def _overrides(told: Account, wording: Wording) -> Iterator[Block]:
    """What was done although something stood against it."""
    if not told.overrides:
        return
    yield Heading(2, "Overrides")
    rows = tuple(
        (wording.time(one.at), one.done, guards_in_words(one.guards)) for one in told.overrides
    )
    yield Table("What was done all the same", ("Time", "Done", "Although"), rows)


def _said(told: Account, wording: Wording) -> Iterator[Block]:
    yield Heading(2, "Conversation")
    rows = tuple(
        (wording.time(line.at), wording.name(line.user_id), line.text) for line in told.lines
    )
    yield Table("What was said, in order", ("Time", "Member", "Said"), rows)


def _end(told: Account, charter: Charter, head: HeadCode) -> Iterator[Block]:
    """What makes the minutes stand: the code of the record, and who signs."""
    yield Heading(2, "Verification")
    yield Paragraph(
        f"These minutes follow from the {counted(told.state.sequence, 'event', 'events')} in the "
        f"record of {charter.id}. Whoever has the record can check that it is still the same, with "
        "boardroom verify --head and this verification code:"
    )
    yield Code(str(head))
    yield Heading(2, "Approval")
    yield Signatures(("Chair", "Secretary", "Approved on"))


def _actions(left: LeftOver, wording: Wording) -> Iterator[Block]:
    yield Heading(2, "Actions")
    if not left.actions:
        yield Paragraph("No action was recorded.")
        return
    rows = (
        (
            str(number),
            note.mark.text,
            wording.assignees(note.mark) or "nobody yet",
            wording.due(note.mark, note.at) or "no date",
        )
        for number, note in enumerate(left.actions, start=1)
    )
    head = ("No.", "Action", "Who", "Due")
    yield Table("What is to be done, by whom and by when", head, tuple(rows), numbers=(0,))


def _carried_over(left: LeftOver) -> Iterator[Block]:
    facts = [
        *(Fact("Deferred", item.title) for item in left.deferred),
        *(Fact("Not completed", item.title) for item in left.not_done),
        *(Fact("Not put to the vote", decision.title) for decision in left.not_put),
        *(Fact("Not put to the vote", motion.wording.title) for motion in left.pending),
        *(Fact("Still under vote", decision.opened.title) for decision in left.still_open),
        *(Fact("Postponed", motion.wording.title) for motion in left.postponed),
        *(
            Fact(f"Referred to {motion.referred_to}", motion.wording.title)
            for motion in left.referred
        ),
    ]
    if left.actions:
        facts.append(Fact("Actions", counted(len(left.actions), "open action", "open actions")))
    yield Heading(2, "Carried over")
    yield Facts(tuple(facts)) if facts else Paragraph("Nothing is left to the next meeting.")


def _corrections(told: Account, wording: Wording) -> Iterator[Block]:
    notes = [note for note in told.notes if note.mark.kind is MarkKind.CORRECTION]
    if not notes:
        return
    yield Heading(2, "Corrections")
    yield Facts(
        tuple(
            Fact(f"{wording.name(note.by)}, {wording.time(note.at)}", note.mark.text)
            for note in notes
        )
    )
