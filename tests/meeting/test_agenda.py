import pytest

from boardroom_tui.meeting.commands import MoveAgenda
from boardroom_tui.meeting.events import AgendaMoved
from boardroom_tui.protocol.fields import ItemStatus, Role
from tests.meeting.room import CHAIR, NOON, Room

PENDING, IN_PROGRESS, COMPLETED, DEFERRED = ItemStatus


def move(item: str, status: ItemStatus, role: Role = Role.FACILITATOR) -> MoveAgenda:
    return MoveAgenda(CHAIR, role, item, status)


def test_before_the_first_item_there_is_no_current_one() -> None:
    room = Room()
    assert room.state.current_item == 0
    assert room.state.started_at is None
    assert [item.status for item in room.state.agenda] == [PENDING] * 3


def test_taking_up_the_first_item_starts_the_meeting() -> None:
    room = Room()
    room.join("ann")
    moved = AgendaMoved(item_id="item_2", status=IN_PROGRESS)
    assert room.do(move("item_2", IN_PROGRESS)) == (moved,)
    assert room.state.current_item == 2
    assert room.state.agenda[1].started_at == NOON
    assert room.state.started_at == NOON


def test_the_next_item_completes_the_one_before_and_that_is_told_first() -> None:
    room = Room()
    room.join("ann")
    room.do(move("item_1", IN_PROGRESS))
    room.later(minutes=10)
    assert room.do(move("item_2", IN_PROGRESS)) == (
        AgendaMoved(item_id="item_1", status=COMPLETED),
        AgendaMoved(item_id="item_2", status=IN_PROGRESS),
    )
    assert room.state.agenda[0].completed_at == room.now
    assert room.state.current_item == 2
    assert room.state.started_at == NOON


@pytest.mark.parametrize("status", [PENDING, COMPLETED, DEFERRED])
def test_an_item_that_is_no_longer_in_progress_leaves_no_current_one(status: ItemStatus) -> None:
    room = Room()
    room.do(move("item_1", IN_PROGRESS))
    room.do(move("item_1", status))
    assert room.state.agenda[0].status is status
    assert room.state.current_item == 0


def test_an_item_taken_up_again_starts_anew() -> None:
    room = Room()
    room.do(move("item_1", IN_PROGRESS))
    room.do(move("item_1", COMPLETED))
    room.later(minutes=3)
    room.do(move("item_1", IN_PROGRESS))
    assert room.state.agenda[0].started_at == room.now
    assert room.state.agenda[0].completed_at is None


def test_an_item_put_back_was_never_taken_up() -> None:
    room = Room()
    room.do(move("item_1", IN_PROGRESS))
    room.do(move("item_1", PENDING))
    assert room.state.agenda[0].started_at is None


def test_the_status_that_an_item_has_already_is_written_and_changes_nothing() -> None:
    room = Room()
    room.join("ann")
    room.do(move("item_1", IN_PROGRESS))
    before = room.state.agenda
    room.later(minutes=5)
    moved = AgendaMoved(item_id="item_1", status=IN_PROGRESS)
    assert room.do(move("item_1", IN_PROGRESS)) == (moved,)
    assert room.state.agenda == before


def test_an_unknown_item_is_not_found() -> None:
    refusal = Room().refused(move("item_9", IN_PROGRESS))
    assert refusal.code == "RESOURCE_NOT_FOUND"
    assert refusal.message == "There is no agenda item item_9."


def test_only_a_facilitator_moves_the_agenda() -> None:
    room = Room()
    lowered = move("item_1", IN_PROGRESS, Role.PARTICIPANT)
    participant = MoveAgenda("user_ann", Role.FACILITATOR, "item_1", IN_PROGRESS)
    stranger = MoveAgenda("user_eve", Role.FACILITATOR, "item_1", IN_PROGRESS)
    for command in (lowered, participant, stranger):
        assert room.refused(command).code == "PERMISSION_DENIED"
