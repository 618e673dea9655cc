"""An open vote as it stands: what is missing for it to carry, or what would still defeat it.

Exact, like the count itself: `needed` says what carries, and every number is a whole one.
"""

from bisect import bisect_left
from collections.abc import Callable

from boardroom_tui.protocol.fields import Base, Method, Threshold
from boardroom_tui.protocol.limits import NOT_VOTED_TOLD
from boardroom_tui.protocol.words import needed
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.select import person


def forecast(meeting: Meeting, view: DecisionView) -> str | None:
    """What is missing, in a sentence or two; None where nothing can or may be told."""
    question, tally = view.question, view.tally
    if question is None or tally is None or not view.is_open:
        return None
    if question.method in (Method.CONSENT, Method.STRAW):
        return None
    outlook = None if question.secret else _outlook(meeting, view)
    parts = [part for part in (_quorum(view), outlook) if part is not None]
    return " ".join(parts) or None


def is_tied(meeting: Meeting, view: DecisionView) -> bool:
    """Whether the chair may break a tie that an open vote stands at."""
    question, tally = view.question, view.tally
    if question is None or tally is None or not meeting.casting_vote or question.secret:
        return False
    by_majority = (question.threshold, question.base) == (Threshold.MAJORITY, Base.CAST)
    counts = question.method in (Method.VOTE, Method.ROLL_CALL)
    return by_majority and counts and tally.approve == tally.reject > 0


def _quorum(view: DecisionView) -> str | None:
    if view.question is None or view.voters is None or view.question.quorum == 1:
        return None
    missing = view.question.quorum - view.voters
    return None if missing <= 0 else f"{missing} more must vote."


def _outlook(meeting: Meeting, view: DecisionView) -> str | None:
    question, tally = view.question, view.tally
    if question is None or tally is None:
        return None
    left = tally.required - tally.total
    if left == 0 and is_tied(meeting, view):
        return "It is a tie, which the chair’s casting vote may break."
    match question.base:
        case Base.CAST:
            return _of_votes_cast(question.threshold, tally.approve, tally.reject, left)
        case Base.MEMBERSHIP:
            missing = needed(question.threshold, tally.required) - tally.approve
            return _of_a_whole(missing, left, "It has the votes that it needs.")
        case Base.PRESENT:
            here = _present_weight(meeting, view)
            if here is None:
                return None
            missing = needed(question.threshold, here) - tally.approve
            return _of_a_whole(missing, left, "It carries with those who are here.")


def _of_votes_cast(threshold: Threshold, approve: int, reject: int, left: int) -> str:
    def carries(more_for: int, more_against: int) -> bool:
        votes_for = approve + more_for
        return votes_for >= needed(threshold, votes_for + reject + more_against)

    if carries(0, 0):
        against = _least(left, lambda more: not carries(0, more))
        if against is None:
            return "It carries, whatever else is voted."
        return f"It carries as it stands; {against} more against would defeat it."
    more = _least(left, lambda more: carries(more, 0))
    return _more(more)


def _of_a_whole(missing: int, left: int, carried: str) -> str:
    if missing <= 0:
        return carried
    return _more(missing if missing <= left else None)


def _more(missing: int | None) -> str:
    if missing is None:
        return "It cannot carry any more, unless votes change."
    return f"{missing} more for it to carry."


def _least(most: int, enough: Callable[[int], bool]) -> int | None:
    """The least number up to `most` that is enough, if more of it never is too little."""
    place = bisect_left(range(1, most + 1), True, key=enough)
    return place + 1 if place < most else None


def _present_weight(meeting: Meeting, view: DecisionView) -> int | None:
    """What those weigh who are here or have voted; None where too few are named to know."""
    if view.tally is None or view.not_voted is None or len(view.not_voted) >= NOT_VOTED_TOLD:
        return None
    missing = (person(meeting, user_id) for user_id in view.not_voted)
    return view.tally.total + sum(one.weight for one in missing if one and one.present)
