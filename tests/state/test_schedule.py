"""The agenda's clock: times taken, times over, and when it will be through."""

from dataclasses import replace
from datetime import timedelta

from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase
from boardroom_tui.protocol.messages.meeting import AgendaItem
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.schedule import Spent, outlook, spent
from tests.state.said import MEETING, at


def item(
    name: str,
    status: ItemStatus,
    minutes: int | None,
    began: float | None = None,
    ended: float | None = None,
) -> AgendaItem:
    return AgendaItem(
        id=f"item_{name}",
        title=name,
        status=status,
        minutes=minutes,
        started_at=None if began is None else at(began),
        completed_at=None if ended is None else at(ended),
    )


OPENING = item("opening", ItemStatus.COMPLETED, 5, 0, 9)
BUDGET = item("budget", ItemStatus.IN_PROGRESS, 20, 9)
LEASE = item("lease", ItemStatus.PENDING, 15)
AUDIT = item("audit", ItemStatus.DEFERRED, 10)
OTHER = item("other", ItemStatus.PENDING, None)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def meeting(*agenda: AgendaItem, **rest: object) -> Meeting:
    began = Meeting(MEETING, agenda=agenda, started_at=at(0), phase=MeetingPhase.IN_SESSION)
    return replace(began, **rest)  # pyright: ignore[reportArgumentType]


def test_an_item_takes_its_time_or_more() -> None:
    known = meeting(OPENING, BUDGET, LEASE)
    assert spent(known, OPENING, at(30)) == Spent(minutes(5), minutes(9))
    assert spent(known, OPENING, at(30)).over == minutes(4)
    assert spent(known, BUDGET, at(19)) == Spent(minutes(20), minutes(10))
    assert spent(known, BUDGET, at(19)).left == minutes(10)
    assert spent(known, LEASE, at(19)) == Spent(minutes(15), None)
    assert spent(known, OTHER, at(19)) == Spent(None, None)


def test_the_adjournment_stops_the_clock_of_the_item_in_progress() -> None:
    over = meeting(BUDGET, phase=MeetingPhase.ADJOURNED, phase_since=at(12))
    assert spent(over, BUDGET, at(60)).taken == minutes(3)
    assert outlook(over, at(60)) is None


def test_the_end_is_what_is_left_of_what_was_planned() -> None:
    end = outlook(meeting(OPENING, BUDGET, LEASE, AUDIT, OTHER), at(19))
    assert end is not None
    assert end.ends_at == at(19 + 10 + 15)
    assert end.planned_end == at(5 + 20 + 15)
    assert end.late == minutes(4)
    assert end.unplanned == 1


def test_an_item_that_is_over_its_time_moves_the_end_as_it_goes_on() -> None:
    known = meeting(OPENING, BUDGET, LEASE)
    first, later = outlook(known, at(40)), outlook(known, at(41))
    assert first is not None
    assert later is not None
    assert later.ends_at - first.ends_at == minutes(1)


def test_before_it_begins_nothing_is_late_and_without_times_there_is_no_end() -> None:
    early = outlook(meeting(LEASE, started_at=None), at(0))
    assert early is not None
    assert (early.ends_at, early.late) == (at(15), timedelta())
    assert outlook(meeting(OTHER), at(0)) is None
    assert outlook(meeting(OPENING), at(10)) is None
