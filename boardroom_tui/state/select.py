"""What the screen asks of a meeting: computed, never stored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Role, Status
from boardroom_tui.protocol.identifiers import Kind, key_in, same
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import AgendaItem, ChatSend
from boardroom_tui.state.model import DecisionView, Meeting, Person, Progress, SpokenLine

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Roster:
    """The members by where they are; each group by role, then by name."""

    present: tuple[Person, ...]
    away: tuple[Person, ...]
    absent: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many members with a vote are present, and how many must be."""

    have: int
    need: int

    @property
    def met(self) -> bool:
        """Whether enough are present to decide."""
        return self.have >= self.need


def person(meeting: Meeting, user_id: str) -> Person | None:
    """Somebody of the meeting, whichever way the id is written."""
    return meeting.people.get(key_in(meeting.people, Kind.USER, user_id))


def own_person(meeting: Meeting) -> Person | None:
    """Oneself, once the server has said who that is."""
    return person(meeting, meeting.own_id) if meeting.own_id else None


def is_known(meeting: Meeting) -> bool:
    """Whether the server has told who is in the meeting; before, nothing can be said of it."""
    return bool(meeting.people)


def shown_name(meeting: Meeting, user_id: str, fallback: str = "") -> str:
    """A name as the screen shows it: with the user's id where another name looks like it."""
    someone = person(meeting, user_id)
    return someone.shown_name if someone is not None else fallback or user_id


def roster(meeting: Meeting) -> Roster:
    """Everybody, grouped by present, away and absent."""
    here = [someone for someone in meeting.people.values() if someone.present]
    return Roster(
        present=_ordered(someone for someone in here if someone.status is not Status.AWAY),
        away=_ordered(someone for someone in here if someone.status is Status.AWAY),
        absent=_ordered(someone for someone in meeting.people.values() if not someone.present),
    )


def quorum(meeting: Meeting) -> Quorum | None:
    """The meeting's quorum; None where the server does not say what it is."""
    if meeting.quorum is None:
        return None
    have = sum(1 for someone in meeting.people.values() if someone.present and has_vote(someone))
    return Quorum(have, meeting.quorum)


def quorum_forecast(meeting: Meeting) -> str | None:
    """On whom the quorum hangs; None where somebody may leave without losing it."""
    here = quorum(meeting)
    if here is None or here.have != here.need or meeting.phase is MeetingPhase.ADJOURNED:
        return None
    voters = [one for one in meeting.people.values() if one.present and has_vote(one)]
    match [one.shown_name for one in voters]:
        case [one]:
            return f"If {one} leaves, quorum is lost."
        case [one, other]:
            return f"If {one} or {other} leaves, quorum is lost."
        case _:
            return f"Quorum hangs on {here.have}: one leaves and it is lost."


def place_in_queue(meeting: Meeting, user_id: str) -> int | None:
    """Who asks for the floor as the how manyeth; None for whoever does not."""
    places = enumerate(meeting.speakers.queue, start=1)
    return next((place for place, turn in places if same(Kind.USER, turn.user_id, user_id)), None)


def has_floor(meeting: Meeting, user_id: str) -> bool:
    """Whether somebody has the floor."""
    speaking = meeting.speakers.speaking
    return speaking is not None and same(Kind.USER, speaking.user_id, user_id)


def has_vote(someone: Person) -> bool:
    """Whether somebody has a vote in the role they are in."""
    return someone.has_vote and someone.role is not Role.OBSERVER


def may_facilitate(meeting: Meeting) -> bool:
    """Whether one leads the meeting."""
    own = own_person(meeting)
    return (
        own is not None
        and own.role is Role.FACILITATOR
        and Permission.FACILITATE in meeting.permissions
    )


def may_vote(meeting: Meeting) -> bool:
    """Whether one has a vote, as far as a client can know.

    The permissions of a server that knows only the reference have no word for it; it decides.
    """
    own = own_person(meeting)
    if own is not None and not has_vote(own):
        return False
    return not meeting.extensions or Permission.VOTE in meeting.permissions


def may_write(meeting: Meeting) -> bool:
    """Whether one may speak; before the server has said so, one may try."""
    return not meeting.permissions or Permission.WRITE in meeting.permissions


def is_shut_out(meeting: Meeting) -> bool:
    """Whether one observes, while the meeting is in executive session."""
    own = own_person(meeting)
    observes = own is not None and own.role is Role.OBSERVER
    return observes and meeting.phase is MeetingPhase.EXECUTIVE


def open_decisions(meeting: Meeting) -> tuple[DecisionView, ...]:
    """Those on which votes are being taken, the one opened last first."""
    being_voted = (view for view in meeting.decisions.values() if view.is_open)
    return tuple(sorted(being_voted, key=_opened_at, reverse=True))


def decision_in_view(meeting: Meeting, chosen_id: str | None = None) -> DecisionView | None:
    """The decision to look at: of the open ones the chosen, else the one opened last.

    Where none is open it is the one that ended last.
    """
    being_voted = open_decisions(meeting)
    if being_voted:
        chosen = (view for view in being_voted if view.decision_id == chosen_id)
        return next(chosen, being_voted[0])
    ended = [view for view in meeting.decisions.values() if view.outcome is not None]
    return max(ended, key=_ended_at, default=None)


