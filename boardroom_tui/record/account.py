"""What minutes tell beyond a meeting's last state: who was there when, what took how long."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.counting import present_to_vote
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened, Event, Said
from boardroom_tui.meeting.evolve import evolve
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.fields import ItemStatus, Result
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.record.notes import Note, Notes


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; without an end it was not over yet."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuorumTest:
    """How many members with a vote were present when it mattered, and how many must have been."""

    at: datetime
    occasion: str
    """In words: `Vote on “Budget”`."""
    present: int
    needed: int

    @property
    def met(self) -> bool:
        """Whether there were enough."""
        return self.present >= self.needed


@dataclass(frozen=True, slots=True)
class Account:
    """A meeting as its events tell it."""

    state: MeetingState
    """How it stands after the last event."""
    members: Mapping[str, Member]
    """Everybody who was ever a member, as last written in the meeting's file."""
    stays: Mapping[str, tuple[Span, ...]]
    """When each member was present."""
    takings_up: Mapping[str, tuple[Span, ...]]
    """When each agenda item was in progress."""
    items: Mapping[str, str | None]
    """Under which agenda item each decision was taken: its own, else the one in progress."""
    quorum: tuple[QuorumTest, ...]
    """Each time it was reached, lost or regained, or a vote was counted."""
    notes: tuple[Note, ...]
    """What was marked for the minutes and not taken back, in order."""
    last: datetime
    """The time of the last event."""


def account(events: Iterable[Event]) -> Account:
    """The account of a meeting from its first event on; raises ValueError if there is none."""
    told = _Telling()
    for event in events:
        told.hear(event)
    return told.account()


class _Telling:
    """An account that grows event by event."""

    def __init__(self) -> None:
        self._state = MeetingState()
        self._members: dict[str, Member] = {}
        self._stays, self._takings_up = _Spans(), _Spans()
        self._items: dict[str, str | None] = {}
        self._quorum: list[QuorumTest] = []
        self._had_quorum: bool | None = None
        self._notes = Notes()
        self._last: datetime | None = None

    def hear(self, event: Event) -> None:
        before, self._state = self._state, evolve(self._state, event)
        state, at = self._state, event.at
        self._last = at
        if state.charter is not before.charter and state.charter is not None:
            self._members.update({member.id: member for member in state.charter.members})
        if state.present is not before.present or state.charter is not before.charter:
            self._stays.now(state.present.keys(), at)
            self._watch_quorum(at)
        if state.agenda is not before.agenda:
            in_progress = ItemStatus.IN_PROGRESS
            self._takings_up.now({i.id for i in state.agenda if i.status is in_progress}, at)
        match event.what:
            case Said() as said:
                self._notes.hear(event, said, _item_in_progress(state))
            case DecisionOpened(decision_id=decision_id, item_id=item_id):
                self._items[decision_id] = item_id or _item_in_progress(state)
            case DecisionClosed() as closed if closed.result is not Result.WITHDRAWN:
                self._count_quorum(at, closed)
            case _:
                pass

    def account(self) -> Account:
        if self._last is None:
            raise ValueError("a meeting without events has no minutes")
        return Account(
            state=self._state,
            members=self._members,
            stays=self._stays.all(),
            takings_up=self._takings_up.all(),
            items=self._items,
            quorum=tuple(self._quorum),
            notes=self._notes.standing(),
            last=self._last,
        )

    def _watch_quorum(self, at: datetime) -> None:
        """Note when quorum is reached, lost or regained."""
        if self._state.charter is None:
            return
        present, needed = _present(self._state), self._state.charter.quorum
        has_quorum = present >= needed
        if has_quorum is self._had_quorum or (self._had_quorum is None and not has_quorum):
            return
        words = {None: "Quorum reached", True: "Quorum lost", False: "Quorum regained"}
        self._quorum.append(QuorumTest(at, words[self._had_quorum], present, needed))
        self._had_quorum = has_quorum

    def _count_quorum(self, at: datetime, closed: DecisionClosed) -> None:
        decision = self._state.decision(closed.decision_id)
        title = closed.decision_id if decision is None else decision.opened.title
        figures = closed.arithmetic
        occasion = f"Vote on “{title}”"
        self._quorum.append(QuorumTest(at, occasion, figures.present, figures.present_needed))


def _item_in_progress(state: MeetingState) -> str | None:
    place = state.current_item
    return state.agenda[place - 1].id if place else None


def _present(state: MeetingState) -> int:
    """How many members with a vote are present in a role that has one."""
    here = present_to_vote(state)
    members = () if state.charter is None else state.charter.members
    return sum(member.has_vote and bare(Kind.USER, member.id) in here for member in members)


class _Spans:
    """Spans by name, grown by telling which names hold at a moment."""

    def __init__(self) -> None:
        self._closed: dict[str, list[Span]] = {}
        self._open: dict[str, datetime] = {}

    def now(self, names: Set[str], at: datetime) -> None:
        """From this moment on, these names hold and no others."""
        for name in [name for name in self._open if name not in names]:
            self._closed.setdefault(name, []).append(Span(self._open.pop(name), at))
        for name in names:
            self._open.setdefault(name, at)

    def all(self) -> dict[str, tuple[Span, ...]]:
        """The spans of each name, in order."""
        spans = {name: list(closed) for name, closed in self._closed.items()}
        for name, start in self._open.items():
            spans.setdefault(name, []).append(Span(start))
        return {name: tuple(of_name) for name, of_name in spans.items()}
