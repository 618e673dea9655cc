"""The roll of the members, and apologies."""

from boardroom_tui.meeting.commands import CallRoll, Leave, RecordApology
from boardroom_tui.meeting.events import ApologyRecorded, RollCalled
from boardroom_tui.meeting.quorum import quorum
from boardroom_tui.protocol.fields import Role
from tests.meeting.room import CHAIR, Room, charter

ROLL = CallRoll(CHAIR, Role.FACILITATOR)


def apologies(user: str, member: str | None = None, *, withdrawn: bool = False) -> RecordApology:
    whose = None if member is None else f"user_{member}"
    return RecordApology(f"user_{user}", Role.FACILITATOR, whose, withdrawn)


def test_the_roll_tells_who_is_present_absent_and_excused_and_the_quorum_by_it() -> None:
    room = Room(charter(quorum=2))
    room.join("ann", "guest")
    room.do(apologies("bob"))
    assert room.do(ROLL) == (
        RollCalled(
            present=("user_ann",),
            absent=(CHAIR, "user_cy"),
            excused=("user_bob",),
            have=1,
            need=2,
        ),
    )


def test_who_comes_all_the_same_is_present_and_not_excused() -> None:
    room = Room()
    room.do(apologies("bob"))
    room.join("bob")
    [called] = room.do(ROLL)
    assert isinstance(called, RollCalled)
    assert (called.present, called.excused) == (("user_bob",), ())


def test_only_a_facilitator_calls_the_roll() -> None:
    room = Room()
    assert room.refused(CallRoll("user_ann", Role.FACILITATOR)).code == "PERMISSION_DENIED"


def test_one_sends_one_s_own_apologies_and_a_facilitator_anybody_s() -> None:
    room = Room()
    assert room.do(apologies("ann")) == (ApologyRecorded(user_id="user_ann"),)
    assert room.do(apologies("chair", "bob")) == (ApologyRecorded(user_id="user_bob"),)
    assert room.state.apologies == {"user_ann", "user_bob"}
    assert room.refused(apologies("ann", "cy")).code == "PERMISSION_DENIED"
    assert room.refused(apologies("chair", "eve")).code == "RESOURCE_NOT_FOUND"


def test_nobody_excuses_somebody_who_is_here_but_they_themselves() -> None:
    room = Room()
    room.do(apologies("chair", "ann"))
    room.join("ann", "bob")
    refusal = room.refused(apologies("chair", "bob"))
    assert (refusal.message, refusal.reason) == ("bob is here.", "present")
    room.do(apologies("bob"))
    room.do(apologies("chair", "ann", withdrawn=True))
    assert room.state.apologies == {"user_bob"}


def test_apologies_are_taken_back() -> None:
    room = Room()
    room.do(apologies("ann"))
    room.do(apologies("ann", withdrawn=True))
    assert room.state.apologies == frozenset()


def test_the_quorum_counts_members_with_a_vote_in_a_role_that_has_one() -> None:
    room = Room(charter(quorum=2))
    room.join("ann", "guest", "chair")
    assert (quorum(room.state).have, quorum(room.state).met) == (1, False)
    room.join("bob")
    assert quorum(room.state).met
    room.do(Leave("user_ann"))
    assert not quorum(room.state).met
