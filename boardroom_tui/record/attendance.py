"""The beginning of the minutes: when and where it was, who led it, who was there, the quorum."""

from collections.abc import Iterator, Sequence

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.protocol.fields import MeetingPhase, Role
from boardroom_tui.record.account import Account, RollCall, Span
from boardroom_tui.record.document import Block, Fact, Facts, Heading, Paragraph, Table
from boardroom_tui.record.wording import Wording, counted

_ROLES = {
    Role.FACILITATOR: "facilitator",
    Role.PARTICIPANT: "member",
    Role.OBSERVER: "observer",
}


def particulars(told: Account, charter: Charter, wording: Wording) -> Block:
    """Date, place, the meeting's life, chair and quorum."""
    voting = sum(member.has_vote for member in charter.members)
    of_members = counted(voting, "member", "members")
    return Facts(
        (
            Fact("Date", wording.day),
            Fact("Place", "by Boardroom"),
            *_life(told, wording),
            Fact("Chair", wording.names(leading(told)) or "none present"),
            Fact("Quorum", f"{charter.quorum} of {of_members} with a vote"),
        )
    )


def leading(told: Account) -> tuple[str, ...]:
    """The facilitators who were there."""
    return tuple(
        user_id
        for user_id, member in told.members.items()
        if member.role is Role.FACILITATOR and user_id in told.stays
    )


def attendance(told: Account, wording: Wording) -> Iterator[Block]:
    """Everybody who was ever a member, and when they were there."""
    yield Heading(2, "Attendance")
    session = told.phases.get(MeetingPhase.EXECUTIVE, ()) if told.executive else None
    rows: list[tuple[str, ...]] = []
    for user_id, member in told.members.items():
        if told.executive and member.role is Role.OBSERVER:
            continue  # was shut out
        stays = told.stays.get(user_id, ())
        spans = stays if session is None else tuple(_within(stays, session))
        votes = str(member.weight) if member.has_vote else "none"
        away = "apologies" if user_id in told.state.apologies else "absent"
        present = wording.spans(spans) or away
        rows.append((wording.name(user_id), _ROLES[member.role], votes, present))
    head = ("Member", "Role", "Votes", "Present")
    yield Table("Members, and when each was present", head, tuple(rows))
    if not told.executive:
        for call in told.roll_calls:
            yield Facts(tuple(_roll_call(call, wording)))


def _roll_call(call: RollCall, wording: Wording) -> Iterator[Fact]:
    """Who answered when the roll was called."""
    found = call.found
    yield Fact("Roll call", f"{wording.time(call.at)} UTC")
    for label, user_ids in (
        ("Present", found.present),
        ("Apologies", found.excused),
        ("Absent", found.absent),
    ):
        if user_ids:
            yield Fact(label, wording.names(user_ids))


def quorum(told: Account, wording: Wording) -> Iterator[Block]:
    """Each time that the quorum was tested."""
    yield Heading(2, "Quorum")
    if not told.quorum:
        yield Paragraph("Never were enough members with a vote present.")
        return
    rows = (
        (
            wording.time(test.at),
            test.occasion,
            str(test.present),
            str(test.needed),
            "yes" if test.met else "no",
        )
        for test in told.quorum
    )
    head = ("Time", "Occasion", "Present", "Needed", "Quorum")
    caption = "Members with a vote who were present, each time the quorum was tested"
    yield Table(caption, head, tuple(rows), numbers=(2, 3))


def is_over(told: Account) -> bool:
    """Whether the meeting is adjourned, or, where nobody adjourned it, everybody has left."""
    if told.phases:
        return told.state.phase is MeetingPhase.ADJOURNED
    return bool(told.stays) and not told.state.present


def _life(told: Account, wording: Wording) -> Iterator[Fact]:
    """When the meeting was called to order, in recess, in executive session, adjourned."""
    if told.executive:
        session = wording.spans(told.phases.get(MeetingPhase.EXECUTIVE, ()))
        yield Fact("Executive session", f"{session} UTC")
        return
    if not told.phases:
        yield Fact("Time", _time(told, wording))
        return
    if told.called_by is None:
        yield Fact("Called to order", "not yet")
    else:
        start = wording.time(told.phases[MeetingPhase.IN_SESSION][0].start)
        yield Fact("Called to order", f"{start} UTC by {wording.name(told.called_by)}")
    if recesses := told.phases.get(MeetingPhase.RECESS):
        yield Fact("Recess", f"{wording.spans(recesses)} UTC")
    if sessions := told.phases.get(MeetingPhase.EXECUTIVE):
        yield Fact(
            "Executive session", f"{wording.spans(sessions)} UTC; its minutes are a file of its own"
        )
    if is_over(told):
        end = wording.time(told.phases[MeetingPhase.ADJOURNED][-1].start)
        yield Fact("Adjourned", f"{end} UTC")
    else:
        yield Fact("Adjourned", f"not yet at {wording.time(told.last)} UTC")


def _time(told: Account, wording: Wording) -> str:
    """When members were there, of a meeting that nobody called to order."""
    stays = [span for spans in told.stays.values() for span in spans]
    if not stays:
        return "nobody has come"
    start = wording.time(min(span.start for span in stays))
    ends = [span.end for span in stays if span.end is not None]
    if len(ends) == len(stays):
        return f"{start} to {wording.time(max(ends))} UTC"
    return f"from {start} UTC; not over at {wording.time(told.last)}"


def _within(stays: Sequence[Span], sessions: Sequence[Span]) -> Iterator[Span]:
    """What parts of some spans lie in others."""
    for session in sessions:
        for stay in stays:
            start = max(stay.start, session.start)
            ends = [end for end in (stay.end, session.end) if end is not None]
            end = min(ends, default=None)
            if end is None or start < end:
                yield Span(start, end)
