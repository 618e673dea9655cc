"""What minutes tell beyond a meeting's last state: who was there when, what took how long."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.counting import present_to_vote
from boardroom_tui.meeting.events import Event
from boardroom_tui.meeting.evolve import evolve
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.fields import ItemStatus
from boardroom_tui.protocol.identifiers import Kind, bare


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; without an end it was not over yet."""

    start: datetime
    end: datetime | None = None


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
    quorum: tuple[Span, ...]
    """When enough members with a vote were present."""
    last: datetime
    """The time of the last event."""


def account(events: Iterable[Event]) -> Account:
    """The account of a meeting from its first event on; raises ValueError if there is none."""
    state = MeetingState()
    members: dict[str, Member] = {}
    stays, takings_up, quorum = _Spans(), _Spans(), _Spans()
    last: datetime | None = None
    for event in events:
        before, state = state, evolve(state, event)
        last = event.at
        if state.charter is not before.charter and state.charter is not None:
            members.update({member.id: member for member in state.charter.members})
        if state.present is not before.present or state.charter is not before.charter:
            stays.now(state.present.keys(), last)
            quorum.now({"met"} if _has_quorum(state) else set(), last)
        if state.agenda is not before.agenda:
            in_progress = ItemStatus.IN_PROGRESS
            takings_up.now({i.id for i in state.agenda if i.status is in_progress}, last)
    if last is None:
        raise ValueError("a meeting without events has no minutes")
    return Account(
        state=state,
        members=members,
        stays=stays.all(),
        takings_up=takings_up.all(),
        quorum=quorum.all().get("met", ()),
        last=last,
    )


def _has_quorum(state: MeetingState) -> bool:
    if state.charter is None:
        return False
    here = present_to_vote(state)
    voting = [m for m in state.charter.members if m.has_vote and bare(Kind.USER, m.id) in here]
    return len(voting) >= state.charter.quorum


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
