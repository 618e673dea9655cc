"""Decisions to look through: a row for each, and all that is known of one, its arithmetic whole."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from enum import StrEnum

from boardroom_tui.protocol.fields import Base, Cause, Method, Result, Threshold, Vote
from boardroom_tui.protocol.messages.decision import Arithmetic, FinalVotes, Question
from boardroom_tui.protocol.words import guards_in_words, needed, rule_in_words
from boardroom_tui.state.forecast import forecast
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.select import person, shown_name, target_title
from boardroom_tui.ui.widgets.agenda import decision_key
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.countdown import time_left
from boardroom_tui.ui.widgets.rows import Piece, Row
from boardroom_tui.ui.widgets.vote.own_vote import own_in_short, receipt
from boardroom_tui.ui.widgets.vote.tally_bars import FACES, bar
from boardroom_tui.ui.widgets.vote.words import (
    counts,
    for_others,
    hides_votes,
    missing_names,
    rule,
    secrecy,
    shares,
    standing,
    voted,
)
from boardroom_tui.ui.words.durations import rounded, time_of_day

LABEL = 11
"""Cells for a label and the blanks behind it."""

_BAR = 14


class Kind(StrEnum):
    """Which decisions are listed."""

    ALL = "All"
    OPEN = "Open"
    PREPARED = "Prepared"
    DECIDED = "Decided"
    WITHDRAWN = "Withdrawn"


def kind_of(view: DecisionView) -> Kind:
    """Where a decision stands, for the list."""
    if view.outcome is not None:
        withdrawn = view.outcome.result is Result.WITHDRAWN
        return Kind.WITHDRAWN if withdrawn else Kind.DECIDED
    return Kind.OPEN if view.is_open else Kind.PREPARED


def listed(meeting: Meeting, kind: Kind = Kind.ALL, words: str = "") -> tuple[DecisionView, ...]:
    """The decisions of this kind in which all these words occur, in the meeting's order."""
    wanted = words.casefold().split()
    return tuple(
        view
        for view in meeting.decisions.values()
        if kind in (Kind.ALL, kind_of(view))
        and all(word in _searched(meeting, view) for word in wanted)
    )


def _searched(meeting: Meeting, view: DecisionView) -> str:
    question = view.question
    if question is None:
        return view.decision_id.casefold()
    people = (shown_name(meeting, one) for one in (question.mover, question.seconder) if one)
    return " ".join((question.title, question.text, *people)).casefold()


def decision_row(view: DecisionView, now: datetime, zone: tzinfo | None) -> Row:
    """A decision in the list: how it stands, its votes, when."""
    stands = standing(view)
    return Row(
        left=((f"{stands.symbol} ", f"{stands.style} bold"), (one_line(view.title), "")),
        right=_in_short(view, now, zone),
        key=decision_key(view.decision_id),
    )


def _in_short(view: DecisionView, now: datetime, zone: tzinfo | None) -> tuple[Piece, ...]:
    if view.outcome is None:
        left = time_left(view, now, zone)
        words = f"{left.symbol} {left.words}".strip() if view.is_open else "prepared"
        return ((words, left.style if view.is_open else "$dim"),)
    at = time_of_day(view.outcome.completed_at, now, zone)
    if view.outcome.result is Result.WITHDRAWN:
        return ((f"withdrawn  {at}", "$dim"),)
    votes = view.outcome.final_votes
    return ((f"{votes.approve} : {votes.reject}", "bold"), (f"  {at}", "$dim"))


def decision_rows(
    meeting: Meeting, view: DecisionView, now: datetime, zone: tzinfo | None
) -> tuple[Row, ...]:
    """All that is known of a decision, label by label."""
    rows = [Row(left=((one_line(view.title), "bold"),), hang=0)]
    question = view.question
    if question is not None and question.text.strip() not in ("", question.title.strip()):
        rows += [
            Row(left=((line, ""),), hang=0) for line in map(one_line, question.text.split("\n"))
        ]
    rows.append(Row(left=()))
    rows += _verdict(meeting, view)
    rows += _votes(view)
    rows += [_fact(*fact) for fact in _facts(meeting, view, now, zone)]
    return tuple(rows)


def _fact(label: str, words: str, style: str = "") -> Row:
    return Row(left=((label.ljust(LABEL), "$dim"), (words, style)), hang=LABEL)


