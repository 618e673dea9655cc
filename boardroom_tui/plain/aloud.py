"""What can be asked for: the agenda, the people, the vote, the minutes, what was said."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from boardroom_tui.plain.telling import (
    count_in_words,
    entry_in_words,
    latest,
    opening,
    own_in_words,
    standing_in_words,
)
from boardroom_tui.plain.words import counted, listed, plain, sentence
from boardroom_tui.protocol.fields import ItemStatus, Method, Vote
from boardroom_tui.protocol.messages.meeting import AgendaItem
from boardroom_tui.protocol.messages.receipt import Receipt
from boardroom_tui.state.forecast import forecast
from boardroom_tui.state.model import DecisionView, Entry, Meeting, Person, SpokenLine
from boardroom_tui.state.motions import pending_motions
from boardroom_tui.state.select import (
    current_item,
    decision_in_view,
    elapsed,
    has_vote,
    item_clock,
    may_vote,
    open_decisions,
    quorum_forecast,
    roster,
    shown_name,
)
from boardroom_tui.ui.widgets.vote.words import for_others, missing_names, roll_call, standing
from boardroom_tui.ui.words.durations import rounded

_MOST_FOUND = 10


def agenda(meeting: Meeting, now: datetime) -> Iterator[str]:
    """Every item with its number, its state and its decisions; then the motions."""
    if not meeting.agenda:
        yield "This meeting has no agenda."
    for place, item in enumerate(meeting.agenda, start=1):
        yield f"Item {place}: {plain(item.title).rstrip('.')}, {_state(meeting, item, now)}."
        for view in meeting.decisions.values():
            if view.question is not None and view.question.item_id == item.id:
                yield f"Decision: {_decision(view)}"
    known = {item.id for item in meeting.agenda}
    for view in meeting.decisions.values():
        if view.question is None or view.question.item_id not in known:
            yield f"Decision: {_decision(view)}"
    for motion in pending_motions(meeting):
        by = plain(shown_name(meeting, motion.mover))
        yield f"Motion by {by}, {motion.status.value}: {sentence(motion.text)}"


def people(meeting: Meeting) -> Iterator[str]:
    """Who is here, away and absent; who has the floor and who asks for it; the quorum."""
    everybody = roster(meeting)
    for heading, group in (
        ("Here", everybody.present),
        ("Away", everybody.away),
        ("Absent", everybody.absent),
    ):
        if group:
            yield f"{heading}, {len(group)}: {', '.join(map(_person, group))}."
    speaking = meeting.speakers.speaking
    if speaking is not None:
        yield f"{plain(shown_name(meeting, speaking.user_id))} has the floor."
    if meeting.speakers.queue:
        names = listed(shown_name(meeting, one.user_id) for one in meeting.speakers.queue)
        yield f"Hands raised, the first first: {names}."
    yield from (words for words in standing_in_words(meeting) if "uorum" in words)
    hangs = quorum_forecast(meeting)
    if hangs is not None:
        yield plain(hangs)


def vote(meeting: Meeting, zone: tzinfo | None) -> Iterator[str]:
    """Every open vote with its rule and its count, else the last result."""
    views = open_decisions(meeting)
    for view in views:
        yield opening(view, zone, votes=may_vote(meeting))
        yield " ".join(filter(None, [count_in_words(view), forecast(meeting, view)]))
        yield own_in_words(view)
        yield from map(plain, for_others(meeting, view))
        missing = missing_names(meeting, view)
        if missing is not None:
            yield plain(missing)
    if views:
        return
    last = decision_in_view(meeting)
    if last is None:
        yield "No vote is open, and none has been taken."
        return
    yield f"No vote is open. The last one: {_decision(last)}"
    yield from (sentence(line) for line in roll_call(meeting, last))


def search(meeting: Meeting, words: str, zone: tzinfo | None) -> Iterator[str]:
    """The newest messages that hold these words."""
    if not words:
        yield "Say what to search for: /search budget"
        return
    wanted = words.casefold()
    found = [entry for entry in meeting.chat if _holds(entry, wanted)]
    count = counted(len(found), "message holds", "messages hold")
    more = f" The newest {_MOST_FOUND} of them:" if len(found) > _MOST_FOUND else ""
    yield f"{count} “{plain(words)}”.{more}"
    for entry in found[-_MOST_FOUND:]:
        yield from entry_in_words(meeting, entry, zone, again=True)


def _holds(entry: Entry, wanted: str) -> bool:
    return isinstance(entry, SpokenLine) and wanted in entry.message.casefold()


def newest(meeting: Meeting, zone: tzinfo | None) -> Iterator[str]:
    """What was said last, again, and where the meeting stands."""
    yield from latest(meeting, zone)
    yield from standing_in_words(meeting)


def receipt(meeting: Meeting, data: Receipt.Data) -> str:
    """Where a vote stands in the record."""
    view = meeting.decisions.get(data.decision_id)
    title = data.decision_id if view is None else view.title
    what = _CAST.get(data.vote, "your vote")
    later = "; a later vote counts instead" if data.replaced_by is not None else ""
    return (
        f"{plain(title).rstrip('.')}: {what} is entry {data.sequence} of the record, "
        f"{data.vote_id}{later}."
    )


_CAST = {
    Vote.APPROVE: "your vote, approve,",
    Vote.REJECT: "your vote, reject,",
    Vote.ABSTAIN: "your vote, abstain,",
    None: "your vote",
}


def _state(meeting: Meeting, item: AgendaItem, now: datetime) -> str:
    planned = "" if item.minutes is None else f", {item.minutes} min planned"
    match item.status:
        case ItemStatus.PENDING:
            return f"to come{planned}"
        case ItemStatus.IN_PROGRESS if item == current_item(meeting):
            lasted = elapsed(item.started_at, item_clock(meeting, now)) or timedelta()
            over = lasted - timedelta(minutes=item.minutes or 0)
            late = f", {rounded(over)} over" if item.minutes and over > timedelta() else ""
            return f"in progress for {rounded(lasted)}{planned}{late}"
        case ItemStatus.IN_PROGRESS:
            return "in progress"
        case ItemStatus.COMPLETED:
            return "completed"
        case ItemStatus.DEFERRED:
            return "deferred to another meeting"


def _decision(view: DecisionView) -> str:
    title = sentence(view.title)
    if view.verdict is not None:
        return f"{title} {sentence(view.verdict)}"
    state = standing(view).words
    return f"{title} {state}." if view.method is not Method.CONSENT else f"{title} {state}"


def _person(one: Person) -> str:
    about = [one.role.value] if one.role is not None else []
    if not has_vote(one):
        about.append("no vote")
    elif one.weight != 1:
        about.append(f"{one.weight} votes")
    if one.present and one.status.value == "busy":
        about.append("busy")
    if one.apologies and not one.present:
        about.append("apologies")
    return f"{plain(one.shown_name)} ({', '.join(about)})" if about else plain(one.shown_name)