def prepared_decisions(meeting: Meeting) -> tuple[DecisionView, ...]:
    """Those that a facilitator can open, in the agenda's order."""
    return tuple(view for view in meeting.decisions.values() if view.is_prepared)


def prepared_for(meeting: Meeting, item: AgendaItem | None) -> tuple[DecisionView, ...]:
    """Those of one item."""
    return tuple(
        view
        for view in prepared_decisions(meeting)
        if item is not None and view.question is not None and view.question.item_id == item.id
    )


def not_voted(meeting: Meeting, view: DecisionView) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who may vote and has not, by name in the roster's order: those present, and the others."""
    present: list[str] = []
    absent: list[str] = []
    places = {user_id: place for place, user_id in enumerate(meeting.people)}
    # The server's order is of who was present when it told of them.
    for user_id in sorted(view.not_voted or (), key=lambda one: places.get(one, len(places))):
        someone = person(meeting, user_id)
        is_here = someone is not None and someone.present and has_vote(someone)
        (present if is_here else absent).append(shown_name(meeting, user_id))
    return tuple(present), tuple(absent)


def waiting_vote(meeting: Meeting, decision_id: str) -> VoteCast | None:
    """One's own vote that was sent and is not on disk yet."""
    for sent in reversed(tuple(meeting.outgoing.values())):
        request = sent.request
        if isinstance(request, VoteCast) and request.data.decision_id == decision_id:
            return request
    return None


def refused_line(meeting: Meeting) -> tuple[str, ChatSend] | None:
    """One's own message that the server refused last, and the id it was sent under."""
    for request_id, sent in reversed(tuple(meeting.outgoing.items())):
        if sent.progress is Progress.REFUSED and isinstance(sent.request, ChatSend):
            return request_id, sent.request
    return None


def message(meeting: Meeting, message_id: str) -> SpokenLine | None:
    """What somebody said under this id."""
    found = meeting.chat.find(message_id)
    return found if isinstance(found, SpokenLine) else None


def newest_first(meeting: Meeting) -> Iterator[SpokenLine]:
    """What people said, the newest first."""
    return (line for line in reversed(meeting.chat) if isinstance(line, SpokenLine))


def current_item(meeting: Meeting) -> AgendaItem | None:
    """The agenda item in progress."""
    for item in meeting.agenda:
        if item.status is ItemStatus.IN_PROGRESS:
            return item
    return None


def target_title(meeting: Meeting, target: str) -> str | None:
    """The title of the item or the decision that an activity is about; None of anything else."""
    decision = meeting.decisions.get(key_in(meeting.decisions, Kind.DECISION, target))
    if decision is not None and decision.question is not None:
        return decision.question.title
    return next((item.title for item in meeting.agenda if item.id == target), None)


def place_of(meeting: Meeting, item: AgendaItem) -> int | None:
    """Where an item stands on the agenda, from 1; None where only part of it is known."""
    if len(meeting.agenda) >= meeting.total_items:
        return meeting.agenda.index(item) + 1
    if item.status is ItemStatus.IN_PROGRESS and meeting.current_item:
        return meeting.current_item
    return None


def next_item(meeting: Meeting) -> AgendaItem | None:
    """The first item after the current one that is still to come; any before it after those."""
    current = current_item(meeting)
    start = 0 if current is None else meeting.agenda.index(current) + 1
    later = (*meeting.agenda[start:], *meeting.agenda[:start])
    return next((item for item in later if item.status is ItemStatus.PENDING), None)


def previous_item(meeting: Meeting) -> AgendaItem | None:
    """The item before the current one; with none in progress, the last that was completed."""
    current = current_item(meeting)
    if current is None:
        done = [item for item in meeting.agenda if item.status is ItemStatus.COMPLETED]
        return done[-1] if done else None
    place = meeting.agenda.index(current)
    return meeting.agenda[place - 1] if place else None


def item_clock(meeting: Meeting, now: datetime) -> datetime:
    """Until when the item in progress has lasted: the adjournment stops its clock."""
    if meeting.phase is MeetingPhase.ADJOURNED:
        return meeting.phase_since or now
    return now


def elapsed(since: datetime | None, now: datetime) -> timedelta | None:
    """How long something has lasted; clocks that disagree never make it negative."""
    return None if since is None else max(now - since, timedelta())


def typing_names(meeting: Meeting) -> tuple[str, ...]:
    """Who else is about to say something, the first to begin first."""
    others = (who for who in meeting.typing if not same(Kind.USER, who, meeting.own_id))
    return tuple(shown_name(meeting, who) for who in others)


def _ordered(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda one: (-_power(one), one.name.casefold(), one.user_id)))


def _power(someone: Person) -> int:
    return Role.PARTICIPANT.power if someone.role is None else someone.role.power


def _opened_at(view: DecisionView) -> datetime:
    opened = None if view.question is None else view.question.opened_at
    return opened or _LONG_AGO


def _ended_at(view: DecisionView) -> datetime:
    return _LONG_AGO if view.outcome is None else view.outcome.completed_at
