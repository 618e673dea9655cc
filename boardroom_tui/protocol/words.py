"""A decision's rule and its verdict in words, the same on a screen and in the minutes.

Source: CONTRACT.md, Counting. A member's weight is so many votes, so every sentence speaks of
votes where weights count, and of members where heads do.
"""

from collections.abc import Iterable

from boardroom_tui.protocol.fields import (
    Base,
    Guard,
    MeetingPhase,
    Method,
    Result,
    Threshold,
    Vote,
)
from boardroom_tui.protocol.messages.decision import Arithmetic, FinalVotes

_SHARE = {
    Threshold.MAJORITY: "a majority",
    Threshold.TWO_THIRDS: "two-thirds",
    Threshold.THREE_QUARTERS: "three-quarters",
}

_OF = {
    Base.CAST: "of the votes cast",
    Base.PRESENT: "of the members present",
    Base.MEMBERSHIP: "of all members with a vote",
}

_EVERY = {
    Base.CAST: "every vote cast",
    Base.PRESENT: "every member present",
    Base.MEMBERSHIP: "every member with a vote",
}

_OUTCOME = {
    Result.APPROVED: "Carried",
    Result.REJECTED: "Lost",
    Result.NO_QUORUM: "No quorum",
    Result.WITHDRAWN: "Withdrawn",
}

_PLAIN_OUTCOME = {**_OUTCOME, Result.APPROVED: "Approved", Result.REJECTED: "Rejected"}


_GUARD = {
    Guard.NO_QUORUM: "there is no quorum",
    Guard.NOT_VOTED: "members who are present have not voted",
    Guard.VOTE_OPEN: "a vote is open",
    Guard.NOT_SECRET: "with three voters or fewer the ballot cannot be secret",
}


_OBJECTED = "Not adopted by unanimous consent: somebody objected. It takes a vote."


_PHASE = {
    MeetingPhase.GATHERING: "not called to order",
    MeetingPhase.IN_SESSION: "in session",
    MeetingPhase.RECESS: "in recess",
    MeetingPhase.EXECUTIVE: "in executive session",
    MeetingPhase.ADJOURNED: "adjourned",
}


def phase_in_words(phase: MeetingPhase) -> str:
    """What a meeting is: `in recess`."""
    return _PHASE[phase]


def guards_in_words(guards: Iterable[Guard]) -> str:
    """What stood against something that was done all the same: `there is no quorum`."""
    return "; ".join(_GUARD[guard] for guard in guards)


def rule_in_words(threshold: Threshold, base: Base) -> str:
    """What a motion needs: `two-thirds of the votes cast`, `every member present`."""
    if threshold is Threshold.UNANIMOUS:
        return _EVERY[base]
    return f"{_SHARE[threshold]} {_OF[base]}"


def needed(threshold: Threshold, whole: int) -> int:
    """The least weight of approvals that carries, of `whole`; never less than 1.

    `approvals >= needed` says the same as the contract's table: 2Y > W, 3Y >= 2W, 4Y >= 3W, Y = W.
    """
    match threshold:
        case Threshold.MAJORITY:
            return whole // 2 + 1
        case Threshold.TWO_THIRDS:
            least = -(-2 * whole // 3)
        case Threshold.THREE_QUARTERS:
            least = -(-3 * whole // 4)
        case Threshold.UNANIMOUS:
            least = whole
    return max(least, 1)


def result_in_words(result: Result, method: Method = Method.VOTE) -> str:
    """How a decision ended, in a word or two: `Carried`."""
    if method is Method.STRAW and result is not Result.WITHDRAWN:
        return "Straw poll"
    if method is Method.CONSENT and result is Result.REJECTED:
        return "Objected to"
    return _OUTCOME[result]


def verdict_in_words(
    result: Result,
    votes: FinalVotes,
    arithmetic: Arithmetic | None = None,
    threshold: Threshold | None = None,
    base: Base | None = None,
    *,
    method: Method = Method.VOTE,
    casting_vote: Vote | None = None,
) -> str:
    """How a decision ended, and why in numbers.

    A server that knows only the reference sends no arithmetic; then the counts stand alone.
    """
    if result is Result.WITHDRAWN:
        return "Withdrawn before a result."
    if method is Method.STRAW:
        return f"Straw poll: {votes_in_words(votes)}. It decides nothing."
    if method is Method.CONSENT and result is not Result.NO_QUORUM:
        return "Adopted: nobody objected." if result is Result.APPROVED else _OBJECTED
    if casting_vote is not None:
        return f"{_OUTCOME[result]} by the chair’s casting vote: {votes_in_words(votes)}."
    if arithmetic is None or threshold is None or base is None:
        return f"{_PLAIN_OUTCOME[result]}: {votes_in_words(votes)}."
    if result is Result.NO_QUORUM:
        return f"No quorum: {_what_was_missed(arithmetic) or votes_in_words(votes)}."
    why = _why(votes, arithmetic, threshold, base)
    return f"{_OUTCOME[result]}: {votes_in_words(votes)}. {why}"


def votes_in_words(votes: FinalVotes) -> str:
    """The votes, abstentions only if there are any: `7 for, 3 against, 1 abstained`."""
    abstained = f", {votes.abstain} abstained" if votes.abstain else ""
    return f"{votes.approve} for, {votes.reject} against{abstained}"


def _why(votes: FinalVotes, arithmetic: Arithmetic, threshold: Threshold, base: Base) -> str:
    whole = arithmetic.whole
    if whole == 0:
        return "Nobody voted for or against."
    if threshold is Threshold.UNANIMOUS:
        if whole == 1:
            return f"The only {_votes(1, base)} is needed."
        return f"All {whole} {_votes(whole, base)} are needed."
    tied = threshold is Threshold.MAJORITY and base is Base.CAST and votes.approve == votes.reject
    share = _SHARE[threshold].capitalize()
    article = {Base.CAST: "", Base.PRESENT: "the ", Base.MEMBERSHIP: "all "}[base]
    if whole == 1 and base is Base.MEMBERSHIP:
        article = "the "
    return (
        f"{share} of {article}{whole} {_votes(whole, base)} needs {arithmetic.needed}"
        f"{'; a tie is lost' if tied else ''}."
    )


def _votes(count: int, base: Base) -> str:
    kind = {Base.CAST: " cast", Base.PRESENT: " present", Base.MEMBERSHIP: ""}[base]
    return f"vote{'' if count == 1 else 's'}{kind}"


def _what_was_missed(arithmetic: Arithmetic) -> str:
    missed: list[str] = []
    if arithmetic.voters < arithmetic.voters_needed:
        voted = f"{arithmetic.voters} voted" if arithmetic.voters else "nobody voted"
        missed.append(f"{voted}, {arithmetic.voters_needed} must vote")
    if arithmetic.present < arithmetic.present_needed:
        match arithmetic.present:
            case 0:
                present = "nobody with a vote was present"
            case 1:
                present = "1 member with a vote was present"
            case several:
                present = f"{several} members with a vote were present"
        missed.append(f"{present}, {arithmetic.present_needed} must be")
    return "; ".join(missed)
