"""What the vote pane says of a decision: its rule, where it stands, who is missing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from boardroom_tui.protocol.fields import Base, Guard, Method, Result, Vote
from boardroom_tui.protocol.words import needed, result_in_words, rule_in_words
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.motions import givers, has_voted
from boardroom_tui.state.select import may_facilitate, not_voted, shown_name

QUIET = "$dim"
"""What is good to know and need not catch the eye."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A symbol, words and a theme's colour."""

    symbol: str
    words: str
    style: str = "$foreground"

    def __str__(self) -> str:
        return f"{self.symbol} {self.words}"


_ENDINGS = {
    Result.APPROVED: Remark("✓", "Carried", "$success"),
    Result.REJECTED: Remark("✗", "Lost", "$error"),
    Result.NO_QUORUM: Remark("!", "No quorum", "$warning"),
    Result.WITHDRAWN: Remark("–", "Withdrawn", "$secondary"),
}


POLLED = "≈"
"""A straw poll that is over: it says where the meeting stood, and nothing is carried or lost."""

_OPEN = {
    Method.VOTE: "Vote open",
    Method.ROLL_CALL: "Roll call",
    Method.CONSENT: "Any objection?",
    Method.STRAW: "Straw poll",
}


def standing(view: DecisionView) -> Remark:
    """Whether it is open, and how it ended."""
    if view.outcome is not None:
        if view.method is Method.STRAW and view.outcome.result is not Result.WITHDRAWN:
            return Remark(POLLED, "Straw poll", "$secondary")
        if view.method is Method.CONSENT and view.outcome.result is Result.REJECTED:
            return Remark("!", result_in_words(view.outcome.result, view.method), "$warning")
        return _ENDINGS[view.outcome.result]
    if not view.is_open:
        return Remark("◇", "Prepared")
    return Remark("◆", _OPEN[view.method], "$accent")


def text_of(view: DecisionView) -> str | None:
    """What is decided, word for word; None where it says no more than the title."""
    if view.question is None or view.question.text.strip() in ("", view.question.title.strip()):
        return None
    return view.question.text


def rule(view: DecisionView) -> str:
    """What it needs, with the number that would carry it as the votes stand."""
    if view.question is None:
        return "This server does not tell the rule."
    question = view.question
    if question.method is Method.CONSENT:
        return "Adopted when its time is over, unless somebody objects."
    if question.method is Method.STRAW:
        return "It shows where the meeting stands, and decides nothing."
    words = f"Needs {rule_in_words(question.threshold, question.base)}"
    whole = None if view.outcome is not None else _whole(view)
    if whole:
        # Behind a colon it reads like what there is of it.
        before = ", now" if question.base is Base.CAST else ":"
        words += f"{before} {needed(question.threshold, whole)} of {whole}"
    if question.quorum > 1:
        words += f". At least {question.quorum} must vote"
    return words + "."


def _whole(view: DecisionView) -> int | None:
    """What the threshold is taken of, where that can be known before the close."""
    if view.tally is None or view.question is None:
        return None
    match view.question.base:
        case Base.MEMBERSHIP:
            return view.tally.required
        case Base.CAST if not view.question.secret:
            return view.tally.approve + view.tally.reject
        case _:
            return None


def roll_call(meeting: Meeting, view: DecisionView) -> list[str]:
    """Who voted how, in the order of the roster."""
    lines: list[str] = []
    for vote, word in _ROLL.items():
        names = [
            shown_name(meeting, user_id)
            for user_id in (*meeting.people, *view.named_votes)
            if user_id in view.named_votes and view.named_votes[user_id].vote is vote
        ]
        if names:
            lines.append(f"{word}: {', '.join(dict.fromkeys(names))}")
    return lines


_ROLL = {Vote.APPROVE: "For", Vote.REJECT: "Against", Vote.ABSTAIN: "Abstained"}
_NAMES_SHOWN = 8


