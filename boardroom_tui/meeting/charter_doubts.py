"""What a meeting's file asks that cannot work, or not as it seems, though it has no mistake.

Nobody is kept from holding such a meeting: somebody may join the board before it begins.
"""

from collections.abc import Iterator
from datetime import datetime

from boardroom_tui.meeting.charter import Charter, Member, PreparedDecision
from boardroom_tui.meeting.guards import FEWEST_SECRET_VOTERS
from boardroom_tui.protocol.fields import Base, Role, Threshold
from boardroom_tui.protocol.words import needed, rule_in_words
from boardroom_tui.toml_tables import Complaint

LONGEST_MINUTES = 8 * 60
"""A meeting that is planned to last longer is taken for a slip."""


def doubts(charter: Charter, now: datetime) -> Iterator[Complaint]:
    """Everything that is doubtful, at its place in the file."""
    voters = tuple(member for member in charter.members if member.has_vote)
    yield from _of_the_meeting(charter, len(voters))
    for place, decision in enumerate(charter.decisions):
        for key, message in _of_a_decision(decision, charter.quorum, voters, now):
            yield Complaint(("decision", place, key), f"{key}: {message}")


def _of_the_meeting(charter: Charter, voters: int) -> Iterator[Complaint]:
    if not any(member.role is Role.FACILITATOR for member in charter.members):
        message = "[meeting]: no member is a facilitator, so nobody can lead it or open a vote"
        yield Complaint(("meeting",), message)
    if charter.quorum > voters:
        yield Complaint(
            ("meeting", "quorum"),
            f"quorum: {_must(charter.quorum)} be present and there {_are(voters)}, "
            "so no vote can be valid",
        )
    planned = sum(item.minutes or 0 for item in charter.agenda)
    if planned > LONGEST_MINUTES:
        hours, minutes = divmod(planned, 60)
        message = f"minutes: the agenda is planned for {hours} h {minutes} min altogether"
        yield Complaint(("agenda", 0, "minutes"), message)


def _of_a_decision(
    decision: PreparedDecision, quorum: int, voters: tuple[Member, ...], now: datetime
) -> Iterator[tuple[str, str]]:
    """Each key that is doubtful, and why."""
    if decision.quorum > len(voters):
        yield (
            "quorum",
            f"{_must(decision.quorum)} vote and there {_are(len(voters))}, "
            "so this vote cannot be valid",
        )
    if isinstance(decision.deadline, datetime) and decision.deadline <= now:
        yield "deadline", "this time has passed, so the vote would close as soon as it opens"
    if decision.secret and len(voters) < FEWEST_SECRET_VOTERS:
        yield "secret", f"among {len(voters)}, the result can tell how each has voted"
    elif decision.secret and decision.threshold is Threshold.UNANIMOUS:
        yield "secret", "if it carries, everybody knows that nobody voted against"
    if decision.base is Base.MEMBERSHIP and decision.threshold is not Threshold.UNANIMOUS:
        yield from _of_the_whole_membership(decision, quorum, voters)


def _of_the_whole_membership(
    decision: PreparedDecision, quorum: int, voters: tuple[Member, ...]
) -> Iterator[tuple[str, str]]:
    """Whether those who make a quorum could carry it, were they the heaviest and all for it."""
    weights = sorted((voter.weight for voter in voters), reverse=True)
    least = needed(decision.threshold, sum(weights))
    if quorum < len(weights) and sum(weights[:quorum]) < least:
        rule = rule_in_words(decision.threshold, decision.base)
        yield (
            "base",
            f"{rule} is {least} of {sum(weights)} votes: with no more than the quorum of "
            f"{quorum} present it cannot carry",
        )


def _must(count: int) -> str:
    return f"{count} {'member' if count == 1 else 'members'} with a vote must"


def _are(count: int) -> str:
    match count:
        case 0:
            return "is none"
        case 1:
            return "is 1"
        case _:
            return f"are {count}"
