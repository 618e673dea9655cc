"""A decision in the minutes: its frozen wording, its rule, its votes, its outcome in arithmetic."""

from collections.abc import Iterator, Sequence

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened, Elector
from boardroom_tui.meeting.state import Ballot, Decision
from boardroom_tui.protocol.fields import Method, Result, Vote
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

_METHODS = {Method.ROLL_CALL: " Roll call."}

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
        *_movers(opened, wording),
        Fact("Rule", _rule(opened)),
        Fact("Voting", _voting(decision, wording)),
        Fact("Votes", _votes(decision)),
    ]
    if closed is not None and not opened.secret and closed.result is not Result.WITHDRAWN:
        facts += _roll_call(decision, wording)
    if decision.recused:
        facts.append(Fact("Recused", wording.names(decision.recused)))
    if closed is not None and closed.casting_vote is not None:
        facts.append(Fact("Casting vote", f"the chair’s, {_VOTED[closed.casting_vote].lower()}"))
    facts += _overridden(decision)
    if decision.after_adjournment:
        facts.append(Fact("Ended", "after the adjournment."))
    facts.append(_result(decision))
    yield Facts(tuple(facts))
    if closed is not None and closed.printed:
        yield _ballots(closed)


def _ballots(closed: DecisionClosed) -> Block:
    """A secret ballot's votes under their voters' own words, in the order of the record."""
    rows = tuple((ballot.words or "no words", _VOTED[ballot.vote]) for ballot in closed.printed)
    caption = "The ballots as they were counted: whoever gave words finds their own"
    return Table(caption, ("Words", "Vote"), rows)


def straw_poll(poll: Decision) -> Block:
    """What was only asked: it is minuted as no decision."""
    closed = poll.closed
    if closed is None:
        return Paragraph(f"A straw poll is open: {poll.opened.title}")
    if closed.result is Result.WITHDRAWN:
        return Paragraph(f"A straw poll was withdrawn: {poll.opened.title}")
    votes = votes_in_words(closed.final_votes)
    return Paragraph(f"A straw poll was held, which decides nothing: {poll.opened.title}: {votes}.")


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
        _rule_named(opened),
        *sums,
        "Open" if closed is None else result_in_words(closed.result, opened.method),
        "" if decision.closed_at is None else wording.time(decision.closed_at),
    )


def _movers(opened: DecisionOpened, wording: Wording) -> Iterator[Fact]:
    if opened.mover is not None:
        yield Fact("Moved", f"by {wording.name(opened.mover)}")
    if opened.seconder is not None:
        yield Fact("Seconded", f"by {wording.name(opened.seconder)}")


def _rule(opened: DecisionOpened) -> str:
    quorum = ""
    if opened.quorum > 1:
        quorum = f"; at least {opened.quorum} members must vote"
    how = " Secret ballot." if opened.secret else _METHODS.get(opened.method, "")
    if opened.method is Method.CONSENT:
        return f"{_rule_named(opened)}: adopted unless somebody objects{quorum}."
    return f"{_rule_named(opened)}{quorum}.{how}"


def _rule_named(opened: DecisionOpened) -> str:
    if opened.method is Method.CONSENT:
        return "unanimous consent"
    return rule_in_words(opened.threshold, opened.base)


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


def _roll_call(decision: Decision, wording: Wording) -> Iterator[Fact]:
    """Who voted how, who did not, and what they said of it."""
    for vote, heading in _VOTED.items():
        voters = [
            _voter(elector, decision.ballots[elector.user_id], wording)
            for elector in decision.electors
            if elector.user_id in decision.ballots
            and decision.ballots[elector.user_id].vote is vote
        ]
        if voters:
            yield Fact(heading, ", ".join(voters))
    silent = [e.user_id for e in decision.electors if e.user_id not in decision.ballots]
    if silent:
        yield Fact("Did not vote", wording.names(silent))
    for elector in decision.electors:
        ballot = decision.ballots.get(elector.user_id)
        if ballot is not None and ballot.comment is not None and ballot.comment.strip():
            yield Fact("Comment", f"“{ballot.comment.strip()}” ({wording.name(elector.user_id)})")


def _voter(elector: Elector, ballot: Ballot, wording: Wording) -> str:
    """`Kurt Gödel (2 votes, by Ada Lovelace as proxy)`."""
    more = [f"{elector.weight} votes"] if elector.weight > 1 else []
    if ballot.cast_by is not None:
        more.append(f"by {wording.name(ballot.cast_by)} as proxy")
    return wording.name(elector.user_id) + (f" ({', '.join(more)})" if more else "")


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
