"""What minutes tell beyond a meeting's last state: who was there when, what took how long.

Of what was done in executive session there is an account of its own; the other one tells only when
it was.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.events import (
    AgendaMoved,
    DecisionClosed,
    DecisionOpened,
    Event,
    MotionMade,
    PhaseChanged,
    RollCalled,
    Said,
)
from boardroom_tui.meeting.evolve import evolve
from boardroom_tui.meeting.quorum import quorum
from boardroom_tui.meeting.state import ChatEntry, Decision, MeetingState, Motion
from boardroom_tui.protocol.fields import Guards, ItemStatus, MeetingPhase, Method, Result
from boardroom_tui.record.notes import Note, Notes

_Noted = TypeVar("_Noted")


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
class RollCall:
    """A roll that was called, and when."""

    at: datetime
    found: RollCalled


@dataclass(frozen=True, slots=True)
class Override:
    """Something that was done although something stood against it."""

    at: datetime
    done: str
    """In words: `Took up “Budget”`."""
    guards: Guards


@dataclass(frozen=True, slots=True)
class Account:
    """A meeting as its events tell it."""

    state: MeetingState
    """How it stands after the last event."""
    executive: bool
    """Whether decisions, notes and lines are those of the executive session, or all others.

    A decision that was put, ended or withdrawn in executive session stays in it.
    """
    phases: Mapping[MeetingPhase, tuple[Span, ...]]
    """When the meeting was in each phase that it was called to."""
    called_by: str | None
    """Who first called it to order."""
    members: Mapping[str, Member]
    """Everybody who was ever a member, as last written in the meeting's file."""
    stays: Mapping[str, tuple[Span, ...]]
    """When each member was present."""
    takings_up: Mapping[str, tuple[Span, ...]]
    """When each agenda item was in progress, until the adjournment at the latest."""
    roll_calls: tuple[RollCall, ...]
    items: Mapping[str, str | None]
    """The agenda item under which each decision was put: its own, else the one in progress."""
    moved_under: Mapping[str, str | None]
    """The agenda item under which each motion was made: its own, else the one in progress."""
    quorum: tuple[QuorumTest, ...]
    """Each time it was reached, lost or regained, or a vote was counted."""
    overrides: tuple[Override, ...]
    notes: tuple[Note, ...]
    """What was marked for the minutes and not taken back, in order."""
    lines: tuple[ChatEntry, ...]
    """What was said."""
    last: datetime
    """The time of the last event."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that were put to the vote, in the order in which they opened."""
        return tuple(each for each in self._put if each.opened.method is not Method.STRAW)

    @property
    def straw_polls(self) -> tuple[Decision, ...]:
        """What was only asked: it decided nothing."""
        return tuple(each for each in self._put if each.opened.method is Method.STRAW)

    @property
    def _put(self) -> Iterator[Decision]:
        return (each for id_, each in self.state.decisions.items() if self.tells(id_))

    @property
    def motions(self) -> tuple[Motion, ...]:
        """The motions from the floor, in the order in which they were made."""
        return tuple(each for id_, each in self.state.motions.items() if id_ in self.moved_under)

    def tells(self, decision_id: str) -> bool:
        """Whether a decision belongs to this account."""
        return (decision_id in self.state.hidden) is self.executive


def account(events: Iterable[Event], *, executive: bool = False) -> Account:
    """The account of a meeting from its first event on, or of its executive session.

    Raises:
        ValueError: There are no events.
    """
    told = _Telling(executive)
    for event in events:
        told.hear(event)
    return told.account()


_CALLED = {
    MeetingPhase.GATHERING: "Gathered",
    MeetingPhase.IN_SESSION: "Called to order",
    MeetingPhase.RECESS: "Went into recess",
    MeetingPhase.EXECUTIVE: "Went into executive session",
    MeetingPhase.ADJOURNED: "Adjourned",
}


