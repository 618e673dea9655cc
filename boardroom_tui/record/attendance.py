"""The beginning of the minutes: when and where it was, who led it, who was there, the quorum."""

from collections.abc import Iterator

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.protocol.fields import Role
from boardroom_tui.record.account import Account, Span
from boardroom_tui.record.document import Block, Fact, Facts, Heading, Paragraph, Table
from boardroom_tui.record.wording import Wording, counted

_ROLES = {
    Role.FACILITATOR: "facilitator",
    Role.PARTICIPANT: "member",
    Role.OBSERVER: "observer",
}


def particulars(told: Account, charter: Charter, wording: Wording) -> Block:
    """Time, place, chair and quorum."""
    voting = sum(member.has_vote for member in charter.members)
    of_members = counted(voting, "member", "members")
    return Facts(
        (
            Fact("Date", wording.day),
            Fact("Place", "by Boardroom"),
            Fact("Time", _time(told, wording)),
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
    rows = (
        (
            wording.name(user_id),
            _ROLES[member.role],
            str(member.weight) if member.has_vote else "none",
            wording.spans(told.stays.get(user_id, ())) or "absent",
        )
        for user_id, member in told.members.items()
    )
    head = ("Member", "Role", "Votes", "Present")
    yield Table("Members, and when each was present", head, tuple(rows))


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


def _time(told: Account, wording: Wording) -> str:
    stays = _all_stays(told)
    if not stays:
        return "nobody has come"
    start = wording.time(min(span.start for span in stays))
    ends = [span.end for span in stays if span.end is not None]
    if len(ends) == len(stays):
        return f"{start} to {wording.time(max(ends))} UTC"
    return f"from {start} UTC; not over at {wording.time(told.last)}"


def _all_stays(told: Account) -> list[Span]:
    return [span for spans in told.stays.values() for span in spans]
