"""What has changed in a meeting, in sentences: the difference between two of its pictures. Pure."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from boardroom_tui.plain.words import at, plain, sentence
from boardroom_tui.protocol.fields import ItemStatus, Method, Role, Status
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.words import guards_in_words, phase_in_words
from boardroom_tui.state.forecast import forecast
from boardroom_tui.state.model import DecisionView, Entry, Meeting, MeetingLine, Person, SpokenLine
from boardroom_tui.state.select import (
    current_item,
    may_vote,
    message,
    open_decisions,
    own_person,
    quorum,
    shown_name,
)
from boardroom_tui.ui.widgets.chat.lines import Reader
from boardroom_tui.ui.widgets.vote.words import for_others, hides_votes, rule, secrecy, voted

_LATEST = 10
"""So much of what was said before is told to whoever comes in."""

_VOTE_OPEN = "Vote open"
"""How our server calls the notification of a vote; the sentence about the vote says it already."""

_VOTES = {"approve": "for", "reject": "against", "abstain": "to abstain"}


def is_in(meeting: Meeting) -> bool:
    """Whether one has been let in, and knows who else is there."""
    own = own_person(meeting)
    return own is not None and own.present and bool(meeting.title or not meeting.extensions)


def told(
    before: Meeting, after: Meeting, now: datetime, zone: tzinfo | None, *, watching: bool = False
) -> Iterator[str]:
    """What one should hear of, a sentence each; `now` is the time of what carries none.

    Whoever is only `watching` types nothing, so it is not said what one could type.
    """
    if not is_in(before):
        if is_in(after):
            yield from _arrival(after, zone, watching=watching)
        return
    if before.chat is not after.chat:
        for entry in _new(before, after):
            yield from entry_in_words(after, entry, zone)
    changes = [
        *_people(before, after),
        *_agenda(before, after),
        *_decisions(before, after, zone, watching=watching),
    ]
    for words in (*changes, *_notifications(before, after)):
        yield at(now, words, zone)
    if after.record_warning is not None and before.record_warning is None:
        yield sentence(f"Warning about the record: {after.record_warning}")


def latest(meeting: Meeting, zone: tzinfo | None) -> Iterator[str]:
    """What was said last."""
    for entry in meeting.chat[-_LATEST:]:
        yield from entry_in_words(meeting, entry, zone, again=True)


def entry_in_words(
    meeting: Meeting, entry: Entry, zone: tzinfo | None, *, again: bool = False
) -> Iterator[str]:
    """Something that was said, or that the meeting says; nothing where it is told otherwise."""
    if isinstance(entry, MeetingLine):
        # That a vote opened is said with its rule; later its beginning is enough.
        if again or not entry.message_id.startswith("opened "):
            yield at(entry.timestamp, sentence(entry.text), zone)
        return
    yield at(entry.timestamp, f"{_speaker(meeting, entry)}: {plain(entry.message)}", zone)


def opening(view: DecisionView, zone: tzinfo | None, *, votes: bool) -> str:
    """That a vote is open, its rule, its deadline, and how one votes."""
    words = f"{_OPEN[view.method]}: {sentence(view.title)}"
    if view.question is not None:
        if plain(view.question.text).rstrip(".") != plain(view.title).rstrip("."):
            words += f" {sentence(view.question.text)}"
        if view.question.overrides:
            words += f" It was opened although {guards_in_words(view.question.overrides)}."
    words = " ".join([words, rule(view), *secrecy(view)])
    if view.deadline is not None:
        words += f" It closes at {view.deadline.astimezone(zone):%H:%M}."
    if not votes:
        return words
    if view.method is Method.CONSENT:
        return f"{words} Type /reject to object."
    return f"{words} Type /approve, /reject or /abstain."


def count_in_words(view: DecisionView) -> str:
    """How many have voted, and how, as far as that may be known."""
    cast, of = voted(view)
    words = f"{plain(view.title).rstrip('.')}: {cast} of {of} votes are in"
    if view.tally is None or hides_votes(view):
        return f"{words}."
    tally = view.tally
    return f"{words}: {tally.approve} for, {tally.reject} against, {tally.abstain} abstained."


def own_in_words(view: DecisionView) -> str:
    """Whether one has voted, and how, where that is not secret."""
    own = view.own_vote
    if own is None:
        return "You have not voted."
    how = "" if own.vote is None else f", {own.vote.value},"
    return f"Your vote{how} is recorded."


def standing_in_words(meeting: Meeting) -> Iterator[str]:
    """Where the meeting stands: its phase, the quorum, the item in progress."""
    yield f"The meeting is {phase_in_words(meeting.phase)}."
    here = quorum(meeting)
    if here is not None:
        begins = "Quorum" if here.met else "No quorum"
        yield f"{begins}: {here.have} here, {here.need} needed."
    item = current_item(meeting)
    yield "No agenda item is in progress." if item is None else sentence(f"Now: {item.title}")


def _arrival(meeting: Meeting, zone: tzinfo | None, *, watching: bool) -> Iterator[str]:
    own = own_person(meeting)
    name = meeting.title or meeting.meeting_id
    who = "" if own is None else f" as {plain(own.shown_name)}{_role(own)}"
    yield f"You are in {plain(name).rstrip('.')}{who}."
    yield from standing_in_words(meeting)
    yield from latest(meeting, zone)
    for view in reversed(open_decisions(meeting)):
        yield opening(view, zone, votes=may_vote(meeting) and not watching)
        yield count_in_words(view)
        if view.own_vote is not None and not watching:
            yield own_in_words(view)
        yield from map(plain, () if watching else for_others(meeting, view))
    if not watching:
        yield "What you type is said to everybody. /help tells the commands, /leave leaves."


def _role(own: Person) -> str:
    return "" if own.role is None else f", {own.role.value}"


def _new(before: Meeting, after: Meeting) -> Iterator[Entry]:
    """What was added; mostly that is what is behind the rest."""
    known = len(before.chat)
    if known <= len(after.chat) and (
        not known or after.chat.place(before.chat[-1].message_id) == known - 1
    ):
        yield from after.chat[known:]
    else:
        yield from (entry for entry in after.chat if entry.message_id not in before.chat)


def _speaker(meeting: Meeting, line: SpokenLine) -> str:
    own = own_person(meeting)
    reader = Reader.named(meeting.own_id, "" if own is None else own.name)
    answered = None if line.reply_to is None else message(meeting, line.reply_to)
    name = plain(shown_name(meeting, line.user_id, line.user_name))
    if reader.wrote(line):
        name = "You"
    if answered is not None:
        own_words = reader.wrote(answered)
        whom = "you" if own_words else plain(shown_name(meeting, answered.user_id))
        return f"{name}, answering {whom}"
    return f"{name}, to you" if name != "You" and reader.is_called(line) else name


def _people(before: Meeting, after: Meeting) -> Iterator[str]:
    if before.people is after.people:
        return
    for user_id, one in after.people.items():
        known = before.people.get(user_id)
        own = same(Kind.USER, user_id, after.own_id)
        name = "You" if own else plain(one.shown_name)
        was_here = known is not None and known.present
        if one.present is not was_here:
            if not own:
                yield f"{name} has joined{_as(one)}." if one.present else f"{name} has left."
        elif known is not None and one.present and one.status is not known.status:
            state = "here again" if one.status is Status.ONLINE else one.status.value
            yield f"{name} {'are' if own else 'is'} {state}."


def _as(one: Person) -> str:
    return "" if one.role in (None, Role.PARTICIPANT) else f" as {one.role.value}"


def _agenda(before: Meeting, after: Meeting) -> Iterator[str]:
    """What became of the items, but for the one taken up: the meeting says that itself."""
    was = {item.id: item.status for item in before.agenda}
    for item in after.agenda:
        if item.id in was and item.status is not was[item.id]:
            words = _ITEM.get(item.status)
            if words is not None:
                yield f"{words}: {sentence(item.title)}"


def _decisions(
    before: Meeting, after: Meeting, zone: tzinfo | None, *, watching: bool
) -> Iterator[str]:
    if before.decisions is after.decisions:
        return
    for key, view in after.decisions.items():
        known = before.decisions.get(key)
        if view.is_open and not (known is not None and known.is_open):
            yield opening(view, zone, votes=may_vote(after) and not watching)
        elif view.is_open and known is not None:
            yield from _votes(after, known, view)


def _votes(meeting: Meeting, before: DecisionView, view: DecisionView) -> Iterator[str]:
    for user_id, vote in view.named_votes.items():
        if before.named_votes.get(user_id) != vote:
            who = plain(shown_name(meeting, user_id))
            yield f"{who} votes {_VOTES[vote.vote.value]}."
    if before.tally != view.tally and voted(view)[0]:
        yield " ".join(filter(None, [count_in_words(view), forecast(meeting, view)]))


def _notifications(before: Meeting, after: Meeting) -> Iterator[str]:
    known = {one.notification_id for one in before.notifications}
    for one in after.notifications:
        if one.notification_id not in known and one.title != _VOTE_OPEN:
            yield f"{plain(one.title)}: {sentence(one.message)}"


_ITEM = {
    ItemStatus.COMPLETED: "Completed",
    ItemStatus.DEFERRED: "Deferred",
    ItemStatus.PENDING: "Put back on the agenda",
}

_OPEN = {
    Method.VOTE: "A vote is open",
    Method.ROLL_CALL: "A roll call vote is open: everybody hears who votes how",
    Method.CONSENT: "Asked for objections",
    Method.STRAW: "A straw poll is open",
}
