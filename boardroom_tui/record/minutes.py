"""A meeting's minutes, computed from its journal: the same journal gives the same bytes.

What was said in the conversation is not in them, and of a secret ballot only the counts are.
"""

from collections.abc import Callable, Iterator, Sequence

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.events import Event
from boardroom_tui.meeting.state import Item
from boardroom_tui.protocol.fields import ItemStatus, Role
from boardroom_tui.record.account import Account, Span, account
from boardroom_tui.record.markdown import escaped, table
from boardroom_tui.record.motions import motion, not_put, register
from boardroom_tui.record.wording import Wording, counted

_STANDS = {
    ItemStatus.IN_PROGRESS: "In progress.",
    ItemStatus.COMPLETED: "Completed.",
    ItemStatus.DEFERRED: "Deferred.",
}


def minutes(events: Sequence[Event], head: str) -> str:
    """The minutes in Markdown, from all events of a meeting and the hash of the last one.

    Raises:
        ValueError: There are no events.
    """
    told = account(events)
    charter = told.state.charter
    if charter is None:
        raise ValueError("a meeting without its file has no minutes")
    stays = [span for spans in told.stays.values() for span in spans]
    begun = min((span.start for span in stays), default=events[0].at)
    wording = Wording(told.members, begun)
    parts = (
        f"# Minutes: {escaped(charter.title)}",
        _heading(told, charter, stays, wording),
        "## Attendance",
        _attendance(told, wording),
        "## Agenda and decisions",
        *_agenda(told, charter, wording),
        "## Decision register",
        register(tuple(told.state.decisions.values()), wording),
        "## Verification",
        f"These minutes follow from the {counted(told.state.sequence, 'event', 'events')} in the "
        f"record of {escaped(charter.id)}. The record's verification code is the hash of the "
        "last one:",
        f"    {head}",
    )
    return "\n\n".join(parts) + "\n"


def _heading(told: Account, charter: Charter, stays: Sequence[Span], wording: Wording) -> str:
    voting = sum(member.has_vote for member in charter.members)
    leading = [
        wording.name(user_id)
        for user_id, member in told.members.items()
        if member.role is Role.FACILITATOR and user_id in told.stays
    ]
    lines = [
        f"- Date: {wording.day}",
        f"- Time: {_time(told, stays, wording)}",
        f"- Facilitator: {', '.join(leading) or 'none present'}",
        f"- Quorum: {charter.quorum} of {counted(voting, 'member', 'members')} with a vote; "
        + (f"present {wording.spans(told.quorum)}" if told.quorum else "never present"),
    ]
    return "\n".join(lines)


def _time(told: Account, stays: Sequence[Span], wording: Wording) -> str:
    if not stays:
        return "nobody has come"
    start = wording.time(min(span.start for span in stays))
    ends = [span.end for span in stays if span.end is not None]
    if len(ends) == len(stays):
        return f"{start} to {wording.time(max(ends))} UTC"
    return f"from {start} UTC; not over at {wording.time(told.last)}"


def _attendance(told: Account, wording: Wording) -> str:
    rows = (
        (
            escaped(member.name),
            escaped(user_id),
            member.role,
            str(member.weight) if member.has_vote else "none",
            wording.spans(told.stays.get(user_id, ())) or "absent",
        )
        for user_id, member in told.members.items()
    )
    return table(("Member", "Id", "Role", "Votes", "Present"), rows)


def _agenda(told: Account, charter: Charter, wording: Wording) -> Iterator[str]:
    """A section for each item, with its decisions; then the decisions that belong to none."""
    known = {item.id for item in told.state.agenda}
    for number, item in enumerate(told.state.agenda, start=1):
        yield f"### {number}. {escaped(item.title)}"
        yield _course(item, told.takings_up.get(item.id, ()), wording)
        yield from _decisions(told, charter, wording, lambda id_, own=item.id: id_ == own)
    others = tuple(_decisions(told, charter, wording, lambda id_: id_ not in known))
    if others:
        yield "### Other decisions"
        yield from others


def _course(item: Item, spans: Sequence[Span], wording: Wording) -> str:
    """When an item was taken up, how long it was meant to take, and where it stands."""
    planned = ""
    if item.minutes is not None:
        planned = f"Planned for {counted(item.minutes, 'minute', 'minutes')}. "
    taken = f"Taken up {wording.spans(spans)}. " if spans else ""
    untaken = "Put back." if spans else "Not taken up."
    return f"{planned}{taken}{_STANDS.get(item.status, untaken)}"


def _decisions(
    told: Account, charter: Charter, wording: Wording, belongs: Callable[[str | None], bool]
) -> Iterator[str]:
    """The decisions under an item: first those that were put to the vote."""
    for number, decision in enumerate(told.state.decisions.values(), start=1):
        if belongs(decision.opened.item_id):
            yield motion(number, decision, wording)
    for prepared in charter.decisions:
        if belongs(prepared.item_id) and told.state.decision(prepared.id) is None:
            yield not_put(prepared, withdrawn=prepared.id in told.state.withdrawn)
