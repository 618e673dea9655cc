"""Who has the floor, and who asks for it."""

import pytest

from boardroom_tui.meeting.commands import (
    CallSpeaker,
    Convene,
    Leave,
    LowerHand,
    RaiseHand,
    YieldFloor,
)
from boardroom_tui.meeting.events import SpeakerCalled
from boardroom_tui.protocol.fields import MeetingPhase, Role
from tests.meeting.room import CHAIR, NOON, Room, charter, voter
from tests.meeting.test_life import phase


def hand(name: str) -> RaiseHand:
    return RaiseHand(f"user_{name}", Role.PARTICIPANT)


def call(member_id: str | None = None) -> CallSpeaker:
    return CallSpeaker(CHAIR, Role.FACILITATOR, member_id)


def floor(*names: str) -> Room:
    """A meeting in which these have raised a hand, one after the other."""
    room = Room()
    room.join("ann", "bob", "cy", "guest")
    for name in names:
        room.do(hand(name))
        room.later(seconds=1)
    return room


def test_hands_stand_in_the_order_in_which_they_were_raised_and_are_called_in_it() -> None:
    room = floor("bob", "guest", "ann")
    assert list(room.state.hands) == ["user_bob", "user_guest", "user_ann"]
    assert room.do(call()) == (SpeakerCalled(user_id="user_bob"),)
    assert room.state.speaking is not None
    assert (room.state.speaking.user_id, room.state.speaking.since) == ("user_bob", room.now)
    room.do(call())
    assert room.state.speaking.user_id == "user_guest"
    assert list(room.state.hands.items()) == [("user_ann", NOON.replace(second=2))]


def test_the_chair_calls_whom_it_names_before_others_and_without_a_hand() -> None:
    room = floor("bob", "ann")
    room.do(call("user_ann"))
    room.do(call("user_cy"))
    assert room.state.speaking is not None
    assert room.state.speaking.user_id == "user_cy"
    assert list(room.state.hands) == ["user_bob"]


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (hand("bob"), "raised"),
        (LowerHand("user_ann", Role.PARTICIPANT), "not_raised"),
        (LowerHand("user_ann", Role.PARTICIPANT, "user_bob"), None),
        (CallSpeaker("user_ann", Role.FACILITATOR), None),
        (call(CHAIR), "not_present"),
        (RaiseHand(CHAIR, Role.FACILITATOR), "not_present"),
        (YieldFloor("user_ann", Role.PARTICIPANT), "nobody"),
    ],
)
def test_what_makes_no_sense_on_the_floor_is_refused_with_its_reason(
    refused: RaiseHand | LowerHand | CallSpeaker | YieldFloor, reason: str | None
) -> None:
    assert floor("bob").refused(refused).reason == reason


def test_nobody_is_called_where_no_hand_is_raised() -> None:
    assert floor().refused(call()).message == "Nobody asks for the floor."


def test_a_hand_is_lowered_by_its_owner_by_the_chair_and_by_leaving() -> None:
    room = floor("ann", "bob", "cy")
    room.do(LowerHand("user_ann", Role.PARTICIPANT))
    room.do(LowerHand(CHAIR, Role.FACILITATOR, "user_bob"))
    room.do(Leave("user_cy"))
    assert not room.state.hands


def test_the_floor_is_given_back_by_who_has_it_by_the_chair_and_by_leaving() -> None:
    room = floor()
    for end in (
        YieldFloor("user_ann", Role.PARTICIPANT),
        YieldFloor(CHAIR, Role.FACILITATOR),
        Leave("user_ann"),
    ):
        room.do(call("user_ann"))
        if not isinstance(end, Leave):
            assert room.refused(YieldFloor("user_bob", Role.PARTICIPANT)).reason is None
        room.do(end)
        assert room.state.speaking is None


def test_a_recess_ends_a_speech_and_an_adjournment_the_queue_too() -> None:
    room = floor("ann", "bob")
    room.do(call())
    room.do(phase(MeetingPhase.RECESS))
    assert room.state.speaking is None
    assert list(room.state.hands) == ["user_bob"]
    room.do(phase(MeetingPhase.ADJOURNED))
    assert not room.state.hands


def test_who_is_no_member_any_more_asks_for_nothing() -> None:
    room = floor("ann", "bob")
    room.do(call())
    room.do(Convene(charter(voters=(voter("cy"),))))
    assert room.state.speaking is None
    assert not room.state.hands