def _verdict(meeting: Meeting, view: DecisionView) -> Iterator[Row]:
    stands = standing(view)
    words = view.verdict or f"{stands.words}."
    yield _fact("Result", f"{stands.symbol} {words}", f"bold {stands.style}")
    if (total := sum_in_words(view)) is not None:
        yield _fact("The sum", total)
    if (outlook := forecast(meeting, view)) is not None:
        yield _fact("Outlook", outlook)


def sum_in_words(view: DecisionView) -> str | None:
    """The sum that decided, exactly as it is counted (CONTRACT.md, Counting).

    `7 for of 10 cast; two-thirds needs 7: 3 × 7 = 21 ≥ 2 × 10 = 20.`
    """
    question, outcome = view.question, view.outcome
    if question is None or outcome is None or outcome.arithmetic is None:
        return None
    if outcome.arithmetic.whole == 0:
        return None  # Nobody voted for or against, and nothing is carried.
    if question.method in (Method.CONSENT, Method.STRAW) or outcome.result is Result.WITHDRAWN:
        return None
    return _sum(question, outcome.final_votes, outcome.arithmetic)


_OF = {Base.CAST: "cast", Base.PRESENT: "present", Base.MEMBERSHIP: "in all"}
_SHARES = {
    Threshold.MAJORITY: ("a majority", 2, 1),
    Threshold.TWO_THIRDS: ("two-thirds", 3, 2),
    Threshold.THREE_QUARTERS: ("three-quarters", 4, 3),
    Threshold.UNANIMOUS: ("every vote", 1, 1),
}


def _sum(question: Question, votes: FinalVotes, arithmetic: Arithmetic) -> str:
    whole, approve = arithmetic.whole, votes.approve
    name, below, above = _SHARES[question.threshold]
    ours, theirs = below * approve, above * whole
    left = f"{below} × {approve} = {ours}" if below > 1 else f"{approve}"
    right = f"{above} × {whole} = {theirs}" if above > 1 else f"{whole}"
    if question.threshold is Threshold.MAJORITY:
        sign = ">" if ours > theirs else "≤"
    elif question.threshold is Threshold.UNANIMOUS:
        sign = "=" if ours == theirs else "<"
    else:
        sign = "≥" if ours >= theirs else "<"
    needs = needed(question.threshold, whole)
    of = f"{approve} for of {whole} {_OF[question.base]}"
    return f"{of}; {name} needs {needs}: {left} {sign} {right}."


def _votes(view: DecisionView) -> Iterator[Row]:
    """A bar for each choice, with its number: pattern and symbol say which it is."""
    if kind_of(view) is Kind.PREPARED or hides_votes(view) or view.method is Method.CONSENT:
        return
    if kind_of(view) is Kind.WITHDRAWN and view.question is not None and view.question.secret:
        return
    share = shares(view)
    for vote, count in counts(view).items():
        face = FACES[vote]
        drawn = bar(share[vote], _BAR, face)
        pieces = tuple(
            (drawn.plain[span.start : span.end], str(span.style)) for span in drawn.spans
        )
        label = (f"{face.symbol} {face.word}".ljust(LABEL), f"{face.style} bold")
        yield Row(left=(label, *pieces, (f" {count}", "bold")))


def _facts(
    meeting: Meeting, view: DecisionView, now: datetime, zone: tzinfo | None
) -> Iterator[tuple[str, str]]:
    question, outcome = view.question, view.outcome
    yield from _turnout(view)
    yield "Rule", _rule(view)
    if question is not None:
        yield from _of_question(meeting, question)
    yield from _when(view, now, zone)
    if outcome is not None and outcome.casting_vote is not None:
        yield "Casting", f"The chair’s casting vote, {_VOTED[outcome.casting_vote].lower()}."
    if outcome is not None and outcome.overrides:
        yield "Although", f"Closed although {guards_in_words(outcome.overrides)}."
    for said in secrecy(view):
        yield "Secret", said
    yield from _own(meeting, view)
    yield from _by_name(meeting, view)
    if (missing := missing_names(meeting, view)) is not None:
        yield "Missing", missing
    yield from _weights(meeting, view)


def _rule(view: DecisionView) -> str:
    question = view.question
    if (
        question is None
        or view.outcome is None
        or question.method in (Method.CONSENT, Method.STRAW)
    ):
        return rule(view)
    return f"Needed {rule_in_words(question.threshold, question.base)}."


