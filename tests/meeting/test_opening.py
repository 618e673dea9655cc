from datetime import timedelta
from typing import Any

import pytest

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.commands import OpenDecision, WithdrawDecision
from boardroom_tui.meeting.events import DecisionOpened, Elector
from boardroom_tui.protocol.fields import Base, DecisionStatus, Guard, Role, Threshold
from tests.meeting.room import CHAIR, NOON, Room, charter, opening, prepared, voter


def test_a_prepared_decision_opens_as_the_file_has_it() -> None:
    motion = prepared(
        item_id="item_2",
        threshold=Threshold.TWO_THIRDS,
        base=Base.PRESENT,
        quorum=2,
        secret=True,
        auto_close=False,
    )
    room = Room(charter(decisions=[motion]))
    [opened] = room.open("decision_1")
    assert opened == DecisionOpened(
        decision_id="decision_1",
        item_id="item_2",
        title="Motion 1",
        text="",
        threshold=Threshold.TWO_THIRDS,
        base=Base.PRESENT,
        quorum=2,
        secret=True,
        auto_close=False,
        electors=tuple(Elector(user_id=f"user_{name}", weight=1) for name in ("ann", "bob", "cy")),
        overrides=(Guard.NO_QUORUM, Guard.NOT_SECRET),
    )
    assert room.decision().status is DecisionStatus.VOTING
    assert room.decision().opened_at == NOON


def test_the_short_form_of_an_id_names_the_same_decision() -> None:
    room = Room()
    [opened] = room.open("1")
    assert isinstance(opened, DecisionOpened)
    assert opened.decision_id == "decision_1"
    assert room.refused(opening("decision_1")).reason == "open"


def test_what_the_facilitator_says_replaces_what_was_prepared() -> None:
    terms: dict[str, Any] = {
        "title": "Another title",
        "text": "Another text.",
        "item_id": "item_3",
        "threshold": Threshold.UNANIMOUS,
        "base": Base.MEMBERSHIP,
        "quorum": 3,
        "secret": True,
        "auto_close": False,
        "deadline": NOON + timedelta(hours=1),
    }
    [opened] = Room(charter(decisions=[prepared(deadline=timedelta(1))])).open(**terms)
    assert {name: getattr(opened, name) for name in terms} == terms


def test_a_new_decision_takes_the_contracts_defaults_and_the_meetings() -> None:
    [opened] = Room(charter(auto_close=False)).open(None, title="A new one")
    assert isinstance(opened, DecisionOpened)
    assert opened.decision_id == "decision_new"
    assert (opened.title, opened.text) == ("A new one", "")
    assert (opened.threshold, opened.base, opened.quorum) == (Threshold.MAJORITY, Base.CAST, 1)
    assert not opened.secret
    assert not opened.auto_close
    assert opened.deadline is None


@pytest.mark.parametrize(
    ("terms", "after"),
    [
        ({}, timedelta(minutes=10)),
        ({"duration_seconds": 90}, timedelta(seconds=90)),
        ({"deadline": NOON + timedelta(hours=1)}, timedelta(hours=1)),
    ],
)
def test_the_deadline_is_fixed_at_the_opening(terms: dict[str, Any], after: timedelta) -> None:
    room = Room(charter(decisions=[prepared(deadline=timedelta(minutes=10))]))
    [opened] = room.open(**terms)
    assert isinstance(opened, DecisionOpened)
    assert opened.deadline == NOON + after


@pytest.mark.parametrize("title", [None, "", "  "])
def test_a_new_decision_needs_a_title(title: str | None) -> None:
    refusal = Room().refused(opening(None, title=title))
    assert (refusal.code, refusal.message) == ("INVALID_MESSAGE", "A decision needs a title.")


def test_a_prepared_decision_cannot_lose_its_title() -> None:
    assert Room().refused(opening(title=" ")).message == "A decision needs a title."


def test_a_deadline_that_has_passed_is_refused() -> None:
    room = Room(charter(decisions=[prepared(deadline=NOON)]))
    refusal = room.refused(opening())
    assert refusal.code == "INVALID_MESSAGE"
    assert refusal.message == (
        "decision_1 cannot open: its deadline, 2027-01-15T12:00:00Z, has passed."
    )
    assert room.open(duration_seconds=60)


def test_a_deadline_and_a_duration_are_one_too_many() -> None:
    refusal = Room().refused(opening(deadline=NOON + timedelta(1), duration_seconds=5))
    assert refusal.code == "INVALID_MESSAGE"


def test_an_unknown_decision_or_item_is_not_found() -> None:
    room = Room()
    assert room.refused(opening("decision_9")).code == "RESOURCE_NOT_FOUND"
    assert room.refused(opening(item_id="item_9")).code == "RESOURCE_NOT_FOUND"


def test_a_decision_opens_once() -> None:
    room = Room()
    room.open()
    assert (room.refused(opening()).code, room.refused(opening()).reason) == (
        "INVALID_MESSAGE",
        "open",
    )
    room.close()
    assert room.refused(opening()).reason == "closed"


def test_a_withdrawn_decision_stays_withdrawn() -> None:
    room = Room()
    room.do(WithdrawDecision(CHAIR, Role.FACILITATOR, "decision_1"))
    refusal = room.refused(opening())
    assert (refusal.code, refusal.reason) == ("INVALID_MESSAGE", "closed")


def unequal() -> Charter:
    return charter(voters=[voter("ann"), voter("bob", weight=2)], decisions=[prepared()])


def test_a_secret_ballot_needs_equal_weights() -> None:
    room = Room(unequal())
    refusal = room.refused(opening(secret=True))
    assert (refusal.code, refusal.message) == (
        "INVALID_MESSAGE",
        "decision_1 cannot be secret: its voters have unequal weights.",
    )
    assert room.open()


def test_equal_weights_other_than_one_may_vote_in_secret() -> None:
    room = Room(charter(voters=[voter("ann", weight=2), voter("bob", weight=2)]))
    assert room.open(secret=True)


def test_where_nobody_has_a_vote_nothing_opens() -> None:
    assert Room(charter(voters=[])).refused(opening()).code == "INVALID_MESSAGE"


def test_only_a_facilitator_opens() -> None:
    room = Room()
    for user, role in [
        (CHAIR, Role.PARTICIPANT),
        ("user_ann", Role.FACILITATOR),
        ("user_eve", Role.FACILITATOR),
    ]:
        command = OpenDecision(user, role, "decision_new", "decision_1")
        assert room.refused(command).code == "PERMISSION_DENIED"
