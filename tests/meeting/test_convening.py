from datetime import timedelta

import pytest

from boardroom_tui.meeting.charter import AgendaEntry, Member
from boardroom_tui.meeting.commands import Convene, Join, MoveAgenda, WithdrawDecision
from boardroom_tui.meeting.counting import tally
from boardroom_tui.meeting.events import Convened, DecisionOpened, Event, Left
from boardroom_tui.meeting.evolve import evolve
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.fields import ItemStatus, Role
from tests.meeting.room import CHAIR, NOON, YES, Room, ballot, charter, prepared, voter


def test_a_file_is_taken_once() -> None:
    room = Room(charter())
    [first] = room.events
    assert (first.sequence, first.actor) == (1, "server")
    assert first.what == Convened(charter=charter())
    assert room.do(Convene(charter())) == ()


def test_what_the_file_says_is_open_opens_at_once() -> None:
    motions = [prepared("1"), prepared("2", status="voting", deadline=timedelta(minutes=1))]
    room = Room(charter(decisions=motions))
    assert [type(event.what) for event in room.events] == [Convened, DecisionOpened]
    assert [event.actor for event in room.events] == ["server", "server"]
    assert room.decision("decision_2").opened.deadline == NOON + timedelta(minutes=1)
    assert room.refused(ballot("ann", YES, "decision_1")).reason == "not_open"
    assert room.vote("ann", YES, "decision_2")


def test_a_changed_file_keeps_votes_and_open_decisions() -> None:
    room = Room()
    room.open()
    room.vote("ann", YES)
    changed = charter(title="Board, corrected", decisions=[prepared(title="Reworded")])
    assert room.do(Convene(changed)) == (Convened(charter=changed),)
    assert room.decision().opened.title == "Motion 1"
    assert tally(room.decision()).approve == 1
    assert room.state.charter == changed


def test_a_changed_file_opens_only_what_never_was_open() -> None:
    room = Room(charter(decisions=[prepared("1"), prepared("2")]))
    room.open("decision_1")
    room.close("decision_1")
    room.do(WithdrawDecision(CHAIR, Role.FACILITATOR, "decision_2"))
    voting = [prepared(name, status="voting") for name in ("1", "2", "3")]
    _, *opened = room.do(Convene(charter(decisions=voting)))
    assert [o.decision_id for o in opened if isinstance(o, DecisionOpened)] == ["decision_3"]


def test_a_changed_agenda_keeps_the_status_of_what_stays() -> None:
    room = Room()
    room.do(MoveAgenda(CHAIR, Role.FACILITATOR, "item_1", ItemStatus.IN_PROGRESS))
    room.do(MoveAgenda(CHAIR, Role.FACILITATOR, "item_2", ItemStatus.IN_PROGRESS))
    entries = (
        AgendaEntry(id="item_4", title="New"),
        AgendaEntry(id="item_2", title="Renamed", minutes=5),
    )
    room.do(Convene(charter(agenda=entries)))
    assert [(item.title, item.minutes, item.status) for item in room.state.agenda] == [
        ("New", None, ItemStatus.PENDING),
        ("Renamed", 5, ItemStatus.IN_PROGRESS),
    ]
    assert room.state.current_item == 2


def test_who_is_no_longer_a_member_is_no_longer_present() -> None:
    room = Room()
    room.join("ann", "bob")
    room.do(Convene(charter(voters=[voter("ann")])))
    assert list(room.state.present) == ["user_ann"]
    assert room.refused(Join("user_bob", Role.PARTICIPANT)).code == "PERMISSION_DENIED"


def test_a_changed_file_caps_the_role_of_who_is_present() -> None:
    room = Room()
    room.join("ann")
    lowered = Member(id="user_ann", name="ann", role=Role.OBSERVER, has_vote=False)
    room.do(Convene(charter(voters=[lowered, voter("bob")])))
    assert room.state.present["user_ann"].role is Role.OBSERVER


@pytest.mark.parametrize(
    "changed",
    [
        charter(title="x", decisions=[prepared("2", status="voting", deadline=NOON)]),
        charter(
            voters=[voter("ann"), voter("bob", weight=2)],
            decisions=[prepared("2", status="voting", secret=True)],
        ),
        charter(voters=[], decisions=[prepared("2", status="voting")]),
    ],
)
def test_a_file_whose_open_decision_cannot_open_is_refused_whole(changed: object) -> None:
    room = Room()
    before = room.state
    assert isinstance(changed, type(charter()))
    refusal = room.refused(Convene(changed))
    assert refusal.code == "INVALID_MESSAGE"
    assert "decision_2" in refusal.message
    assert room.state == before


@pytest.mark.parametrize("sequence", [0, 2])
def test_an_event_out_of_turn_is_no_part_of_a_meeting(sequence: int) -> None:
    event = Event(sequence, NOON, "user_ann", Left())
    with pytest.raises(ValueError, match="cannot come where 1 is due"):
        evolve(MeetingState(), event)