class _Telling:
    """An account that grows event by event."""

    def __init__(self, executive: bool) -> None:
        self._executive = executive
        self._state = MeetingState()
        self._members: dict[str, Member] = {}
        self._stays, self._takings_up = _Spans(), _Spans()
        self._phases = _Spans()
        self._called_by: str | None = None
        self._lines: list[ChatEntry] = []
        self._items: dict[str, str | None] = {}
        self._roll_calls: list[RollCall] = []
        self._moved_under: dict[str, str | None] = {}
        self._quorum: list[tuple[str | None, QuorumTest]] = []
        self._had_quorum: bool | None = None
        self._overrides: list[tuple[str | None, Override]] = []
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
        if state.agenda is not before.agenda or state.phase is not before.phase:
            self._takings_up.now(_in_hand(state), at)
        self._watch_overrides(event)
        match event.what:
            case PhaseChanged(phase=phase):
                self._phases.now({phase}, at)
                if phase is MeetingPhase.IN_SESSION and self._called_by is None:
                    self._called_by = event.actor
            case DecisionOpened(decision_id=decision_id, item_id=item_id):
                self._items[decision_id] = item_id or _item_in_progress(state)
            case DecisionClosed() as closed if closed.result is not Result.WITHDRAWN:
                self._count_quorum(at, closed)
            case MotionMade(motion_id=motion_id, item_id=item_id) if self._is_in_session():
                self._moved_under[motion_id] = item_id or _item_in_progress(state)
            case RollCalled() as found:
                self._quorum.append((None, QuorumTest(at, "Roll call", found.have, found.need)))
                self._roll_calls.append(RollCall(at, found))
            case Said(message_id=message_id):
                self._note(state.chat.find(message_id))
            case _:
                pass

    def _watch_overrides(self, event: Event) -> None:
        """Note what was done although something stood against it."""
        match event.what:
            case AgendaMoved(item_id=item_id, overrides=guards):
                item = self._state.item(item_id)
                title = item_id if item is None else item.title
                decision_id, done = None, f"Took up “{title}”"
            case PhaseChanged(phase=phase, overrides=guards):
                decision_id, done = None, _CALLED[phase]
            case DecisionOpened(decision_id=decision_id, title=title, overrides=guards):
                done = f"Opened the vote on “{title}”"
            case DecisionClosed(decision_id=decision_id, overrides=guards):
                done = f"Closed the vote on “{self._title(decision_id)}”"
            case _:
                return
        if guards and (decision_id is not None or self._is_in_session()):
            self._overrides.append((decision_id, Override(event.at, done, guards)))

    def _is_in_session(self) -> bool:
        """Whether what is done now is done in the session that this tells of."""
        return (self._state.phase is MeetingPhase.EXECUTIVE) is self._executive

    def _note(self, line: ChatEntry | None) -> None:
        """Take down what was said, if it was said in the session that this tells of."""
        if line is not None and line.executive is self._executive:
            self._lines.append(line)
            self._notes.hear(line, _item_in_progress(self._state))

    def account(self) -> Account:
        if self._last is None:
            raise ValueError("a meeting without events has no minutes")
        return Account(
            state=self._state,
            executive=self._executive,
            phases={MeetingPhase(name): spans for name, spans in self._phases.all().items()},
            called_by=self._called_by,
            members=self._members,
            stays=self._stays.all(),
            takings_up=self._takings_up.all(),
            roll_calls=tuple(self._roll_calls),
            items=self._items,
            moved_under=self._moved_under,
            quorum=tuple(self._own(self._quorum)),
            overrides=tuple(self._own(self._overrides)),
            notes=self._notes.standing(),
            lines=tuple(self._lines),
            last=self._last,
        )

    def _watch_quorum(self, at: datetime) -> None:
        """Note when quorum is reached, lost or regained, until the meeting is adjourned."""
        if self._state.phase is MeetingPhase.ADJOURNED:
            return
        here = quorum(self._state)
        has_quorum = here.met
        if has_quorum is self._had_quorum or (self._had_quorum is None and not has_quorum):
            return
        words = {None: "Quorum reached", True: "Quorum lost", False: "Quorum regained"}
        test = QuorumTest(at, words[self._had_quorum], here.have, here.need)
        self._quorum.append((None, test))
        self._had_quorum = has_quorum

    def _count_quorum(self, at: datetime, closed: DecisionClosed) -> None:
        """Note whether there was one when a vote was counted."""
        figures = closed.arithmetic
        occasion = f"Vote on “{self._title(closed.decision_id)}”"
        test = QuorumTest(at, occasion, figures.present, figures.present_needed)
        self._quorum.append((closed.decision_id, test))

    def _title(self, decision_id: str) -> str:
        decision = self._state.decision(decision_id)
        return decision_id if decision is None else decision.opened.title

    def _own(self, noted: Iterable[tuple[str | None, _Noted]]) -> Iterator[_Noted]:
        """What is of this account's own votes, and what is of no vote."""
        hidden = self._state.hidden
        for decision_id, one in noted:
            if decision_id is None or (decision_id in hidden) is self._executive:
                yield one


def _item_in_progress(state: MeetingState) -> str | None:
    place = state.current_item
    return state.agenda[place - 1].id if place else None


def _in_hand(state: MeetingState) -> set[str]:
    """The items that are being dealt with: none once the meeting is adjourned."""
    if state.phase is MeetingPhase.ADJOURNED:
        return set()
    return {item.id for item in state.agenda if item.status is ItemStatus.IN_PROGRESS}


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