def missing_names(meeting: Meeting, view: DecisionView) -> str | None:
    """Who has not voted yet, for a facilitator: not how anybody voted."""
    if not view.is_open or not view.not_voted or not may_facilitate(meeting):
        return None
    present, absent = not_voted(meeting, view)
    said = f"Not voted yet: {_listed(present)}" if present else "All who are here have voted"
    return f"{said}; absent: {_listed(absent)}." if absent else f"{said}."


def _listed(names: Sequence[str]) -> str:
    """The first of these names, and how many more there are."""
    more = len(names) - _NAMES_SHOWN
    others = f" and {more} more" if more > 0 else ""
    return f"{', '.join(names[:_NAMES_SHOWN])}{others}"


def for_others(meeting: Meeting, view: DecisionView) -> list[str]:
    """How the votes stand that one casts for others; once it is over, those that one has cast."""
    return [
        f"For {shown_name(meeting, giver)}, by proxy: {_by_proxy(view, giver)}."
        for giver in givers(meeting)
        if view.question is not None
        and giver not in view.question.recused
        and (view.is_open or giver in view.proxy_votes)
    ]


def _by_proxy(view: DecisionView, giver: str) -> str:
    vote = view.proxy_votes.get(giver)
    if vote is None:
        return "they have voted themselves" if has_voted(view, giver) else "not voted"
    return "voted" if vote.vote is None else f"{vote.vote}"


_WAYS = {Method.ROLL_CALL: "Roll call."}


def way(view: DecisionView) -> str:
    """What one must know of how it is voted; empty where that is as usual."""
    if view.question is not None and view.question.secret:
        return SECRET_SHORT
    return _WAYS.get(view.method, "")


SECRET = "Secret ballot: only how many have voted is shown."  # noqa: S105 (no password)
SECRET_SHORT = "Secret ballot."  # noqa: S105
SECRET_DONE = "Secret ballot: nobody’s vote is shown, only the count."  # noqa: S105
NOT_SECRET = "With three voters or fewer a ballot cannot be secret."  # noqa: S105
ALIKE = "All voted alike, so nobody’s vote stayed secret."
COMMENTS = "Comments, sealed to the facilitators; nobody knows whose:"
NOTHING = ("No vote yet.", "When one opens, it appears here.")


def secrecy(view: DecisionView) -> list[str]:
    """What is secret about a secret ballot, and what cannot be."""
    if view.question is None or not view.question.secret:
        return []
    said = [SECRET if view.outcome is None else SECRET_DONE]
    if Guard.NOT_SECRET in view.question.overrides:
        said.append(NOT_SECRET)
    if view.outcome is not None and view.outcome.result is not Result.WITHDRAWN:
        cast = [count for count in counts(view).values() if count]
        if len(cast) == 1:
            said.append(ALIKE)
    return said


def counts(view: DecisionView) -> dict[Vote, int]:
    """The votes for each choice, as far as they are told."""
    votes = view.tally if view.outcome is None else view.outcome.final_votes
    if votes is None:
        return dict.fromkeys(Vote, 0)
    return {Vote.APPROVE: votes.approve, Vote.REJECT: votes.reject, Vote.ABSTAIN: votes.abstain}


def shares(view: DecisionView) -> dict[Vote, float]:
    """How much of the votes that there could be went to each choice, 0 to 1."""
    cast = counts(view)
    most = max(sum(cast.values()), voted(view)[1], 1)
    return {vote: count / most for vote, count in cast.items()}


def voted(view: DecisionView) -> tuple[int, int]:
    """The votes cast and the votes there could be."""
    if view.tally is None:
        return sum(counts(view).values()), 0
    total = view.tally.total if view.outcome is None else sum(counts(view).values())
    return total, view.tally.required


def hides_votes(view: DecisionView) -> bool:
    """Whether nobody may see yet how the votes fall."""
    return view.question is not None and view.question.secret and view.outcome is None


def is_silent(view: DecisionView) -> bool:
    """Whether nothing is counted: silence adopts it, and the first objection ends it."""
    return view.method is Method.CONSENT
