"""A decision in the minutes: its frozen wording, its rule, its votes, its outcome in arithmetic."""

from collections.abc import Iterable, Sequence

from boardroom_tui.meeting.charter import PreparedDecision
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened
from boardroom_tui.meeting.state import Decision
from boardroom_tui.protocol.fields import Result, Vote
from boardroom_tui.protocol.words import (
    result_in_words,
    rule_in_words,
    verdict_in_words,
    votes_in_words,
)
from boardroom_tui.record.account import Span
from boardroom_tui.record.markdown import escaped, quoted, table
from boardroom_tui.record.wording import Wording, counted

_VOTED = {Vote.APPROVE: "For", Vote.REJECT: "Against", Vote.ABSTAIN: "Abstained"}

_ENDED = {
    "complete": ", until all who may vote had voted",
    "deadline": ", until its deadline",
    "facilitator": ", closed by the facilitator",
    "withdrawn": ", withdrawn",
}


def motion(number: int, decision: Decision, wording: Wording) -> str:
    """A decision's own section."""
    opened, closed = decision.opened, decision.closed
    parts = [f"#### Decision {number}: {escaped(opened.title)}"]
    if opened.text.strip():
        parts.append(quoted(opened.text))
    facts = [
        f"- Rule: {_rule(opened)}",
        f"- Voting: {_voting(decision, wording)}",
        f"- Votes: {_votes(decision)}",
    ]
    if closed is not None and not opened.secret and closed.result is not Result.WITHDRAWN:
        facts += _roll_call(decision, wording)
    facts.append(f"- Result: {_result(decision)}")
    return "\n\n".join([*parts, "\n".join(facts)])


def not_put(prepared: PreparedDecision, *, withdrawn: bool) -> str:
    """What became of a prepared decision that never opened."""
    fate = "Withdrawn before it was put to the vote" if withdrawn else "Not put to the vote"
    return f"{fate}: {escaped(prepared.title)}"


def register(decisions: Sequence[Decision], wording: Wording) -> str:
    """All decisions that were put to the vote, in one table."""
    if not decisions:
        return "No decision was put to the vote."
    head = ("No.", "Decision", "Rule", "For", "Against", "Abstained", "Result", "Closed")
    return table(head, (_row(n, d, wording) for n, d in enumerate(decisions, start=1)))


def _row(number: int, decision: Decision, wording: Wording) -> Sequence[str]:
    opened, closed = decision.opened, decision.closed
    sums = ("", "", "")
    if closed is not None and not _untold(opened, closed):
        votes = closed.final_votes
        sums = (str(votes.approve), str(votes.reject), str(votes.abstain))
    return (
        str(number),
        escaped(opened.title),
        rule_in_words(opened.threshold, opened.base),
        *sums,
        "Open" if closed is None else result_in_words(closed.result),
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
        f"{len(decision.ballots)} of {counted(len(opened.electors), 'member', 'members')} voted"
    )
    if closed is None or _untold(opened, closed):
        return f"{turnout}."
    return f"{votes_in_words(closed.final_votes)}; {turnout}."


def _untold(opened: DecisionOpened, closed: DecisionClosed) -> bool:
    """A secret ballot that was withdrawn is never counted."""
    return opened.secret and closed.result is Result.WITHDRAWN


def _roll_call(decision: Decision, wording: Wording) -> Iterable[str]:
    weights = {elector.user_id: elector.weight for elector in decision.opened.electors}
    for vote, heading in _VOTED.items():
        names = [
            wording.name(user_id) + (f" ({weight} votes)" if weight > 1 else "")
            for user_id, weight in weights.items()
            if user_id in decision.ballots and decision.ballots[user_id].vote is vote
        ]
        if names:
            yield f"- {heading}: {', '.join(names)}"
    silent = [wording.name(user_id) for user_id in weights if user_id not in decision.ballots]
    if silent:
        yield f"- Did not vote: {', '.join(silent)}"


def _result(decision: Decision) -> str:
    opened, closed = decision.opened, decision.closed
    if closed is None:
        return "none yet."
    verdict = verdict_in_words(
        closed.result, closed.final_votes, closed.arithmetic, opened.threshold, opened.base
    )
    return f"**{verdict}**"