def _turnout(view: DecisionView) -> Iterator[tuple[str, str]]:
    outcome = view.outcome
    if outcome is None or outcome.arithmetic is None:
        total, required = voted(view)
        if required:
            yield "Voted", f"{total} of {required}."
        return
    sums = outcome.arithmetic
    yield "Voted", f"{_members(sums.voters)}; {sums.voters_needed} had to, for its quorum."
    here = f"{_members(sums.present)} with a vote present"
    yield "Quorum", f"{here}; the meeting needs {sums.present_needed}."


def _members(count: int) -> str:
    return "1 member" if count == 1 else f"{count} members"


def _of_question(meeting: Meeting, question: Question) -> Iterator[tuple[str, str]]:
    if question.mover is not None:
        seconder = question.seconder
        by = f", seconded by {_name(meeting, seconder)}" if seconder is not None else ""
        yield "Moved", f"by {_name(meeting, question.mover)}{by}."
    item = None if question.item_id is None else target_title(meeting, question.item_id)
    if item is not None:
        yield "Item", one_line(item)
    if question.recused:
        names = ", ".join(_name(meeting, one) for one in question.recused)
        yield "Recused", names
    if question.overrides:
        yield "Although", f"Opened although {guards_in_words(question.overrides)}."


_CAUSES = {
    Cause.COMPLETE: "all who may vote had voted",
    Cause.DEADLINE: "its time was over",
    Cause.FACILITATOR: "closed by the facilitator",
    Cause.WITHDRAWN: "withdrawn",
    Cause.OBJECTION: "somebody objected",
    Cause.NO_OBJECTION: "nobody objected",
}


def _when(view: DecisionView, now: datetime, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    opened = None if view.question is None else view.question.opened_at
    ended = None if view.outcome is None else view.outcome.completed_at
    began = "" if opened is None else f"opened {time_of_day(opened, now, zone)}"
    if ended is None or view.outcome is None:
        left = time_left(view, now, zone)
        if view.is_open:
            yield "When", f"{began}; {left.words}." if began else f"{left.words}."
        return
    lasted = "" if opened is None else f" after {rounded(ended - opened)}"
    cause = f": {_CAUSES[view.outcome.cause]}" if view.outcome.cause is not None else ""
    over = f"ended {time_of_day(ended, now, zone)}{lasted}{cause}."
    yield "When", f"{began}, {over}" if began else over


def _own(meeting: Meeting, view: DecisionView) -> Iterator[tuple[str, str]]:
    own = own_in_short(meeting, view)
    if own is not None and kind_of(view) is not Kind.PREPARED:
        found = receipt(view)
        yield "You", f"{own}. {found}" if found is not None else f"{own}."
    for said in for_others(meeting, view):
        yield "By proxy", said


_VOTED = {Vote.APPROVE: "For", Vote.REJECT: "Against", Vote.ABSTAIN: "Abstained"}


def _by_name(meeting: Meeting, view: DecisionView) -> Iterator[tuple[str, str]]:
    """Who voted how, in a roll call; of a secret ballot the server tells no names."""
    if view.question is None or view.question.secret:
        return
    for vote, label in _VOTED.items():
        names = [
            _voter(meeting, view, user_id)
            for user_id, cast in view.named_votes.items()
            if cast.vote is vote
        ]
        if names:
            yield label, ", ".join(names)


def _voter(meeting: Meeting, view: DecisionView, user_id: str) -> str:
    """`Henrik Vos (×2, by Ana Silva as proxy)`."""
    someone, holder = person(meeting, user_id), view.named_votes[user_id].cast_by
    more = [f"×{someone.weight}"] if someone is not None and someone.weight > 1 else []
    if holder is not None:
        more.append(f"by {_name(meeting, holder)} as proxy")
    return _name(meeting, user_id) + (f" ({', '.join(more)})" if more else "")


def _weights(meeting: Meeting, view: DecisionView) -> Iterator[tuple[str, str]]:
    heavy = [one for one in meeting.people.values() if one.weight > 1]
    if heavy and kind_of(view) is not Kind.PREPARED:
        names = ", ".join(f"{one_line(one.shown_name)} ×{one.weight}" for one in heavy)
        yield "Weights", f"Votes that count more than once: {names}."


def _name(meeting: Meeting, user_id: str) -> str:
    return one_line(shown_name(meeting, user_id))
