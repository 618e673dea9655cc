"""A decision in the minutes: its frozen wording, its rule, its votes, its outcome in arithmetic."""

from collections.abc import Iterable, Iterator, Sequence

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened
from boardroom_tui.meeting.state import Decision
from boardroom_tui.protocol.fields import Result, Vote
from boardroom_tui.protocol.words import (
    guards_in_words,
    result_in_words,
    rule_in_words,
    verdict_in_words,
    votes_in_words,
)
from boardroom_tui.record.account import Span
from boardroom_tui.record.document import Block, Fact, Facts, Heading, Paragraph, Quote, Table
from boardroom_tui.record.wording import Wording, counted

_VOTED = {Vote.APPROVE: "For", Vote.REJECT: "Against", Vote.ABSTAIN: "Abstained"}

_ENDED = {
    "complete": ", until all who may vote had voted",
    "deadline": ", until its deadline",
    "facilitator": ", closed by the facilitator",
    "withdrawn": ", withdrawn",
    "objection": ", until somebody objected",
    "no_objection": ", and nobody objected",
}


def decision_section(number: int, decision: Decision, wording: Wording) -> Iterator[Block]:
    """A decision's own section."""
    opened, closed = decision.opened, decision.closed
    yield Heading(4, f"Decision {number}: {opened.title}")
    if opened.text.strip():
        yield Quote(opened.text)
    facts = [
        Fact("Rule", _rule(opened)),
        Fact("Voting", _voting(decision, wording)),
        Fact("Votes", _votes(decision)),
    ]
    if closed is not None and not opened.secret and closed.result is not Result.WITHDRAWN:
        facts += _roll_call(decision, wording)
    facts += _overridden(decision)
    facts.append(_result(decision))
    yield Facts(tuple(facts))


def not_put(prepared: PreparedDecision, *, withdrawn: bool) -> str:
    """What became of a prepared decision that never opened."""
    fate = "Withdrawn before it was put to the vote" if withdrawn else "Not put to the vote"
    return f"{fate}: {prepared.title}"


def register(decisions: Sequence[Decision], wording: Wording) -> Block:
    """All decisions that were put to the vote, in one table."""
    if not decisions:
        return Paragraph("No decision was put to the vote.")
    return Table(
        "Every decision that was put to the vote, in the order of opening",
        ("No.", "Decision", "Rule", "For", "Against", "Abstained", "Result", "Closed"),
        tuple(_row(number, each, wording) for number, each in enumerate(decisions, start=1)),
        numbers=(0, 3, 4, 5),
    )


def _row(number: int, decision: Decision, wording: Wording) -> tuple[str, ...]:
    opened, closed = decision.opened, decision.closed
    sums = ("", "", "")
    if closed is not None and not _untold(opened, closed):
        votes = closed.final_votes
        sums = (str(votes.approve), str(votes.reject), str(votes.abstain))
    return (
        str(number),
        opened.title,
        rule_in_words(opened.threshold, opened.base),
        *sums,
        "Open" if closed is None else result_in_words(closed.result, opened.method),
        "" if decision.closed_at is None else wording.time(decision.closed_at),
    )


def _rule(opened: DecisionOpened) -> str:
    quorum = ""
    if opened.quorum > 1:
        quorum = f"; at least {opened.quorum} members must vote"
    secret = " Secret ballot." if opened.secret else ""
    return f"{rule_in_words(opened.threshold, opened.base)}{quorum}.{secret}"


def _voting(decision: Decision, wording: Wording) -> str:
    span = wording.span(Span(decision.opened_at, decision.closed_at))
    if decision.closed is None:
        return f"{span}, still open."
    return f"{span}{_ENDED[decision.closed.cause]}."


def _votes(decision: Decision) -> str:
    opened, closed = decision.opened, decision.closed
    turnout = (
        f"{len(decision.ballots)} of {counted(len(decision.electors), 'member', 'members')} voted"
    )
    if closed is None or _untold(opened, closed):
        return f"{turnout}."
    return f"{votes_in_words(closed.final_votes)}; {turnout}."


def _untold(opened: DecisionOpened, closed: DecisionClosed) -> bool:
    """A secret ballot that was withdrawn is never counted."""
    return opened.secret and closed.result is Result.WITHDRAWN


def _roll_call(decision: Decision, wording: Wording) -> Iterable[Fact]:
    weights = {elector.user_id: elector.weight for elector in decision.electors}
    for vote, heading in _VOTED.items():
        names = [
            wording.name(user_id) + (f" ({weight} votes)" if weight > 1 else "")
            for user_id, weight in weights.items()
            if user_id in decision.ballots and decision.ballots[user_id].vote is vote
        ]
        if names:
            yield Fact(heading, ", ".join(names))
    silent = [user_id for user_id in weights if user_id not in decision.ballots]
    if silent:
        yield Fact("Did not vote", wording.names(silent))


def _overridden(decision: Decision) -> Iterator[Fact]:
    """What stood against it when a facilitator went on all the same."""
    if decision.opened.overrides:
        yield Fact("Opened although", f"{guards_in_words(decision.opened.overrides)}.")
    if decision.closed is not None and decision.closed.overrides:
        yield Fact("Closed although", f"{guards_in_words(decision.closed.overrides)}.")


def _result(decision: Decision) -> Fact:
    opened, closed = decision.opened, decision.closed
    if closed is None:
        return Fact("Result", "none yet.")
    verdict = verdict_in_words(
        closed.result,
        closed.final_votes,
        closed.arithmetic,
        opened.threshold,
        opened.base,
        method=opened.method,
        casting_vote=closed.casting_vote,
    )
    return Fact("Result", verdict, strong=True)
